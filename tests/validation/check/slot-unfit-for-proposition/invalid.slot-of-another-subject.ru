PREFIX ex: <https://example.org/>
PREFIX rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#>

DELETE { ex:slot-places rdf:subject ?value }
INSERT { ex:slot-places rdf:subject ex:mission }
WHERE { ex:slot-places rdf:subject ?value }
