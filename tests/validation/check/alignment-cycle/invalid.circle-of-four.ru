PREFIX ex: <https://example.org/>
PREFIX m: <https://w3id.org/musnad#>
PREFIX rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#>

INSERT DATA {
  ex:alignment-2 a m:Alignment ; rdf:subject ex:mission ; rdf:predicate m:partOf ; rdf:object ex:hills .
  ex:alignment-3 a m:Alignment ; rdf:subject ex:hills ; rdf:predicate m:partOf ; rdf:object ex:harbour .
  ex:alignment-4 a m:Alignment ; rdf:subject ex:harbour ; rdf:predicate m:partOf ; rdf:object ex:monitors .
}
