PREFIX ex: <https://example.org/>
PREFIX m: <https://w3id.org/musnad#>
PREFIX unit: <https://w3id.org/musnad/unit#>

INSERT DATA { ex:slot-number m:unit unit:soldier }
