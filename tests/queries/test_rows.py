"""The rows that queries for people give: the golden ones, on every engine; what each parameter does."""

from __future__ import annotations

import csv
from collections.abc import Mapping
from io import StringIO

import pytest
from pyoxigraph import Literal, NamedNode

from conftest import Golden
from musnad.errors import InvalidParameter, MissingParameter, UnknownParameter
from musnad.graph.parameters import ParameterValue
from musnad.graph.queries import Query, find_query, list_queries
from musnad.graph.store import Rows, Store
from musnad.terms import ID

from .conftest import Engines

FOR_PEOPLE = [query for folder in ("list", "trace", "compare") for query in list_queries(folder)]

# A value of a parameter: as a user gives it, or a kind of thing and its id, label or finding kind, whose IRI
# is looked up.
Given = ParameterValue | tuple[str, str]

NEEDED: dict[str, dict[str, Given]] = {"changes": {"from": "2025-10-11", "to": "2026-03-04"}}
"""What a query cannot do without; the days take in every article."""

CASES: dict[str, dict[str, dict[str, Given]]] = {
    "agreements": {"": {}},
    "all-findings": {"non-conflicts": {"kind": "non-conflict"}},
    "articles": {"": {}},
    "changes": {"between-two-articles": {"from": "2026-03-02"}},
    "claims-about": {"bases": {"name": "base"}, "arabic": {"name": "الأسد", "lang": "ar"}},
    "claims-at-place": {
        "with-places-within": {"place": ("entity", "erbil")},
        "base": {"name": "Ain al-Asad"},
    },
    "claims-by-anonymous-sources": {"": {}},
    "claims-for-dates": {"": {}, "one-month": {"from": "2026-09-01", "to": "2026-09-30"}},
    "claims-in-findings": {"one-kind": {"kind": "conflict/place"}},
    "closed-lists": {"": {}},
    "conflicts": {"": {}, "arabic": {"lang": "ar"}},
    "decisions": {"": {}},
    "denials": {"": {}},
    "entities": {"places": {"type": "m:Place"}},
    "findings-on-alignments": {"": {}},
    "findings-on-approximate-values": {"": {}},
    "hands-of-claim": {"with-a-relay": {"article": "shatt-courier-2026-03-02", "claim_id": "s8c1"}},
    "numbers": {"": {}},
    "open-questions": {"": {}},
    "plans": {"": {}},
    "positions": {"": {}},
    "premises-of-findings": {"": {}},
    "readings": {"": {}},
    "relays": {"": {}},
    "source-pairs": {"": {}},
    "sources": {"": {}, "arabic": {"lang": "ar"}},
    "statements-with-sources": {"": {}},
    "tensions": {"": {}},
    "uncorroborated-claims": {"": {}},
    "words-of-claim": {"": {"article": "shafaq-2025-10-11", "claim_id": "s8c3"}},
}

