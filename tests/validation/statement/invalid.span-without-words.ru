PREFIX ex: <https://example.org/>
PREFIX oa: <http://www.w3.org/ns/oa#>

DELETE DATA { ex:cue oa:hasSelector ex:cue-quote }
