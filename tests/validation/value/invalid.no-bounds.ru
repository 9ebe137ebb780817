PREFIX ex: <https://example.org/>
PREFIX schema: <https://schema.org/>

DELETE WHERE { ex:about-forty schema:minValue ?lower } ;
DELETE WHERE { ex:about-forty schema:maxValue ?upper }
