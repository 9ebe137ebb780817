PREFIX ex: <https://example.org/>
PREFIX oa: <http://www.w3.org/ns/oa#>

DELETE { ex:cue-quote oa:suffix ?value }
INSERT { ex:cue-quote oa:suffix " on Monday that about 40 monitors will leave" }
WHERE { ex:cue-quote oa:suffix ?value }
