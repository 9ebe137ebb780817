PREFIX ex: <https://example.org/>
PREFIX m: <https://w3id.org/musnad#>
PREFIX schema: <https://schema.org/>

DELETE { ex:about-forty m:approximation m:approx ; schema:value ?number ; schema:maxValue ?upper ; m:tolerancePolicy ?policy }
INSERT { ex:about-forty m:approximation m:vague ; m:tolerancePolicy m:dozens }
WHERE { ex:about-forty schema:value ?number ; schema:maxValue ?upper ; m:tolerancePolicy ?policy }
