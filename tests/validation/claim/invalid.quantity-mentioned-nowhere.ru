PREFIX ex: <https://example.org/>
PREFIX m: <https://w3id.org/musnad#>

DELETE { ex:claim-number m:quantityMention ?value }
INSERT { ex:claim-number m:quantityMention ex:about-forty }
WHERE { ex:claim-number m:quantityMention ?value }
