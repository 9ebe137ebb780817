PREFIX ex: <https://example.org/>
PREFIX m: <https://w3id.org/musnad#>

DELETE { ex:finding m:assumes ?value }
INSERT { ex:finding m:assumes m:possible }
WHERE { ex:finding m:assumes ?value }
