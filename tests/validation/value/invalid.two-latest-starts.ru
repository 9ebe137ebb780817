PREFIX ex: <https://example.org/>
PREFIX m: <https://w3id.org/musnad#>
PREFIX xsd: <http://www.w3.org/2001/XMLSchema#>

INSERT DATA { ex:by-20-may m:startLatest "2031-05-21"^^xsd:date }
