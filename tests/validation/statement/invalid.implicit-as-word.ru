PREFIX ex: <https://example.org/>
PREFIX m: <https://w3id.org/musnad#>

DELETE { ex:second m:implicitSource ?value }
INSERT { ex:second m:implicitSource "yes" }
WHERE { ex:second m:implicitSource ?value }
