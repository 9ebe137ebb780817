PREFIX ex: <https://example.org/>
PREFIX m: <https://w3id.org/musnad#>

INSERT DATA { ex:edit m:change "{}" }
