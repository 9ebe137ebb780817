PREFIX ex: <https://example.org/>

INSERT { ?copy ?property ?value }
WHERE {
  { SELECT (BNODE() AS ?copy) WHERE { } }
  ex:by-20-may ?property ?value .
}
