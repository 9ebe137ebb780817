PREFIX ex: <https://example.org/>
PREFIX oa: <http://www.w3.org/ns/oa#>

DELETE { ex:content-end-quote oa:exact ?value }
INSERT { ex:content-end-quote oa:exact "by 21 May" }
WHERE { ex:content-end-quote oa:exact ?value }
