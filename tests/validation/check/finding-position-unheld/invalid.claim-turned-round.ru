PREFIX ex: <https://example.org/>
PREFIX m: <https://w3id.org/musnad#>

DELETE { ex:claim-number m:polarity ?value }
INSERT { ex:claim-number m:polarity m:denied }
WHERE { ex:claim-number m:polarity ?value }
