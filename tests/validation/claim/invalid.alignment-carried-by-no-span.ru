PREFIX ex: <https://example.org/>
PREFIX m: <https://w3id.org/musnad#>

DELETE { ex:alignment m:evidence ?value }
INSERT { ex:alignment m:evidence ex:article }
WHERE { ex:alignment m:evidence ?value }
