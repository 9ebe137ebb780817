"""SPARQL from anyone: no value given for a parameter changes a query, no text of a query ends the process."""

from __future__ import annotations

import string
from datetime import date
from functools import partial
from pathlib import Path
from typing import Any

import pytest
import rdflib
from hypothesis import given
from hypothesis import strategies as st
from pyoxigraph import Literal

from calls import count_calls
from musnad.errors import QueryTooDeep
from musnad.graph.bounds import DEEPEST, LONGEST, nests_deeply
from musnad.graph.oxigraph_store import OxigraphStore
from musnad.graph.parameters import PARAMETER_TYPES, read_term
from musnad.graph.queries import Query, list_queries, placeholder_names, read_query
from musnad.graph.sparql import TOKEN, query_form, strip_comments, values_line
from musnad.graph.store import dump_nquads
from trust.programs import run
from trust.scale import attempt, examples, tried
from trust.texts import HIDDEN

CORPUS = Path(__file__).parent / "corpus"
PAYLOADS = (CORPUS / "sparql-payloads.txt").read_text(encoding="utf-8").splitlines()
WITH_PARAMETERS = [query for query in list_queries() if query.header.params]
TEXTS = st.text() | st.text(f"{HIDDEN}\"'\\<>{{}}()#.;?$@^uU{string.hexdigits}") | st.sampled_from(PAYLOADS)
GIVEN = TEXTS | st.integers() | st.dates() | st.decimals() | st.booleans() | st.none() | st.binary()
PLAIN = {"iri": "urn:x", "text": "x", "date": date(2025, 1, 1), "integer": 1, "decimal": 1}


def skeleton(sparql: str) -> list[str]:
    """Give the tokens of a query, each literal and IRI as its kind alone: what a value must not change."""
    shown = []
    for token in TOKEN.finditer(strip_comments(sparql)):
        shown.append("term" if token[0][0] in "<\"'" else token[0])
    return shown


@examples(200)
@given(st.sampled_from(WITH_PARAMETERS), st.data())
def test_no_value_changes_what_a_query_is(query: Query, data: st.DataObject) -> None:
    plain: dict[str, Any] = {parameter.name: PLAIN[parameter.type] for parameter in query.header.params}
    hostile: dict[str, Any] = data.draw(st.fixed_dictionaries(dict.fromkeys(plain, GIVEN)))
    tried("inputs fuzzed")
    expected = skeleton(query.bind(plain))
    # One by one too: where one is refused, the others are not looked at.
    for values in (hostile, *({**plain, name: value} for name, value in hostile.items())):
        bound = attempt(partial(query.bind, values))
        assert bound is None or skeleton(bound) == expected


@examples(100)
@given(TEXTS, st.sampled_from(PARAMETER_TYPES))
def test_a_value_is_one_term_on_both_engines(value: str, type_: str) -> None:
    tried("payloads tried")
    term = attempt(lambda: read_term(value, type_))
    if term is None:
        return
    text = f"SELECT ?x WHERE {{ {values_line({'x': term})} }}"
    with OxigraphStore() as store:
        assert store.query(text).tuples == ((term,),)
    (row,) = rdflib.Graph().query(text)
    assert str(row[0]) == term.value  # type: ignore[index]
    if type_ == "text":
        assert isinstance(term, Literal)
        assert term.value == value


@pytest.mark.parametrize("type_", PARAMETER_TYPES)
def test_no_payload_reaches_a_store(type_: str) -> None:
    with OxigraphStore() as store:
        store.update('INSERT DATA { GRAPH <urn:g> { <urn:secret> <urn:p> "kept" } }')
        before = dump_nquads(store)
        for payload in PAYLOADS:
            tried("payloads tried")
            term = attempt(partial(read_term, payload, type_))
            if term is not None:
                rows = store.query(f"SELECT ?x WHERE {{ {values_line({'x': term})} }}")
                assert rows.tuples == ((term,),)
        assert dump_nquads(store) == before


@examples(60)
@given(
    st.lists(st.sampled_from([*PAYLOADS, *sorted(string.punctuation), "SELECT", "WHERE", "?x", "a"])).map(
        " ".join
    )
    | TEXTS
)
def test_any_text_as_a_query_is_answered_or_refused(
    tmp_path_factory: pytest.TempPathFactory, text: str
) -> None:
    tried("inputs fuzzed")
    with OxigraphStore() as store:
        for ask in (store.query, store.ask, store.construct):
            attempt(partial(ask, text))
    path = tmp_path_factory.getbasetemp() / "fuzz.rq"
    path.write_text(text, encoding="utf-8", errors="surrogatepass")
    attempt(lambda: read_query(path, headerless=True))


