PREFIX ex: <https://example.org/>
PREFIX m: <https://w3id.org/musnad#>

INSERT DATA { ex:finding m:premise "The hills lie in Ardun." }
