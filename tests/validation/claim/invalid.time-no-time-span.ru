PREFIX ex: <https://example.org/>
PREFIX m: <https://w3id.org/musnad#>

DELETE { ex:forty-leave m:time ?value }
INSERT { ex:forty-leave m:time ex:mention-day }
WHERE { ex:forty-leave m:time ?value }
