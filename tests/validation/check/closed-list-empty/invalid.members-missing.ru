PREFIX ex: <https://example.org/>
PREFIX m: <https://w3id.org/musnad#>

DELETE WHERE { ex:places-left m:member ?value }
