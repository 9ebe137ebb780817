PREFIX ex: <https://example.org/>
PREFIX m: <https://w3id.org/musnad#>

DELETE { ex:claim-number m:timeMention ?value }
INSERT { ex:claim-number m:timeMention ex:by-20-may }
WHERE { ex:claim-number m:timeMention ?value }
