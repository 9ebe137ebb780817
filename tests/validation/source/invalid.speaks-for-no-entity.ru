PREFIX ex: <https://example.org/>
PREFIX m: <https://w3id.org/musnad#>

DELETE { ex:saleh m:behalfOf ?value }
INSERT { ex:saleh m:behalfOf ex:statement }
WHERE { ex:saleh m:behalfOf ?value }
