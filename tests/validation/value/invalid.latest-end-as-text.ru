PREFIX ex: <https://example.org/>
PREFIX m: <https://w3id.org/musnad#>

DELETE { ex:by-20-may m:endLatest ?value }
INSERT { ex:by-20-may m:endLatest "2031-05-20" }
WHERE { ex:by-20-may m:endLatest ?value }
