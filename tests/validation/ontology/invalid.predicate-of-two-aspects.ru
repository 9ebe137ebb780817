PREFIX ex: <https://example.org/>
PREFIX m: <https://w3id.org/musnad#>

INSERT { ex:isTended m:answers ex:tending . ex:tending ?property ?value }
WHERE { ex:planting ?property ?value }
