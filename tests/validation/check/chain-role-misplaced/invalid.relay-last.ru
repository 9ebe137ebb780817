PREFIX ex: <https://example.org/>
PREFIX m: <https://w3id.org/musnad#>

DELETE { ex:step-relay m:depth 1 . ex:step-publisher m:depth 2 }
INSERT { ex:step-relay m:depth 2 . ex:step-publisher m:depth 1 }
WHERE { }
