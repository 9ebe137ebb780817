PREFIX ex: <https://example.org/>
PREFIX schema: <https://schema.org/>

DELETE { ex:article schema:inLanguage ?value }
INSERT { ex:article schema:inLanguage "English" }
WHERE { ex:article schema:inLanguage ?value }
