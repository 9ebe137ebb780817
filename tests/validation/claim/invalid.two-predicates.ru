PREFIX ex: <https://example.org/>
PREFIX rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#>
PREFIX sec: <https://w3id.org/musnad/security#>

INSERT DATA { ex:forty-leave rdf:predicate sec:withdrawsFrom }
