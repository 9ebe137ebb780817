PREFIX ex: <https://example.org/>
PREFIX m: <https://w3id.org/musnad#>

DELETE { ex:claim-number m:extractionConfidence ?value }
INSERT { ex:claim-number m:extractionConfidence 1.5 }
WHERE { ex:claim-number m:extractionConfidence ?value }
