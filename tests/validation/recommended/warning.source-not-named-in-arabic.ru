PREFIX ex: <https://example.org/>
PREFIX skos: <http://www.w3.org/2004/02/skos/core#>

DELETE { ex:saleh skos:prefLabel ?label }
WHERE { ex:saleh skos:prefLabel ?label FILTER(LANG(?label) = "ar") }
