PREFIX ex: <https://example.org/>
PREFIX rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#>
PREFIX sec: <https://w3id.org/musnad/security#>

DELETE { ex:forty-leave rdf:predicate ?value }
INSERT { ex:forty-leave rdf:predicate sec:withdrawNumber }
WHERE { ex:forty-leave rdf:predicate ?value }
