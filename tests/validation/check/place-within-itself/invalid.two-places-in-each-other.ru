PREFIX ex: <https://example.org/>
PREFIX geo: <http://www.opengis.net/ont/geosparql#>

INSERT DATA { ex:ardun geo:sfWithin ex:hills }
