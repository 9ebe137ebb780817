PREFIX ex: <https://example.org/>
PREFIX m: <https://w3id.org/musnad#>
PREFIX unit: <https://w3id.org/musnad/unit#>

DELETE { ex:about-forty m:unit ?value }
INSERT { ex:about-forty m:unit unit:camel }
WHERE { ex:about-forty m:unit ?value }
