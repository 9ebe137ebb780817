PREFIX ex: <https://example.org/>
PREFIX m: <https://w3id.org/musnad#>

DELETE { ex:rule m:explanation ?text }
WHERE { ex:rule m:explanation ?text FILTER(LANG(?text) = "ar") }
