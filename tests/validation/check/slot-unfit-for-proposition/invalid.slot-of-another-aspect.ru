PREFIX ex: <https://example.org/>
PREFIX m: <https://w3id.org/musnad#>

DELETE { ex:forty-leave m:slot ?value }
INSERT { ex:forty-leave m:slot ex:slot-places }
WHERE { ex:forty-leave m:slot ?value }
