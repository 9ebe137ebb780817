PREFIX ex: <https://example.org/>
PREFIX m: <https://w3id.org/musnad#>

DELETE WHERE { ex:alignment m:evidence ?span } ;
DELETE WHERE { ex:alignment m:place ?place } ;
DELETE WHERE { ex:alignment m:validFrom ?day } ;
DELETE WHERE { ex:alignment m:validUntil ?day }
