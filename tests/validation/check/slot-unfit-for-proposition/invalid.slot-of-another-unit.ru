PREFIX ex: <https://example.org/>
PREFIX m: <https://w3id.org/musnad#>
PREFIX unit: <https://w3id.org/musnad/unit#>

DELETE { ex:slot-number m:unit ?value }
INSERT { ex:slot-number m:unit unit:soldier }
WHERE { ex:slot-number m:unit ?value }
