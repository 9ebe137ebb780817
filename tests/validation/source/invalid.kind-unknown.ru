PREFIX ex: <https://example.org/>
PREFIX m: <https://w3id.org/musnad#>

DELETE { ex:saleh m:sourceKind ?value }
INSERT { ex:saleh m:sourceKind m:speaker }
WHERE { ex:saleh m:sourceKind ?value }
