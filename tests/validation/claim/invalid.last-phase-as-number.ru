PREFIX ex: <https://example.org/>
PREFIX m: <https://w3id.org/musnad#>

DELETE { ex:forty-leave m:lastPhase ?value }
INSERT { ex:forty-leave m:lastPhase 2 }
WHERE { ex:forty-leave m:lastPhase ?value }
