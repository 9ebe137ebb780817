# The dove at the head of the text is one code point and two UTF-16 units.
PREFIX ex: <https://example.org/>
PREFIX oa: <http://www.w3.org/ns/oa#>

DELETE { ex:cue-position oa:start ?start ; oa:end ?end }
INSERT { ex:cue-position oa:start ?from ; oa:end ?to }
WHERE {
  ex:cue-position oa:start ?start ; oa:end ?end .
  BIND(?start + 1 AS ?from)
  BIND(?end + 1 AS ?to)
}
