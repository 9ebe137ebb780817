PREFIX ex: <https://example.org/>
PREFIX oa: <http://www.w3.org/ns/oa#>

DELETE { ex:second-content-position oa:end ?value }
INSERT { ex:second-content-position oa:end 100000 }
WHERE { ex:second-content-position oa:end ?value }
