PREFIX ex: <https://example.org/>
PREFIX m: <https://w3id.org/musnad#>

DELETE { ex:step-speaker m:depth 0 . ex:step-relay m:depth 1 }
INSERT { ex:step-speaker m:depth 1 . ex:step-relay m:depth 0 }
WHERE { }