@pytest.mark.parametrize(
    "unit", ['"\\', "'\\", "a.", "a-", '"""', "<a", "#\n", "# {params: ", "a:", "''", ":."]
)
def test_a_query_of_anything_repeated_is_looked_through_in_linear_steps(unit: str) -> None:
    """A hundred thousand characters of these took twenty seconds when each was looked for to the end."""

    # The scanner works within one call of `re`: that the test ends is what it shows.
    text = unit * (100_000 // len(unit))
    for look in (query_form, strip_comments, placeholder_names):
        assert count_calls(partial(look, text)) < 1_000_000
    tried("inputs fuzzed")


# --- nesting ----------------------------------------------------------------------------------------

BOMBS = {
    "brackets": lambda n: f"SELECT * WHERE {{ FILTER({'(' * n}1{')' * n}) }}",
    "groups": lambda n: f"SELECT * WHERE {'{' * n}{'}' * n}",
    "negations": lambda n: f"SELECT * WHERE {{ FILTER({'!' * n}1) }}",
    "sums": lambda n: f"SELECT * WHERE {{ FILTER({'1 + ' * n}1) }}",
    "differences": lambda n: f"SELECT * WHERE {{ FILTER({'1-' * n}1) }}",
    "paths": lambda n: f"SELECT * WHERE {{ ?a {'(' * n}<urn:a>{')*' * n} ?b }}",
    "sequences": lambda n: f"SELECT * WHERE {{ ?a {'<urn:a>/' * n}<urn:a> ?b }}",
    "unions": lambda n: f"SELECT * WHERE {{ {'{ ?a ?b ?c } UNION ' * n}{{}} }}",
    "options": lambda n: f"SELECT * WHERE {{ {'OPTIONAL { ?a ?b ?c } ' * n} }}",
    "subqueries": lambda n: f"SELECT * WHERE {'{ SELECT * WHERE ' * n}{{}}{'}' * n}",
    "negated patterns": lambda n: f"SELECT * WHERE {{ {'FILTER NOT EXISTS { ' * n}{'}' * n} }}",
    "lists": lambda n: f"SELECT * WHERE {{ ?a ?b {'(' * n}{')' * n} }}",
    "triple terms": lambda n: f"SELECT * WHERE {{ ?a ?b {'<<( ?a ?b ' * n}?c{')>> ' * n} }}",
}


@pytest.mark.parametrize("bomb", BOMBS)
@pytest.mark.parametrize("size", [2 * LONGEST, 50_000])
def test_what_would_overflow_the_engines_stack_is_refused(bomb: str, size: int) -> None:
    with OxigraphStore() as store, pytest.raises(QueryTooDeep):
        store.query(BOMBS[bomb](size))
    tried("requests refused")


@pytest.mark.parametrize("bomb", sorted(BOMBS))
def test_what_people_may_write_is_not(bomb: str) -> None:
    with OxigraphStore() as store:
        store.query(BOMBS[bomb](20))
    assert DEEPEST > 2 * 20


def test_every_query_of_musnads_own_is_far_from_the_limits() -> None:
    with OxigraphStore() as store:
        for query in list_queries():
            if query.form == "SELECT" and not any(parameter.required for parameter in query.header.params):
                store.query(query.bind())


@pytest.mark.parametrize("ending", [".ttl", ".trig", ".nq", ".nt"])
def test_a_graph_file_of_deeply_nested_triple_terms_is_refused(tmp_path: Path, ending: str) -> None:
    """The engine's parser ended the process with a segmentation fault: this runs in one of its own."""
    path = tmp_path / f"deep{ending}"
    term = "<<( <urn:a> <urn:b> " * 50_000 + "<urn:d>" + " )>>" * 50_000
    path.write_text(f"<urn:a> <urn:b> {term} .\n", encoding="utf-8")
    status, out, said = run("validate", path)
    assert (status, out) == (2, b"")
    assert said.startswith("M101 ")
    tried("requests refused")


def test_guillemets_of_the_poor_are_no_triple_terms() -> None:
    assert not nests_deeply(('<urn:a> <urn:b> "<<<<<<قال>>" .\n' * 200).encode())
