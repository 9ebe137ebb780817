PREFIX ex: <https://example.org/>
PREFIX prov: <http://www.w3.org/ns/prov#>

DELETE WHERE { ex:one-landing prov:wasAttributedTo ?value }
