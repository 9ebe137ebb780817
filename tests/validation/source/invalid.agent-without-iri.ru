PREFIX ex: <https://example.org/>
PREFIX prov: <http://www.w3.org/ns/prov#>
PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>

DELETE { ex:reading prov:wasAssociatedWith ex:reader }
INSERT { ex:reading prov:wasAssociatedWith _:reader . _:reader rdfs:label "The test writers" }
WHERE { }
