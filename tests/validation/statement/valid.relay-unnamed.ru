PREFIX ex: <https://example.org/>
PREFIX m: <https://w3id.org/musnad#>
PREFIX prov: <http://www.w3.org/ns/prov#>

DELETE { ex:step-relay prov:agent ?agent ; prov:hadRole m:relay ; m:sourceSpan ?span ; m:cueSpan ?cue }
INSERT { ex:step-relay prov:hadRole m:unnamedLink }
WHERE { ex:step-relay prov:agent ?agent ; m:sourceSpan ?span ; m:cueSpan ?cue }
