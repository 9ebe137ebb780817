PREFIX ex: <https://example.org/>
PREFIX schema: <https://schema.org/>

INSERT DATA { ex:landing schema:startDate "2031-05-05"^^<http://www.w3.org/2001/XMLSchema#date> }
