PREFIX ex: <https://example.org/>
PREFIX schema: <https://schema.org/>

DELETE { ex:landing schema:startDate ?value }
INSERT { ex:landing schema:startDate "2031-05" }
WHERE { ex:landing schema:startDate ?value }
