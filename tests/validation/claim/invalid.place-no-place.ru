PREFIX ex: <https://example.org/>
PREFIX m: <https://w3id.org/musnad#>

DELETE { ex:slot-number m:place ?value }
INSERT { ex:slot-number m:place ex:mission }
WHERE { ex:slot-number m:place ?value }
