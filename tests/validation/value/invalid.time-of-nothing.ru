PREFIX ex: <https://example.org/>
PREFIX m: <https://w3id.org/musnad#>

DELETE WHERE { ex:by-20-may m:edtf ?expression } ;
DELETE WHERE { ex:by-20-may m:tense ?tense }
