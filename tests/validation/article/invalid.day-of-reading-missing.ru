PREFIX dcterms: <http://purl.org/dc/terms/>
PREFIX ex: <https://example.org/>

DELETE WHERE { ex:reading dcterms:date ?value }
