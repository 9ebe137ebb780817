PREFIX ex: <https://example.org/>
PREFIX rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#>

DELETE { ex:withdrawal-planned rdf:object ?value }
INSERT { ex:withdrawal-planned rdf:object "not yet" }
WHERE { ex:withdrawal-planned rdf:object ?value }
