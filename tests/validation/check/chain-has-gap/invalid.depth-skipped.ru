PREFIX ex: <https://example.org/>
PREFIX m: <https://w3id.org/musnad#>

DELETE { ex:step-publisher m:depth ?value }
INSERT { ex:step-publisher m:depth 3 }
WHERE { ex:step-publisher m:depth ?value }
