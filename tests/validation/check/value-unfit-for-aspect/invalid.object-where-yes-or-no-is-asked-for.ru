PREFIX ex: <https://example.org/>
PREFIX rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#>
PREFIX sec: <https://w3id.org/musnad/security#>

DELETE { ex:withdrawal-planned rdf:predicate ?predicate ; rdf:object ?value }
INSERT { ex:withdrawal-planned rdf:predicate sec:withdrawsCompletely ; rdf:object ex:hills }
WHERE { ex:withdrawal-planned rdf:predicate ?predicate ; rdf:object ?value }
