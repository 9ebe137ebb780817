# As texts, 9 would stand above 44.5.
PREFIX ex: <https://example.org/>
PREFIX schema: <https://schema.org/>

DELETE { ex:about-forty schema:minValue ?value }
INSERT { ex:about-forty schema:minValue 9 }
WHERE { ex:about-forty schema:minValue ?value }
