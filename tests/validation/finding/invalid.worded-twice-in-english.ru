PREFIX ex: <https://example.org/>
PREFIX m: <https://w3id.org/musnad#>

INSERT DATA { ex:size-open m:wording "nobody knows how many leave"@en }
