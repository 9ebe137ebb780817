PREFIX ex: <https://example.org/>
PREFIX geo: <http://www.opengis.net/ont/geosparql#>

INSERT DATA { ex:hills geo:sfWithin ex:hills }
