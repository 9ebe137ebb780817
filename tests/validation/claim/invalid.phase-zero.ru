PREFIX ex: <https://example.org/>
PREFIX m: <https://w3id.org/musnad#>

DELETE { ex:slot-number m:phase ?value }
INSERT { ex:slot-number m:phase 0 }
WHERE { ex:slot-number m:phase ?value }
