PREFIX ex: <https://example.org/>
PREFIX m: <https://w3id.org/musnad#>

DELETE { ex:statement m:mode ?value }
INSERT { ex:statement m:mode m:vague }
WHERE { ex:statement m:mode ?value }
