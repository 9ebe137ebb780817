PREFIX ex: <https://example.org/>
PREFIX m: <https://w3id.org/musnad#>

DELETE { ex:isTended m:phrase ?value }
INSERT { ex:isTended m:phrase "it is tended"@en, "يُعتنى به"@ar }
WHERE { ex:isTended m:phrase ?value }
