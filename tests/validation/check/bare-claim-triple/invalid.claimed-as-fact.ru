PREFIX ex: <https://example.org/>
PREFIX sec: <https://w3id.org/musnad/security#>

INSERT DATA { ex:monitors sec:withdrawsFrom ex:hills }
