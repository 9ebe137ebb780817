PREFIX ex: <https://example.org/>

DELETE { ex:claim-open ?property ?value }
WHERE { ex:claim-open ?property ?value }
