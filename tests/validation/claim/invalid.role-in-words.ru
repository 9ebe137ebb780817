PREFIX ex: <https://example.org/>
PREFIX m: <https://w3id.org/musnad#>

DELETE { ex:slot-number m:role ?value }
INSERT { ex:slot-number m:role "the mission" }
WHERE { ex:slot-number m:role ?value }
