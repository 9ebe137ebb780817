PREFIX ex: <https://example.org/>
PREFIX m: <https://w3id.org/musnad#>

DELETE { ex:about-forty m:tolerancePolicy ?value }
INSERT { ex:about-forty m:tolerancePolicy m:approx }
WHERE { ex:about-forty m:tolerancePolicy ?value }
