PREFIX ex: <https://example.org/>
PREFIX rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#>

DELETE { ex:alignment rdf:subject ?value }
INSERT { ex:alignment rdf:subject ex:statement }
WHERE { ex:alignment rdf:subject ?value }
