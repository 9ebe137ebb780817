PREFIX ex: <https://example.org/>
PREFIX m: <https://w3id.org/musnad#>

DELETE WHERE { ex:by-20-may m:startEarliest ?day } ;
DELETE WHERE { ex:by-20-may m:startLatest ?day }
