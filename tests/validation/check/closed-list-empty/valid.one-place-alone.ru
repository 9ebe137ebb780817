PREFIX ex: <https://example.org/>
PREFIX m: <https://w3id.org/musnad#>
PREFIX rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#>

DELETE { ex:places-left m:member ?member }
INSERT { ex:places-left rdf:object ex:hills }
WHERE { ex:places-left m:member ?member }
