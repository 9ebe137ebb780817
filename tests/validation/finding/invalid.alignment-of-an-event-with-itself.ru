PREFIX ex: <https://example.org/>
PREFIX rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#>

DELETE { ex:one-landing rdf:object ?value }
INSERT { ex:one-landing rdf:object ex:landing }
WHERE { ex:one-landing rdf:object ?value }
