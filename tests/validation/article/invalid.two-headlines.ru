PREFIX ex: <https://example.org/>
PREFIX schema: <https://schema.org/>

INSERT DATA { ex:article schema:headline "Monitors go" }
