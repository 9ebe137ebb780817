PREFIX ex: <https://example.org/>
PREFIX prov: <http://www.w3.org/ns/prov#>

INSERT DATA { ex:edit prov:generated ex:claim-open }
