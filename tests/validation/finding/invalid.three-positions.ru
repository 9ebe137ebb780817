PREFIX ex: <https://example.org/>
PREFIX m: <https://w3id.org/musnad#>

INSERT DATA {
  ex:finding m:compares ex:third .
  ex:third a m:Position ; m:proposition ex:places-left ; m:polarity m:affirmed ; m:modality m:planned .
}
