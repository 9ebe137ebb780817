PREFIX ex: <https://example.org/>
PREFIX m: <https://w3id.org/musnad#>

DELETE { ex:rule m:ruleVersion ?value }
INSERT { ex:rule m:ruleVersion "first" }
WHERE { ex:rule m:ruleVersion ?value }
