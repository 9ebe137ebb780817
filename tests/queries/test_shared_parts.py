"""What several queries have in common, and SPARQL cannot share, is written alike in all of them."""

from __future__ import annotations

import re

import pytest

from musnad.graph.queries import Query, find_query, list_queries

FOR_PEOPLE = [query for folder in ("list", "trace", "compare") for query in list_queries(folder)]
# The name of a thing: in the language asked for, in another, or as an article writes it.
NAME = """{
SELECT ?THING
(SUBSTR(MIN(CONCAT(IF(LANG(?label) = ?lang, "0", IF(LANG(?label) = "", "2", "1")), STR(?label))), 2) AS ?NAME)
WHERE {
# {params: lang}
?THING rdfs:label|skos:prefLabel ?label .
}
GROUP BY ?THING
}"""


def body(query: Query) -> str:
    """Give the query without its header and without indentation."""
    lines = (line.strip() for line in query.text.splitlines() if not line.startswith("#+"))
    return "\n".join(lines)


@pytest.mark.parametrize("query", FOR_PEOPLE, ids=lambda query: query.name)
def test_things_are_named_by_one_rule(query: Query) -> None:
    starts = [match.start() for match in re.finditer(r"\{\nSELECT \?\w+\n\(SUBSTR\(MIN\(CONCAT", body(query))]
    for start in starts:
        text = body(query)[start:]
        block = text[: text.index("\n}", text.index("GROUP BY")) + 2]
        thing = block.split()[2].removeprefix("?")
        plain = re.sub(r"\ba m:\w+ ; ", "", re.sub(rf"\?{thing}\b", "?THING", block))
        assert re.sub(r"AS \?\w+\)", "AS ?NAME)", plain) == NAME
    assert bool(starts) or "SUBSTR(MIN(" in query.text, "the query names things by a rule of its own"


def test_queries_of_one_kind_of_finding_differ_by_that_kind_alone() -> None:
    kinds = {"agreements": "agreement", "conflicts": "conflict", "tensions": "tension"}
    bodies = {body(find_query(name)).replace(f'"{kind}"', '"KIND"') for name, kind in kinds.items()}
    assert len(bodies) == 1
