PREFIX ex: <https://example.org/>
PREFIX m: <https://w3id.org/musnad#>

INSERT DATA { ex:by-20-may m:tense m:past }
