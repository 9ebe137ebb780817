PREFIX ex: <https://example.org/>
PREFIX m: <https://w3id.org/musnad#>

DELETE { ex:content m:piece ?value }
INSERT { ex:content m:piece ex:article }
WHERE { ex:content m:piece ?value }
