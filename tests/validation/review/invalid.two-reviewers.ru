PREFIX ex: <https://example.org/>
PREFIX prov: <http://www.w3.org/ns/prov#>
PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>

INSERT DATA { ex:edit prov:wasAssociatedWith ex:intern . ex:intern a prov:Agent ; rdfs:label "The intern" }
