PREFIX ex: <https://example.org/>
PREFIX m: <https://w3id.org/musnad#>

DELETE { ex:isPlantedWith m:wholeAndParts ?value }
INSERT { ex:isPlantedWith m:wholeAndParts m:functional }
WHERE { ex:isPlantedWith m:wholeAndParts ?value }
