PREFIX ex: <https://example.org/>
PREFIX schema: <https://schema.org/>

DELETE WHERE { ex:article schema:headline ?title } ;
DELETE WHERE { ex:article schema:url ?address }
