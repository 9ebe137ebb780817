PREFIX ex: <https://example.org/>
PREFIX m: <https://w3id.org/musnad#>

DELETE { ex:planting m:question ?value }
INSERT { ex:planting m:question "What is planted"@en, "ماذا يُزرع؟"@ar }
WHERE { ex:planting m:question ?value }
