PREFIX ex: <https://example.org/>
PREFIX m: <https://w3id.org/musnad#>

DELETE DATA { ex:edit m:ordinal 2 } ;
INSERT DATA { ex:edit m:ordinal 0 }
