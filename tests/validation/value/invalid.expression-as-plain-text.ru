PREFIX ex: <https://example.org/>
PREFIX m: <https://w3id.org/musnad#>

DELETE { ex:by-20-may m:edtf ?value }
INSERT { ex:by-20-may m:edtf "2031-05-20" }
WHERE { ex:by-20-may m:edtf ?value }
