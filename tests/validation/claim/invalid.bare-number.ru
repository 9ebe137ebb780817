PREFIX ex: <https://example.org/>
PREFIX m: <https://w3id.org/musnad#>

DELETE { ex:forty-leave m:quantity ?value }
INSERT { ex:forty-leave m:quantity 40 }
WHERE { ex:forty-leave m:quantity ?value }
