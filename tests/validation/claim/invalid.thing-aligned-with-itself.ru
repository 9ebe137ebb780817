PREFIX ex: <https://example.org/>
PREFIX rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#>

DELETE { ex:alignment rdf:object ?value }
INSERT { ex:alignment rdf:object ex:monitors }
WHERE { ex:alignment rdf:object ?value }
