PREFIX ex: <https://example.org/>
PREFIX m: <https://w3id.org/musnad#>

DELETE DATA { ex:edit m:verdict m:edited } ;
INSERT DATA { ex:edit m:verdict m:draft }
