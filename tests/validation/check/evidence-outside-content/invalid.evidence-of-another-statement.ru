PREFIX ex: <https://example.org/>
PREFIX m: <https://w3id.org/musnad#>

DELETE { ex:claim-open m:evidence ?value }
INSERT { ex:claim-open m:evidence ex:number }
WHERE { ex:claim-open m:evidence ?value }
