PREFIX ex: <https://example.org/>
PREFIX m: <https://w3id.org/musnad#>

DELETE { ex:alignment m:validUntil ?value }
INSERT { ex:alignment m:validUntil "December" }
WHERE { ex:alignment m:validUntil ?value }
