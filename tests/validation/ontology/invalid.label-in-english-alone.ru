PREFIX ex: <https://example.org/>
PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>

DELETE { ex:Garden rdfs:label ?label }
WHERE { ex:Garden rdfs:label ?label FILTER(LANG(?label) = "ar") }
