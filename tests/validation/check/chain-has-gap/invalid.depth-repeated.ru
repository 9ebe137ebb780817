PREFIX ex: <https://example.org/>
PREFIX m: <https://w3id.org/musnad#>

DELETE { ex:step-relay m:depth ?value }
INSERT { ex:step-relay m:depth 0 }
WHERE { ex:step-relay m:depth ?value }
