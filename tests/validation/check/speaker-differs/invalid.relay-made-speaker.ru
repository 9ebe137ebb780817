PREFIX ex: <https://example.org/>
PREFIX prov: <http://www.w3.org/ns/prov#>

DELETE { ex:step-speaker prov:agent ?value }
INSERT { ex:step-speaker prov:agent ex:radio }
WHERE { ex:step-speaker prov:agent ?value }
