PREFIX ex: <https://example.org/>

DELETE { ex:rule ?property ?value }
WHERE { ex:rule ?property ?value }
