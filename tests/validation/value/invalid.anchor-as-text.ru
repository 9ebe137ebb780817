PREFIX ex: <https://example.org/>
PREFIX m: <https://w3id.org/musnad#>

DELETE { ex:mention-day m:anchorDate ?value }
INSERT { ex:mention-day m:anchorDate "Monday" }
WHERE { ex:mention-day m:anchorDate ?value }
