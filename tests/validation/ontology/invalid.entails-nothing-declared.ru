PREFIX ex: <https://example.org/>
PREFIX m: <https://w3id.org/musnad#>

DELETE { ex:isPlantedWith m:entails ?value }
INSERT { ex:isPlantedWith m:entails ex:isWatered }
WHERE { ex:isPlantedWith m:entails ?value }
