PREFIX ex: <https://example.org/>
PREFIX m: <https://w3id.org/musnad#>

DELETE { ex:article m:textDigest ?value }
INSERT { ex:article m:textDigest "9802426735d3127c" }
WHERE { ex:article m:textDigest ?value }
