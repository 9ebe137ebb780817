PREFIX ex: <https://example.org/>
PREFIX schema: <https://schema.org/>
PREFIX xsd: <http://www.w3.org/2001/XMLSchema#>

DELETE { ex:article schema:datePublished ?value }
INSERT { ex:article schema:datePublished "2031-02-30"^^xsd:date }
WHERE { ex:article schema:datePublished ?value }
