PREFIX ex: <https://example.org/>
PREFIX m: <https://w3id.org/musnad#>

DELETE { ex:claim-number m:modality ?value }
INSERT { ex:claim-number m:modality m:assertd }
WHERE { ex:claim-number m:modality ?value }
