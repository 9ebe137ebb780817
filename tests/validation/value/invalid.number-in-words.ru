PREFIX ex: <https://example.org/>
PREFIX schema: <https://schema.org/>

DELETE { ex:about-forty schema:value ?value }
INSERT { ex:about-forty schema:value "forty" }
WHERE { ex:about-forty schema:value ?value }
