PREFIX ex: <https://example.org/>
PREFIX m: <https://w3id.org/musnad#>

DELETE WHERE { ex:finding m:premise ?premise } ;
DELETE WHERE { ex:finding m:assumes ?assumption } ;
DELETE DATA { ex:finding m:slot ex:slot-size }
