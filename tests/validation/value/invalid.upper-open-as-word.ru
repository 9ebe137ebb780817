PREFIX ex: <https://example.org/>
PREFIX m: <https://w3id.org/musnad#>

DELETE { ex:about-forty m:maxOpen ?value }
INSERT { ex:about-forty m:maxOpen "no" }
WHERE { ex:about-forty m:maxOpen ?value }
