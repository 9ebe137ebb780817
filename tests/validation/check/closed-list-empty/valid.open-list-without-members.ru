PREFIX ex: <https://example.org/>
PREFIX m: <https://w3id.org/musnad#>

DELETE { ex:places-left m:member ?member ; m:closed true }
INSERT { ex:places-left m:closed false }
WHERE { ex:places-left m:member ?member }
