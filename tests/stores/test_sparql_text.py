"""SPARQL text: which form a query has, how terms are written, how blank nodes get names that last."""

from __future__ import annotations

import pytest
from pyoxigraph import BaseDirection, BlankNode, Literal, NamedNode, RdfFormat, Triple, parse

from musnad.graph.oxigraph_store import OxigraphStore
from musnad.graph.sparql import query_form, replacement_update, strip_comments, term_text, values_line
from musnad.graph.store import dump_nquads, named_nodes
from musnad.terms import RDF

G = "http://example.org/g"


@pytest.mark.parametrize(
    ("text", "form"),
    [
        ("SELECT * WHERE { ?s ?p ?o }", "SELECT"),
        ("select(count(*) as ?n){}", "SELECT"),
        ("#+ summary: {en: ASK, ar: b}\nPREFIX m: <https://w3id.org/musnad#>\nSELECT * {}", "SELECT"),
        (
            "BASE <http://example.org/construct> PREFIX select: <http://e/#ask> ASK { ?s select:ask 'x' }",
            "ASK",
        ),
        ("CONSTRUCT { ?s ?p ?o } WHERE { { SELECT * WHERE { ?s ?p ?o } } }", "CONSTRUCT"),
        ("DESCRIBE <http://example.org/>", "DESCRIBE"),
        ("PREFIX : <http://example.org/> INSERT DATA { :a :select :b }", "UPDATE"),
        ("WITH <http://example.org/> DELETE { ?s ?p ?o } WHERE { ?s ?p ?o }", "UPDATE"),
        ("", None),
        ("# SELECT", None),
        ("not a query", None),
    ],
)
def test_form_is_told_by_the_first_word_that_counts(text: str, form: str | None) -> None:
    assert query_form(text) == form


def test_comments_go_and_what_looks_like_them_stays() -> None:
    text = "SELECT * { # a comment 'with a quote\n ?s <http://e/#p> \"# no\", '''# no\n#''' }\n# last"
    assert strip_comments(text) == "SELECT * { \n ?s <http://e/#p> \"# no\", '''# no\n#''' }\n"


@pytest.mark.parametrize(
    ("term", "text"),
    [
        (NamedNode("http://example.org/أربيل"), "<http://example.org/أربيل>"),
        (Literal("a\\u0041"), r'"a\\\U000000750041"'),
        (Literal('"\n\r\t'), r'"\"\n\r\t"'),
        (Literal("\x000000"), r'"\U000000000000"'),
        (Literal("قال", language="ar"), '"قال"@ar'),
        (Literal("قال", language="ar", direction=BaseDirection.RTL), '"قال"@ar--rtl'),
        (Literal(5), '"5"^^<http://www.w3.org/2001/XMLSchema#integer>'),
        (
            Triple(NamedNode("http://e/s"), NamedNode("http://e/p"), Literal("نعم")),
            '<<( <http://e/s> <http://e/p> "نعم" )>>',
        ),
    ],
)
def test_term_is_written_for_every_engine(term: NamedNode | Literal | Triple, text: str) -> None:
    assert term_text(term) == text


def test_no_bindings_leave_no_line() -> None:
    assert values_line({}) == ""


def test_replacement_drops_each_graph_once_before_it_inserts() -> None:
    steps = replacement_update({G: []}, drop=[G, G]).split(" ;\n")
    assert [step.split(" ", 1)[0] for step in steps] == ["DELETE", "DROP"]
    assert steps[1] == f"DROP SILENT GRAPH <{G}>"


TURTLE = """
@prefix e: <http://example.org/> .
e:a e:list ( e:b [ e:p "نعم"@ar ] ) ; e:q [ e:p 1 ] .
"""


def triples(turtle: str) -> list[Triple]:
    return [quad.triple for quad in parse(turtle, RdfFormat.TURTLE, rename_blank_nodes=True)]


def test_named_nodes_depend_on_the_triples_alone() -> None:
    quads = named_nodes(G, triples(TURTLE))
    assert quads == named_nodes(G, reversed(triples(TURTLE)))
    assert not any(isinstance(node, BlankNode) for quad in quads for node in (quad.subject, quad.object))
    assert len(quads) == len(triples(TURTLE))
    with OxigraphStore() as store:
        store.replace({G: quads})
        before = dump_nquads(store)
        store.replace({G: named_nodes(G, triples(TURTLE))})
        assert dump_nquads(store) == before
        path = f"<http://example.org/list>/<{RDF('rest')}>/<{RDF('first')}>/<http://example.org/p>"
        assert store.ask(f'ASK {{ ?a {path} "نعم"@ar }}')


def test_named_nodes_of_two_graphs_differ() -> None:
    one = named_nodes(G, triples(TURTLE))
    other = named_nodes("http://example.org/h", triples(TURTLE))
    shared = {str(quad.subject) for quad in one} & {str(quad.subject) for quad in other}
    assert shared == {"<http://example.org/a>"}


def test_named_nodes_reach_into_triple_terms() -> None:
    inner = Triple(BlankNode("x"), NamedNode("http://e/p"), BlankNode("y"))
    (quad,) = named_nodes(G, [Triple(NamedNode("http://e/s"), NamedNode("http://e/p"), inner)])
    assert isinstance(quad.object, Triple)
    assert isinstance(quad.object.subject, NamedNode)
    assert isinstance(quad.object.object, NamedNode)
    assert quad.object.subject != quad.object.object
