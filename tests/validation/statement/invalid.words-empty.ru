PREFIX ex: <https://example.org/>
PREFIX oa: <http://www.w3.org/ns/oa#>

DELETE { ex:cue-quote oa:exact ?value }
INSERT { ex:cue-quote oa:exact "" }
WHERE { ex:cue-quote oa:exact ?value }
