PREFIX ex: <https://example.org/>
PREFIX oa: <http://www.w3.org/ns/oa#>

DELETE { ex:cue-position oa:end ?end }
INSERT { ex:cue-position oa:end ?start }
WHERE { ex:cue-position oa:start ?start ; oa:end ?end }
