PREFIX ex: <https://example.org/>
PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>

DELETE { ex:mention-port rdfs:label ?value }
INSERT { ex:mention-port rdfs:label "ميناء فيلم"@ar }
WHERE { ex:mention-port rdfs:label ?value }
