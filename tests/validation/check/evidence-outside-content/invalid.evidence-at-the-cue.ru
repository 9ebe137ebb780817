PREFIX ex: <https://example.org/>
PREFIX m: <https://w3id.org/musnad#>

DELETE { ex:claim-number m:evidence ?value }
INSERT { ex:claim-number m:evidence ex:cue }
WHERE { ex:claim-number m:evidence ?value }
