PREFIX ex: <https://example.org/>
PREFIX schema: <https://schema.org/>

INSERT DATA { ex:about-forty schema:maxValue 50 }
