PREFIX ex: <https://example.org/>
PREFIX m: <https://w3id.org/musnad#>

DELETE { ex:isPlantedWith m:lastPhaseCompletes ?value }
INSERT { ex:isPlantedWith m:lastPhaseCompletes "yes" }
WHERE { ex:isPlantedWith m:lastPhaseCompletes ?value }
