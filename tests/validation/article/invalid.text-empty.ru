PREFIX ex: <https://example.org/>
PREFIX m: <https://w3id.org/musnad#>

DELETE { ex:article m:text ?value }
INSERT { ex:article m:text "" }
WHERE { ex:article m:text ?value }
