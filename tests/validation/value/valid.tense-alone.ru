PREFIX ex: <https://example.org/>
PREFIX m: <https://w3id.org/musnad#>
PREFIX rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#>

DELETE { ex:by-20-may ?property ?value }
WHERE { ex:by-20-may ?property ?value FILTER(?property NOT IN (rdf:type, m:tense)) }