# For each parameter a value that leaves some rows out and keeps others.
RESTRICTIONS: dict[str, dict[str, Given]] = {
    "agreements": {
        "finding": ("finding", "agreement"),
        "source": ("source", "Karim Jabbar"),
        "name": "embassy",
    },
    "all-findings": {
        "kind": "tension",
        "finding": ("finding", "conflict/place"),
        "source": ("source", "Karim Jabbar"),
        "name": "شفق",
    },
    "articles": {"article": "shafaq-2025-10-11", "since": "2026-03-04", "until": "2025-12-31"},
    "changes": {"entity": ("entity", "inquiry"), "name": "INQUIRY", "from": "2026-03-02", "to": "2026-03-02"},
    "claims-about": {
        "entity": ("entity", "us-forces"),
        "name": "قاعدة",
        "since": "2026-03-03",
        "until": "2026-03-02",
    },
    "claims-at-place": {
        "place": ("entity", "anbar"),
        "name": "Kirkuk",
        "since": "2026-01-01",
        "until": "2025-12-31",
    },
    "claims-by-anonymous-sources": {"since": "2026-03-04", "until": "2026-03-02"},
    "claims-for-dates": {"from": "2026-03-25", "to": "2025-09-15"},
    "claims-in-findings": {"finding": ("finding", "conflict/place"), "kind": "agreement"},
    "closed-lists": {"entity": ("entity", "us-forces"), "name": "US forces"},
    "conflicts": {
        "finding": ("finding", "conflict/place"),
        "source": ("source", "a hospital official"),
        "name": "police",
    },
    "decisions": {"article": "shatt-courier-2026-03-02", "by": "rana"},
    "denials": {
        "source": ("source", "the office of the Basra governor"),
        "name": "السفارة",
        "since": "2026-01-01",
        "until": "2026-01-01",
    },
    "entities": {"entity": ("entity", "iraq"), "name": "Erbil", "type": "m:Force"},
    "findings-on-alignments": {
        "finding": ("finding", "conflict/place"),
        "kind": "conflict",
        "alignment": ("alignment", "a2"),
    },
    "findings-on-approximate-values": {
        "finding": ("finding", "tension/vague-bound"),
        "kind": "tension",
    },
    "hands-of-claim": {
        "claim": ("claim", "s14c1"),
        "claim_id": "s1c1",
        "article": "shatt-courier-2026-03-04",
    },
    "numbers": {"entity": ("entity", "coalition-forces"), "name": "blast", "unit": "unit:base", "least": 90},
    "open-questions": {"entity": ("entity", "market-blast"), "name": "US"},
    "plans": {"to": "2026-03-31", "entity": ("entity", "us-forces"), "name": "partnership"},
    "positions": {
        "entity": ("entity", "us-forces"),
        "name": "العشار",
        "aspect": "sec:withdrawalDestination",
        "until": "2026-03-02",
    },
    "premises-of-findings": {"finding": ("finding", "conflict/exhaustiveness"), "kind": "conflict/place"},
    "readings": {"article": "shatt-courier-2026-03-02"},
    "relays": {
        "source": ("source", "a hospital official"),
        "through": ("source", "State radio"),
        "article": "shafaq-2025-10-11",
    },
    "source-pairs": {"source": ("source", "شفق نيوز"), "name": "Jabbar"},
    "sources": {"source": ("source", "Karim Jabbar"), "name": "governor", "source_kind": "m:outlet"},
    "statements-with-sources": {
        "article": "shatt-courier-2026-03-04",
        "source": ("source", "شفق نيوز"),
        "name": "Jabbar",
        "since": "2026-03-04",
        "until": "2025-10-11",
    },
    "tensions": {
        "finding": ("finding", "tension/possibility"),
        "source": ("source", "a security source"),
        "name": "hospital",
    },
    "uncorroborated-claims": {
        "source": ("source", "شفق نيوز"),
        "name": "Jabbar",
        "since": "2026-03-03",
        "until": "2026-03-02",
    },
    "words-of-claim": {
        "claim": ("claim", "s14c1"),
        "claim_id": "s1c1",
        "article": "shatt-courier-2026-03-04",
    },
}
# These parameters change what a row sums up, so the rows that are left are others.
SUMMED = {("relays", "article"), ("positions", "until"), ("changes", "from"), ("changes", "to")}

each_query = pytest.mark.parametrize("query", FOR_PEOPLE, ids=lambda query: query.name)


def bind(query: Query, store: Store, given: Mapping[str, Given]) -> str:
    values = {**NEEDED.get(query.name, {}), **given}
    return query.bind(
        {
            name: find_iri(store, *value) if isinstance(value, tuple) else value
            for name, value in values.items()
        }
    )


def find_iri(store: Store, kind: str, text: str) -> NamedNode:
    """Give the first thing of the kind with this id, label or finding kind."""
    rows = store.query(
        "SELECT DISTINCT ?thing WHERE { ?thing ?property ?text . "
        f"FILTER(STR(?text) = {Literal(text)} && STRSTARTS(STR(?thing), '{ID}{kind}/')) }} ORDER BY ?thing"
    )
    assert rows.tuples, f"there is no {kind} {text}"
    thing = rows.tuples[0][0]
    assert isinstance(thing, NamedNode)
    return thing


