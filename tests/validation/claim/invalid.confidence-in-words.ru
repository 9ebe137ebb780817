PREFIX ex: <https://example.org/>
PREFIX m: <https://w3id.org/musnad#>

DELETE { ex:claim-number m:extractionConfidence ?value }
INSERT { ex:claim-number m:extractionConfidence "high" }
WHERE { ex:claim-number m:extractionConfidence ?value }
