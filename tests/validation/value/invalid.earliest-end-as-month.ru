PREFIX ex: <https://example.org/>
PREFIX m: <https://w3id.org/musnad#>
PREFIX xsd: <http://www.w3.org/2001/XMLSchema#>

DELETE { ex:by-20-may m:endEarliest ?value }
INSERT { ex:by-20-may m:endEarliest "2031-05"^^xsd:gYearMonth }
WHERE { ex:by-20-may m:endEarliest ?value }
