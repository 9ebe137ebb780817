PREFIX ex: <https://example.org/>
PREFIX oa: <http://www.w3.org/ns/oa#>

DELETE { ex:cue-position oa:start ?value }
INSERT { ex:cue-position oa:start -1 }
WHERE { ex:cue-position oa:start ?value }
