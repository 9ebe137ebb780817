PREFIX ex: <https://example.org/>
PREFIX m: <https://w3id.org/musnad#>

DELETE { ex:step-speaker m:depth ?value }
INSERT { ex:step-speaker m:depth 4 }
WHERE { ex:step-speaker m:depth ?value }
