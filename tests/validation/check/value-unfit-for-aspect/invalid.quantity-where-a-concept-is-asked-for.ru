PREFIX ex: <https://example.org/>
PREFIX m: <https://w3id.org/musnad#>
PREFIX rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#>

DELETE { ex:withdrawal-planned rdf:object ?value }
INSERT { ex:withdrawal-planned m:quantity ex:about-forty }
WHERE { ex:withdrawal-planned rdf:object ?value }