def run(engines: Engines, query: Query, **given: Given) -> Rows:
    return engines.memory.query(bind(query, engines.memory, given))


def write_csv(rows: Rows) -> str:
    text = StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(rows.variables)
    for row in rows:
        values = [term.value if isinstance(term, NamedNode | Literal) else "" for term in row]
        writer.writerow(value.replace(ID, "id:") for value in values)
    return text.getvalue()


def test_every_query_has_cases_and_restrictions() -> None:
    names = {query.name for query in FOR_PEOPLE}
    assert set(CASES) == set(RESTRICTIONS) == names
    params = {query.name: {param.name for param in query.header.params} - {"lang"} for query in FOR_PEOPLE}
    assert {name: set(values) for name, values in RESTRICTIONS.items()} == params


@pytest.mark.parametrize(("name", "case"), [(name, case) for name, cases in CASES.items() for case in cases])
def test_rows_are_the_golden_ones_on_every_engine(
    engines: Engines, golden: Golden, name: str, case: str
) -> None:
    text = bind(find_query(name), engines.memory, CASES[name][case])
    in_memory, over_http, in_rdflib = engines.tables(text)
    assert over_http == in_memory
    assert in_rdflib == in_memory
    assert in_memory, "the case shows nothing"
    golden(f"{name}.{case}.csv" if case else f"{name}.csv", write_csv(engines.memory.query(text)))


@each_query
def test_rows_are_distinct_and_name_a_thing(engines: Engines, query: Query) -> None:
    rows = run(engines, query)
    assert len(set(rows.tuples)) == len(rows)
    assert [row for row in rows if row[-1] is None and query.name != "denials"] == []


@pytest.mark.parametrize(
    ("name", "param"), [(name, param) for name, params in RESTRICTIONS.items() for param in params]
)
def test_parameter_restricts_the_rows(engines: Engines, name: str, param: str) -> None:
    query = find_query(name)
    everything = run(engines, query)
    rows = run(engines, query, **{param: RESTRICTIONS[name][param]})
    assert rows.tuples
    if (name, param) in SUMMED:
        assert set(rows.tuples) != set(everything.tuples)
    else:
        assert set(rows.tuples) < set(everything.tuples)


@pytest.mark.parametrize(
    ("name", "param"), [(name, param) for name, params in RESTRICTIONS.items() for param in params]
)
def test_parameter_restricts_the_rows_alike_on_every_engine(engines: Engines, name: str, param: str) -> None:
    text = bind(find_query(name), engines.memory, {param: RESTRICTIONS[name][param]})
    in_memory, over_http, in_rdflib = engines.tables(text)
    assert over_http == in_memory
    assert in_rdflib == in_memory


@each_query
def test_language_changes_words_and_nothing_else(engines: Engines, query: Query) -> None:
    english, arabic, french = (run(engines, query, lang=lang) for lang in ("en", "ar", "fr"))
    assert english.tuples != arabic.tuples
    # The order may follow the words, and the things the rows are about do not change.
    things = [sorted(map(str, rows.column(rows.variables[-1]))) for rows in (english, arabic, french)]
    assert things[0] == things[1] == things[2]


@each_query
def test_unknown_parameter_is_told(query: Query) -> None:
    with pytest.raises(UnknownParameter, match=query.name):
        query.bind({"nonsense": 1})


@pytest.mark.parametrize(
    ("name", "param"), [(query.name, param.name) for query in FOR_PEOPLE for param in query.header.params]
)
def test_value_of_another_type_is_told(name: str, param: str) -> None:
    query = find_query(name)
    wrong = 5 if next(p.type for p in query.header.params if p.name == param) == "text" else "no such value"
    given = {needed: value for needed, value in NEEDED.get(name, {}).items() if not isinstance(value, tuple)}
    with pytest.raises(InvalidParameter, match=f"parameter {param}"):
        query.bind(given | {param: wrong})


def test_changes_need_two_days() -> None:
    with pytest.raises(MissingParameter, match="to"):
        find_query("changes").bind({"from": "2026-03-02"})
