PREFIX ex: <https://example.org/>
PREFIX m: <https://w3id.org/musnad#>

DELETE { ex:claim-number m:readingRule ?value }
INSERT { ex:claim-number m:readingRule "" }
WHERE { ex:claim-number m:readingRule ?value }
