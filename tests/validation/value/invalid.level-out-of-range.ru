PREFIX ex: <https://example.org/>
PREFIX m: <https://w3id.org/musnad#>

DELETE { ex:ardun m:adminLevel ?value }
INSERT { ex:ardun m:adminLevel 11 }
WHERE { ex:ardun m:adminLevel ?value }
