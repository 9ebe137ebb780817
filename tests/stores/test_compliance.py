"""What every store does, whichever engine is behind it."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pyoxigraph import BlankNode, Literal, NamedNode, Quad, RdfFormat, Triple, parse, serialize

from musnad.errors import (
    InvalidLocation,
    InvalidQuery,
    UnstorableQuad,
    UpdateRefused,
    WrongQueryForm,
)
from musnad.graph import endpoint_store
from musnad.graph.literals import canonical_literal, canonical_quad
from musnad.graph.oxigraph_store import OxigraphStore
from musnad.graph.store import Store, dump_nquads
from musnad.terms import XSD

G = "http://example.org/g"
H = "http://example.org/h"
EX = "http://example.org/"

TRICKY_TEXTS = [
    "قال المتحدث: “لا”، ثم أضاف",
    "with \"double\" and 'single' quotes",
    "lines\nand\r\nreturns\tand tabs",
    r"back\slash \u0041 \\u0041 \U0001F600 \n",
    "right-to-left mark \u200f, zero width \u200d, emoji \U0001f469\u200d\U0001f680",
    "\x00\x01\x7f nulls and controls",
    "0000\x000000 digits beside a control",
    "} } ; DROP ALL # {params} <http://example.org/>",
    "",
    " ",
]


def quad(subject: str, text: Literal | NamedNode, graph: str = G) -> Quad:
    return Quad(NamedNode(EX + subject), NamedNode(EX + "p"), text, NamedNode(graph))


def typed(value: str, datatype: str) -> Literal:
    return Literal(value, datatype=NamedNode(XSD(datatype)))


def test_new_store_holds_nothing(store: Store) -> None:
    assert store.count() == 0
    assert store.graphs() == []
    assert list(store.quads()) == []
    assert dump_nquads(store) == ""


def test_replace_puts_several_graphs(store: Store) -> None:
    store.replace({H: [quad("b", Literal("2"), H)], G: [quad("a", Literal("1")), quad("a", Literal("3"))]})
    assert store.graphs() == [G, H]
    assert store.count() == 3
    assert set(store.quads(G)) == {quad("a", Literal("1")), quad("a", Literal("3"))}
    assert list(store.quads(H)) == [quad("b", Literal("2"), H)]
    assert len(list(store.quads())) == 3


def test_replace_removes_what_the_graph_held_before(store: Store) -> None:
    store.replace({G: [quad("a", Literal("old"))], H: [quad("b", Literal("kept"), H)]})
    store.replace({G: [quad("a", Literal("new"))]})
    assert list(store.quads(G)) == [quad("a", Literal("new"))]
    assert list(store.quads(H)) == [quad("b", Literal("kept"), H)]


def test_replace_drops_the_graphs_named(store: Store) -> None:
    store.replace({G: [quad("a", Literal("1"))], H: [quad("b", Literal("2"), H)]})
    store.replace({}, drop=[H, "http://example.org/never-there"])
    assert store.graphs() == [G]


def test_replace_by_nothing_removes_the_graph(store: Store) -> None:
    store.replace({G: [quad("a", Literal("1"))]})
    store.replace({G: []})
    assert store.graphs() == []
    assert store.count() == 0


def test_replace_twice_changes_nothing(store: Store) -> None:
    graphs = {G: [quad("a", Literal(text)) for text in TRICKY_TEXTS], H: [quad("b", NamedNode(EX), H)]}
    store.replace(graphs)
    first = dump_nquads(store)
    store.replace(graphs)
    assert dump_nquads(store) == first
    assert store.count() == len(TRICKY_TEXTS) + 1


def nquads(*quads: Quad) -> bytes:
    return b"".join(f"{quad} .\n".encode() for quad in quads)


def test_load_puts_in_what_replace_does(store: Store) -> None:
    texts = [*TRICKY_TEXTS, f"of <{G}> .", "\\u0041", "line <urn:x> .\nline"]
    graphs = {
        G: [quad("a", Literal(text, language="ar")) for text in texts] + [quad("a", NamedNode(EX))],
        H: [quad("a", NamedNode(EX), H), quad("b", canonical_literal(typed("1.5", "decimal")), H)],
    }
    store.replace(graphs)
    expected = dump_nquads(store)
    seen = store.construct("CONSTRUCT WHERE { ?s ?p ?o }")
    store.replace({}, drop=[G, H])
    serialized = {name: serialize(quads, format=RdfFormat.N_QUADS) or b"" for name, quads in graphs.items()}
    store.load(serialized)
    assert dump_nquads(store) == expected
    assert store.construct("CONSTRUCT WHERE { ?s ?p ?o }") == seen
    assert len(store.query(f"SELECT ?s {{ ?s ?p <{EX}> }}")) == 1


def test_a_graph_may_be_loaded_piece_by_piece(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    """What is large goes to a server in several requests, cut between lines."""
    monkeypatch.setattr(endpoint_store, "LARGEST_REQUEST", 300)
    quads = [quad(f"a{number}", Literal(f"line\n{number} .\n")) for number in range(20)]
    store.replace({G: quads})
    expected = dump_nquads(store)
    store.replace({}, drop=[G])
    store.load({G: nquads(*quads[:7])}, whole=False)
    store.load({G: nquads(*quads[7:])}, whole=False)
    assert dump_nquads(store) == expected
    assert len(store.construct("CONSTRUCT WHERE { ?s ?p ?o }")) == 20


def test_load_of_nothing_does_nothing(store: Store) -> None:
    store.load({})
    assert store.count() == 0


def test_load_keeps_a_graph_whole_or_out(store: Store) -> None:
    store.load({G: nquads(quad("a", Literal("1")))})
    with pytest.raises(UpdateRefused):
        store.load({H: nquads(quad("b", Literal("2"), H)) + b"<no IRI> <urn:p> 1 .\n"})
    assert store.graphs() == [G]


@pytest.mark.parametrize(
    ("graphs", "error"),
    [
        ({H: [quad("b", Literal("2"), H)], G: [quad("a", Literal("1"), H)]}, UnstorableQuad),
        ({G: [Quad(BlankNode("b"), NamedNode(EX), Literal("1"), NamedNode(G))]}, UnstorableQuad),
        ({G: [Quad(NamedNode(EX), NamedNode(EX), BlankNode("b"), NamedNode(G))]}, UnstorableQuad),
        ({"not an IRI": []}, InvalidLocation),
    ],
)
def test_replace_with_a_bad_quad_changes_nothing(
    store: Store, graphs: dict[str, list[Quad]], error: type[Exception]
) -> None:
    store.replace({G: [quad("a", Literal("kept"))]})
    before = dump_nquads(store)
    with pytest.raises(error):
        store.replace(graphs)
    assert dump_nquads(store) == before


@pytest.mark.parametrize(
    "update",
    [
        f'INSERT DATA {{ GRAPH <{G}> {{ <{EX}a> <{EX}p> "1" }} }} ; this is not SPARQL',
        f'DROP GRAPH <{G}> ; INSERT DATA {{ GRAPH <{H}> {{ <{EX}a> <{EX}p> "1" }} }} ; DROP GRAPH <{EX}no>',
        "SELECT * WHERE { ?s ?p ?o }",
    ],
)
def test_failing_update_changes_nothing(store: Store, update: str) -> None:
    store.replace({G: [quad("a", Literal("kept"))]})
    before = dump_nquads(store)
    with pytest.raises(UpdateRefused):
        store.update(update)
    assert dump_nquads(store) == before


def test_update_changes_what_it_says(store: Store) -> None:
    store.replace({G: [quad("a", Literal("old"))]})
    store.update(f'DELETE WHERE {{ GRAPH <{G}> {{ ?s ?p "old" }} }}')
    assert store.count() == 0


def test_revise_replaces_graphs_and_changes_another(store: Store) -> None:
    one, other, third = (quad(name, Literal(name), H) for name in ("one", "other", "third"))
    shared = Quad(one.subject, one.predicate, one.object, NamedNode(G))
    store.replace({G: [shared], H: [one, other]})
    store.revise({}, (), H, [one.triple, other.triple], [third.triple])
    assert set(store.quads()) == {shared, third}
    # What another graph says is still seen.
    assert set(store.column(f"{EX}p")) == {(q.subject, q.object) for q in (shared, third)}
    store.revise({G: [quad("two", Literal("2"))]}, (), H, [third.triple], [])
    assert set(store.quads()) == {quad("two", Literal("2"))}
    store.revise({}, [G], H, [], [])
    assert store.count() == 0


def test_stream_gives_the_rows_of_a_query(store: Store) -> None:
    store.replace({G: [quad("a", Literal("1")), quad("b", Literal("2"))]})
    select = "SELECT ?s ?missing WHERE { ?s ?p ?o } ORDER BY ?s"
    assert tuple(store.stream(select)) == store.query(select).tuples
    with pytest.raises(WrongQueryForm):
        list(store.stream("ASK { ?s ?p ?o }"))


def test_query_sees_the_union_of_the_graphs(store: Store) -> None:
    store.replace({G: [quad("a", Literal("1"))], H: [quad("b", Literal("2"), H)]})
    rows = store.query("SELECT ?s ?o WHERE { ?s ?p ?o } ORDER BY ?o")
    assert rows.variables == ("s", "o")
    assert list(rows) == [(NamedNode(EX + "a"), Literal("1")), (NamedNode(EX + "b"), Literal("2"))]
    assert rows.column("o") == (Literal("1"), Literal("2"))


def test_query_sees_what_graphs_share_once(store: Store) -> None:
    both = "SELECT ?s WHERE { ?s ?p ?o . ?s ?q ?r }"
    store.replace({G: [quad("a", Literal("1"))], H: [quad("a", Literal("1"), H)]})
    assert len(store.query(both)) == 1
    store.replace({}, drop=[G])
    assert len(store.query(both)) == 1
    store.replace({H: [quad("a", Literal("2"), H)]})
    assert store.query("SELECT ?o WHERE { ?s ?p ?o }").column("o") == (Literal("2"),)
    store.replace({}, drop=[H])
    assert len(store.query(both)) == 0


def test_query_joins_across_graphs(store: Store) -> None:
    store.replace({G: [quad("a", NamedNode(EX + "b"))], H: [quad("b", Literal("2"), H)]})
    assert len(store.query(f"SELECT ?o WHERE {{ <{EX}a> <{EX}p>/<{EX}p> ?o }}")) == 1


def test_query_leaves_unbound_variables_open(store: Store) -> None:
    store.replace({G: [quad("a", Literal("1"))]})
    rows = store.query(f"SELECT ?s ?none WHERE {{ ?s ?p ?o OPTIONAL {{ ?s <{EX}q> ?none }} }}")
    assert list(rows) == [(NamedNode(EX + "a"), None)]


def test_query_without_an_answer_has_its_variables(store: Store) -> None:
    rows = store.query("SELECT ?s ?o WHERE { ?s ?p ?o }")
    assert rows.variables == ("s", "o")
    assert len(rows) == 0


def test_ask_answers_both_ways(store: Store) -> None:
    store.replace({G: [quad("a", Literal("نعم", language="ar"))]})
    assert store.ask('ASK { ?s ?p "نعم"@ar }')
    assert not store.ask('ASK { ?s ?p "لا"@ar }')


def test_construct_gives_sorted_distinct_triples(store: Store) -> None:
    store.replace({G: [quad(name, Literal("1")) for name in "cab"], H: [quad("a", Literal("1"), H)]})
    triples = store.construct(f"CONSTRUCT {{ ?s a <{EX}C> }} WHERE {{ ?s ?p ?o }}")
    rdf_type = NamedNode("http://www.w3.org/1999/02/22-rdf-syntax-ns#type")
    assert triples == [Triple(NamedNode(EX + name), rdf_type, NamedNode(EX + "C")) for name in "abc"]


def test_construct_keeps_literals(store: Store) -> None:
    store.replace({G: [quad("a", Literal(text, language="ar")) for text in TRICKY_TEXTS]})
    triples = store.construct("CONSTRUCT WHERE { ?s ?p ?o }")
    assert {triple.object for triple in triples} == {Literal(text, language="ar") for text in TRICKY_TEXTS}


def test_lines_are_what_construct_gives(store: Store) -> None:
    store.replace({G: [quad("a", Literal(text, language="ar")) for text in TRICKY_TEXTS]})
    lines = store.lines("CONSTRUCT WHERE { ?s ?p ?o }")
    found = {quad.triple for quad in parse(lines, format=RdfFormat.N_TRIPLES)}
    assert found == set(store.construct("CONSTRUCT WHERE { ?s ?p ?o }"))
    with pytest.raises(WrongQueryForm):
        store.lines("SELECT * WHERE { ?s ?p ?o }")
    with pytest.raises(InvalidQuery):
        store.lines("CONSTRUCT WHERE { ?s ?p }")


def test_quads_come_back_as_they_were_put(store: Store) -> None:
    objects: list[Literal | NamedNode] = [
        *(Literal(text) for text in TRICKY_TEXTS),
        *(Literal(text, language="ar-iq") for text in TRICKY_TEXTS),
        typed("2025-10-11", "date"),
        typed("2025-10-11T08:30:00Z", "dateTime"),
        typed("500", "integer"),
        typed("0.1", "decimal"),
        typed("true", "boolean"),
        Literal("2026-09", datatype=NamedNode("http://id.loc.gov/datatypes/edtf/EDTF")),
        NamedNode("https://example.org/أربيل#1"),
    ]
    quads = {quad("a", object_) for object_ in objects}
    store.replace({G: quads})
    assert set(store.quads(G)) == quads
    assert set(store.query("SELECT ?o WHERE { ?s ?p ?o }").column("o")) == set(objects)


def test_triple_terms_come_back_as_they_were_put(store: Store) -> None:
    said = Triple(NamedNode(EX + "s"), NamedNode(EX + "p"), Literal("نعم", language="ar"))
    stored = Quad(NamedNode(EX + "claim"), NamedNode(EX + "p"), said, NamedNode(G))
    store.replace({G: [stored]})
    assert list(store.quads(G)) == [stored]


@pytest.mark.parametrize(
    "given_literal",
    [
        typed("1.50", "decimal"),
        typed("007", "integer"),
        typed("+5", "int"),
        typed("1e3", "double"),
        typed("2025-10-11T10:00:00+00:00", "dateTime"),
        typed("1", "boolean"),
        typed("P13M", "yearMonthDuration"),
        typed("not a number", "integer"),
        Literal("text", language="AR-Iq"),
    ],
)
def test_spellings_come_back_canonical(store: Store, given_literal: Literal) -> None:
    store.replace({G: [quad("a", given_literal)]})
    assert list(store.quads(G)) == [quad("a", canonical_literal(given_literal))]


def test_bad_queries_are_told(store: Store) -> None:
    with pytest.raises(InvalidQuery, match="M301"):
        store.query("SELECT ?s WHERE { ?s ?p ")
    with pytest.raises(WrongQueryForm, match="the query is ASK"):
        store.query("ASK { ?s ?p ?o }")
    with pytest.raises(WrongQueryForm, match="the query is CONSTRUCT"):
        store.query("CONSTRUCT WHERE { ?s ?p ?o }")
    with pytest.raises(WrongQueryForm, match="the query is SELECT"):
        store.ask("SELECT * WHERE { ?s ?p ?o }")
    with pytest.raises(WrongQueryForm, match="the query is SELECT"):
        store.construct("SELECT * WHERE { ?s ?p ?o }")


def test_store_is_closed_by_its_block(store: Store) -> None:
    with store as same:
        assert same is store
    store.close()


NAMES = st.sampled_from("abcd").map(lambda name: NamedNode(EX + name))
TEXTS = st.text(st.characters(codec="utf-8"), max_size=30)
LITERALS = st.one_of(
    TEXTS.map(Literal),
    st.builds(
        lambda text, tag: Literal(text, language=tag), TEXTS, st.sampled_from(["ar", "en", "AR-Latn-iq"])
    ),
    st.integers().map(lambda number: typed(str(number), "integer")),
    st.decimals(allow_nan=False, allow_infinity=False, min_value=-(10**12), max_value=10**12, places=4).map(
        lambda number: typed(f"{number:f}", "decimal")
    ),
    st.floats().map(lambda number: typed(repr(number).replace("inf", "INF").replace("nan", "NaN"), "double")),
    st.dates().map(lambda day: typed(day.isoformat(), "date")),
    st.datetimes(timezones=st.timezones()).map(lambda moment: typed(moment.isoformat(), "dateTime")),
    st.booleans().map(lambda truth: typed(str(int(truth)), "boolean")),
    st.builds(typed, TEXTS, st.sampled_from(["integer", "decimal", "date", "duration", "hexBinary"])),
)
QUADS = st.lists(st.builds(Quad, NAMES, NAMES, st.one_of(NAMES, LITERALS), st.just(NamedNode(G))), max_size=8)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(quads=QUADS)
def test_any_quads_come_back_canonical(store: Store, quads: list[Quad]) -> None:
    store.replace({G: quads})
    canonical = {canonical_quad(quad) for quad in quads}
    assert set(store.quads(G)) == canonical
    embedded = OxigraphStore()
    embedded.replace({G: canonical})
    assert dump_nquads(store) == dump_nquads(embedded)


@given(literal=LITERALS)
def test_canonical_form_is_its_own_canonical_form(literal: Literal) -> None:
    assert canonical_literal(canonical_literal(literal)) == canonical_literal(literal)
