PREFIX ex: <https://example.org/>
PREFIX prov: <http://www.w3.org/ns/prov#>

INSERT DATA { ex:claim-number prov:qualifiedAttribution ex:second-step-speaker }
