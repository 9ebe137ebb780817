PREFIX ex: <https://example.org/>
PREFIX prov: <http://www.w3.org/ns/prov#>

DELETE { ex:claim-number prov:wasAttributedTo ?value }
INSERT { ex:claim-number prov:wasAttributedTo ex:radio }
WHERE { ex:claim-number prov:wasAttributedTo ?value }
