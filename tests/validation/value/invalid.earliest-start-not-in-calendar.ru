PREFIX ex: <https://example.org/>
PREFIX m: <https://w3id.org/musnad#>
PREFIX xsd: <http://www.w3.org/2001/XMLSchema#>

DELETE { ex:by-20-may m:startEarliest ?value }
INSERT { ex:by-20-may m:startEarliest "2031-05-32"^^xsd:date }
WHERE { ex:by-20-may m:startEarliest ?value }
