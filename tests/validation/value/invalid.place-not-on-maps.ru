PREFIX ex: <https://example.org/>
PREFIX geo: <http://www.opengis.net/ont/geosparql#>

DELETE DATA { ex:hills a geo:Feature }
