PREFIX ex: <https://example.org/>
PREFIX m: <https://w3id.org/musnad#>
PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>

DELETE WHERE { ex:alignment m:evidence ?span } ;
DELETE WHERE { ex:alignment rdfs:comment ?note }
