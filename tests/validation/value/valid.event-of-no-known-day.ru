PREFIX ex: <https://example.org/>
PREFIX schema: <https://schema.org/>

DELETE WHERE { ex:landing schema:startDate ?value }
