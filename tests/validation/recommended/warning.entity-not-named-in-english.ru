PREFIX ex: <https://example.org/>
PREFIX skos: <http://www.w3.org/2004/02/skos/core#>

DELETE { ex:mission skos:prefLabel ?label }
WHERE { ex:mission skos:prefLabel ?label FILTER(LANG(?label) = "en") }
