PREFIX ex: <https://example.org/>
PREFIX skos: <http://www.w3.org/2004/02/skos/core#>

DELETE { ex:mission skos:exactMatch ?value }
INSERT { ex:mission skos:exactMatch "Q1" }
WHERE { ex:mission skos:exactMatch ?value }
