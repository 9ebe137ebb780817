PREFIX ex: <https://example.org/>

INSERT { ?copy ?property ?value }
WHERE {
  { SELECT (BNODE() AS ?copy) WHERE { } }
  ex:one-landing ?property ?value .
}
