PREFIX ex: <https://example.org/>
PREFIX geo: <http://www.opengis.net/ont/geosparql#>

INSERT DATA { ex:landing geo:sfWithin ex:hills }
