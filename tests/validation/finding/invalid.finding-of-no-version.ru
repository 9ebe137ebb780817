PREFIX ex: <https://example.org/>
PREFIX m: <https://w3id.org/musnad#>

DELETE WHERE { ex:finding m:ruleVersion ?value }
