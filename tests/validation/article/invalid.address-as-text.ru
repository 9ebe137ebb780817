PREFIX ex: <https://example.org/>
PREFIX schema: <https://schema.org/>

DELETE { ex:article schema:url ?value }
INSERT { ex:article schema:url "https://example.org/news/1" }
WHERE { ex:article schema:url ?value }
