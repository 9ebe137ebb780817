PREFIX ex: <https://example.org/>
PREFIX geo: <http://www.opengis.net/ont/geosparql#>

DELETE WHERE { ex:hills geo:sfWithin ?value }
