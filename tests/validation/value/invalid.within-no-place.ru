PREFIX ex: <https://example.org/>
PREFIX geo: <http://www.opengis.net/ont/geosparql#>

DELETE { ex:hills geo:sfWithin ?value }
INSERT { ex:hills geo:sfWithin ex:mission }
WHERE { ex:hills geo:sfWithin ?value }
