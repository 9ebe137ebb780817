PREFIX ex: <https://example.org/>
PREFIX oa: <http://www.w3.org/ns/oa#>

DELETE { ex:cue-quote oa:prefix ?words }
INSERT { ex:cue-quote oa:prefix ?changed }
WHERE { ex:cue-quote oa:prefix ?words BIND(UCASE(?words) AS ?changed) }
