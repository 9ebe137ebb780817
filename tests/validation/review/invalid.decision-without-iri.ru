PREFIX dcterms: <http://purl.org/dc/terms/>
PREFIX ex: <https://example.org/>
PREFIX m: <https://w3id.org/musnad#>
PREFIX prov: <http://www.w3.org/ns/prov#>
PREFIX xsd: <http://www.w3.org/2001/XMLSchema#>

INSERT DATA { [] a m:Decision ; m:ordinal 4 ; m:verdict m:accepted ; m:decides ex:claim-open ; prov:used ex:article ; prov:wasAssociatedWith ex:editor ; dcterms:date "2026-05-03"^^xsd:date }
