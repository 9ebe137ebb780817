PREFIX ex: <https://example.org/>

DELETE { ex:agency ?property ?value }
WHERE { ex:agency ?property ?value }
