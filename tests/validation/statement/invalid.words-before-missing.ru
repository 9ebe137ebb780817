PREFIX ex: <https://example.org/>
PREFIX oa: <http://www.w3.org/ns/oa#>

DELETE WHERE { ex:cue-quote oa:prefix ?value }
