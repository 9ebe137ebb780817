PREFIX ex: <https://example.org/>
PREFIX prov: <http://www.w3.org/ns/prov#>
PREFIX xsd: <http://www.w3.org/2001/XMLSchema#>

DELETE DATA { ex:edit prov:endedAtTime "2026-05-01T09:30:00Z"^^xsd:dateTime } ;
INSERT DATA { ex:edit prov:endedAtTime "in the morning" }
