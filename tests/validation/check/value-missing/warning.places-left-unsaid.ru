PREFIX ex: <https://example.org/>
PREFIX m: <https://w3id.org/musnad#>

DELETE WHERE { ex:places-left m:member ?member } ;
DELETE DATA { ex:places-left m:closed true }
