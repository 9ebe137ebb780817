PREFIX ex: <https://example.org/>
PREFIX m: <https://w3id.org/musnad#>

DELETE { ex:finding m:findingKind ?value }
INSERT { ex:finding m:findingKind "conflict/colour" }
WHERE { ex:finding m:findingKind ?value }
