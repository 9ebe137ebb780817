PREFIX ex: <https://example.org/>
PREFIX m: <https://w3id.org/musnad#>
PREFIX rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#>

DELETE DATA { ex:one-landing rdf:predicate m:same } ;
INSERT DATA { ex:one-landing rdf:predicate m:partOf }
