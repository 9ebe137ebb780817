PREFIX ex: <https://example.org/>
PREFIX m: <https://w3id.org/musnad#>

DELETE { ex:planting m:temporality ?value }
INSERT { ex:planting m:temporality m:past }
WHERE { ex:planting m:temporality ?value }
