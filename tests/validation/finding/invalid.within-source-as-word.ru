PREFIX ex: <https://example.org/>
PREFIX m: <https://w3id.org/musnad#>

DELETE { ex:finding m:withinSource ?value }
INSERT { ex:finding m:withinSource "yes" }
WHERE { ex:finding m:withinSource ?value }
