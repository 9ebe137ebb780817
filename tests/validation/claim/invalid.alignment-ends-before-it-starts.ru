PREFIX ex: <https://example.org/>
PREFIX m: <https://w3id.org/musnad#>
PREFIX xsd: <http://www.w3.org/2001/XMLSchema#>

DELETE { ex:alignment m:validUntil ?value }
INSERT { ex:alignment m:validUntil "2030-12-31"^^xsd:date }
WHERE { ex:alignment m:validUntil ?value }
