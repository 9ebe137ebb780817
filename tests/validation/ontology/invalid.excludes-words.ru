PREFIX ex: <https://example.org/>
PREFIX m: <https://w3id.org/musnad#>

DELETE { ex:isPlantedWith m:excludes ?value }
INSERT { ex:isPlantedWith m:excludes "lying fallow" }
WHERE { ex:isPlantedWith m:excludes ?value }
