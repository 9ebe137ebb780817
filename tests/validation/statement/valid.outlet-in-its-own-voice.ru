PREFIX ex: <https://example.org/>
PREFIX m: <https://w3id.org/musnad#>

DELETE WHERE { ex:statement m:cueSpan ?cue } ;
DELETE WHERE { ex:step-speaker m:cueSpan ?cue }
