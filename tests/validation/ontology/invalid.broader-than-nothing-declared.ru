PREFIX ex: <https://example.org/>
PREFIX skos: <http://www.w3.org/2004/02/skos/core#>

DELETE { ex:palm skos:broader ?value }
INSERT { ex:palm skos:broader ex:shrub }
WHERE { ex:palm skos:broader ?value }
