PREFIX ex: <https://example.org/>
PREFIX schema: <https://schema.org/>

DELETE { ex:about-forty schema:minValue ?value }
INSERT { ex:about-forty schema:minValue 44.5 }
WHERE { ex:about-forty schema:minValue ?value }
