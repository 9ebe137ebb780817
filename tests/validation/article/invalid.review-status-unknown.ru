PREFIX ex: <https://example.org/>
PREFIX m: <https://w3id.org/musnad#>

DELETE { ex:reading m:reviewStatus ?value }
INSERT { ex:reading m:reviewStatus m:asserted }
WHERE { ex:reading m:reviewStatus ?value }
