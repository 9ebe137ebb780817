# 45 is above 44.5, as a number and not as a text.
PREFIX ex: <https://example.org/>
PREFIX schema: <https://schema.org/>

DELETE { ex:about-forty schema:minValue ?value }
INSERT { ex:about-forty schema:minValue 45 }
WHERE { ex:about-forty schema:minValue ?value }
