PREFIX ex: <https://example.org/>
PREFIX m: <https://w3id.org/musnad#>

DELETE DATA { ex:edit m:decides ex:claim-number }
