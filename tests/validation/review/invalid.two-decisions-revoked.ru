PREFIX ex: <https://example.org/>
PREFIX m: <https://w3id.org/musnad#>

INSERT DATA { ex:undo m:revokes ex:other }
