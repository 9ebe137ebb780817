PREFIX ex: <https://example.org/>
PREFIX m: <https://w3id.org/musnad#>
PREFIX skos: <http://www.w3.org/2004/02/skos/core#>

DELETE WHERE { ex:saleh skos:prefLabel ?label } ;
DELETE WHERE { ex:saleh m:behalfOf ?entity }
