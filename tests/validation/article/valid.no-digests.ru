PREFIX ex: <https://example.org/>
PREFIX m: <https://w3id.org/musnad#>

DELETE { ex:article m:textDigest ?text . ex:reading m:recordDigest ?record }
WHERE { ex:article m:textDigest ?text . ex:reading m:recordDigest ?record }
