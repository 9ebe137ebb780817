PREFIX ex: <https://example.org/>
PREFIX m: <https://w3id.org/musnad#>

DELETE { ex:alignment m:place ?value }
INSERT { ex:alignment m:place ex:mission }
WHERE { ex:alignment m:place ?value }
