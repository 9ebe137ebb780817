PREFIX edtf: <http://id.loc.gov/datatypes/edtf/>
PREFIX ex: <https://example.org/>
PREFIX m: <https://w3id.org/musnad#>

DELETE { ex:by-20-may m:edtf ?value }
INSERT { ex:by-20-may m:edtf "20 May 2031"^^edtf:EDTF }
WHERE { ex:by-20-may m:edtf ?value }
