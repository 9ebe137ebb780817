"""Turtle and TriG: read by three parsers as the same triples, in an order and form a person can follow."""

from __future__ import annotations

import re
import subprocess
from pathlib import Path

import pyoxigraph as ox
import pytest
from hypothesis import given
from hypothesis import strategies as st
from rdflib import Dataset, Graph
from rdflib.compare import to_isomorphic

from musnad.graph.descriptions import Descriptions, read_literal, read_term
from musnad.graph.exports.notation import TURTLE_PREFIXES, Notation
from musnad.graph.exports.turtle import write_turtle
from musnad.graph.vocabulary import load_vocabulary
from musnad.terms import ID, PREFIXES, XSD, M

from .conftest import Exported


def canonical(quads: list[ox.Quad]) -> ox.Dataset:
    dataset = ox.Dataset(ox.Quad(q.subject, q.predicate, q.object) for q in quads)
    dataset.canonicalize(ox.CanonicalizationAlgorithm.RDFC_1_0)
    return dataset


def test_turtle_is_read_by_pyoxigraph_as_the_same_triples(
    everything: list[ox.Quad], exported: Exported
) -> None:
    text = exported(everything, "turtle")
    found = list(ox.parse(text.encode(), format=ox.RdfFormat.TURTLE))
    assert canonical(found) == canonical(everything)


def test_turtle_is_read_by_rdflib_as_the_same_triples(everything: list[ox.Quad], exported: Exported) -> None:
    expected = Graph()
    lines = ox.serialize([quad.triple for quad in everything], format=ox.RdfFormat.N_TRIPLES)
    expected.parse(data=lines, format="nt")
    found = Graph().parse(data=exported(everything, "turtle"), format="turtle")
    assert to_isomorphic(found) == to_isomorphic(expected)


@pytest.mark.system("rapper")
@pytest.mark.parametrize(("form", "syntax"), [("turtle", "turtle"), ("trig", "trig"), ("prov", "turtle")])
def test_rapper_reads_the_same_triples(
    form: str, syntax: str, everything: list[ox.Quad], exported: Exported, tmp_path: Path
) -> None:
    path = tmp_path / "export"
    text = exported(everything, form)
    path.write_bytes(text.encode())
    command = ["rapper", "-q", "-i", syntax, "-o", "ntriples", path.as_uri()]
    run = subprocess.run(command, capture_output=True, check=True)
    assert run.stderr == b""
    triples = {quad.triple for quad in ox.parse(run.stdout, format=ox.RdfFormat.N_TRIPLES)}
    parsed = ox.parse(text.encode(), format=ox.RdfFormat.TURTLE if syntax == "turtle" else ox.RdfFormat.TRIG)
    default = ox.DefaultGraph()
    expected = ox.Dataset(ox.Quad(q.subject, q.predicate, q.object, default) for q in parsed)
    found = ox.Dataset(ox.Quad(t.subject, t.predicate, t.object, default) for t in triples)
    for dataset in (expected, found):
        dataset.canonicalize(ox.CanonicalizationAlgorithm.RDFC_1_0)
    assert found == expected


def test_trig_is_read_by_rdflib_in_the_same_graphs(seed: list[ox.Quad], exported: Exported) -> None:
    dataset = Dataset()
    dataset.parse(data=exported(seed, "trig"), format="trig")
    names = {str(name) for _, _, _, name in dataset.quads()}
    assert len(list(dataset.quads())) == len(seed)
    assert names == {str(quad.graph_name)[1:-1] for quad in seed}


def test_turtle_declares_the_prefixes_it_uses_and_no_others(seed: list[ox.Quad], exported: Exported) -> None:
    text = exported(seed, "turtle")
    declared = re.findall(r"^@prefix (\w+): <([^>]*)> \.$", text, re.MULTILINE)
    assert declared == sorted(declared)
    for prefix, namespace in declared:
        assert TURTLE_PREFIXES[prefix] == namespace
        assert len(re.findall(rf"(?<![\w:]){prefix}:\w", text)) > 0
    assert {"sh", "np", "owl", "finding"}.isdisjoint(dict(declared))


def test_prefixes_of_instances_clash_with_none_of_the_vocabularies() -> None:
    assert len(TURTLE_PREFIXES) == len(set(TURTLE_PREFIXES.values()))
    assert {prefix: TURTLE_PREFIXES[prefix] for prefix in PREFIXES} == PREFIXES


def test_turtle_goes_through_the_article_in_the_order_of_its_text(
    seed: list[ox.Quad], exported: Exported
) -> None:
    text = exported(seed, "turtle")
    headings = re.findall(r"^# (?:=== |--- )?(\w+)", text, re.MULTILINE)
    sections = list(dict.fromkeys(headings))
    assert sections == [
        "Article", "Source", "Statement", "Claim", "Mention", "Quantity", "Time", "Entity", "Alignment",
        "Agent",
    ]  # fmt: skip
    assert re.findall(r"^# --- Statement (\w+),", text, re.MULTILINE) == [f"s{n}" for n in range(1, 16)]
    assert "# --- Statement s15, a government source: «عدد قوات التحالف الدولي" in text


def test_each_claim_stands_with_its_statement_and_before_its_proposition(
    seed: list[ox.Quad], exported: Exported
) -> None:
    statements = exported(seed, "turtle").split("# --- Statement ")[1:]
    for statement in statements:
        block = statement.split("# Mention ")[0]
        name = block.partition(",")[0]
        claims = re.findall(r"^# Claim (\w+): ", block, re.MULTILINE)
        assert claims == sorted(claims, key=claims.index)
        assert claims
        assert all(claim.startswith(f"{name}c") for claim in claims)


def test_a_claim_is_put_into_words_beside_its_id(seed: list[ox.Quad], exported: Exported) -> None:
    assert "\n# Claim s2c1: it is planned that US forces keep 2 bases (Iraq)\nclaim:" in exported(
        seed, "turtle"
    )


def test_a_claim_that_lacks_a_part_is_still_written(seed: list[ox.Quad], exported: Exported) -> None:
    kept = [quad for quad in seed if quad.predicate.value != M("polarity")]
    text = exported(kept, "turtle")
    assert "# Claim s2c1: a part of it is not here" in text
    assert canonical(list(ox.parse(text.encode(), format=ox.RdfFormat.TURTLE))) == canonical(kept)


def test_findings_and_vocabulary_follow_the_articles(everything: list[ox.Quad], exported: Exported) -> None:
    text = exported(everything, "turtle")
    assert -1 < text.index("# === Article") < text.index("# Finding: ") < text.index("# The vocabulary")
    assert "# Finding: conflict/place: US forces withdraw to Syria" in text or (
        "× US forces withdraw to Syria" in text
    )


def test_a_long_text_keeps_its_paragraphs(seed: list[ox.Quad], exported: Exported) -> None:
    text = exported(seed, "turtle")
    start = text.index('m:text """')
    assert text[start : text.index('"""', start + 12)].count("\n\n") > 5


LITERALS = st.one_of(
    st.text(st.characters(exclude_categories=["Cs"]), max_size=200).map(ox.Literal),
    st.text(st.characters(exclude_categories=["Cs"])).map(lambda text: ox.Literal(text, language="ar")),
    st.integers().map(lambda n: ox.Literal(str(n), datatype=ox.NamedNode(XSD("integer")))),
    st.sampled_from(["1.5", ".5", "1.", "+1.0", "abc"]).map(
        lambda text: ox.Literal(text, datatype=ox.NamedNode(XSD("decimal")))
    ),
    st.sampled_from(["true", "false", "1", "TRUE"]).map(
        lambda text: ox.Literal(text, datatype=ox.NamedNode(XSD("boolean")))
    ),
)
LOCAL = st.text("abcXYZ019_-./~é:,;()'", max_size=8) | st.just("%41")
IRIS = st.builds(
    lambda namespace, local: ox.NamedNode(f"{namespace}{local}"),
    st.sampled_from([*PREFIXES.values(), ID("claim/"), ID("span/1f/"), "urn:x:"]),
    LOCAL,
)


@given(st.lists(st.builds(ox.Triple, IRIS, IRIS, IRIS | LITERALS), max_size=6))
def test_any_triples_are_read_back_as_they_were(triples: list[ox.Triple]) -> None:
    quads = [ox.Quad(t.subject, t.predicate, t.object) for t in triples]
    text = "".join(write_turtle(Descriptions(quads)))
    assert set(ox.parse(text.encode(), format=ox.RdfFormat.TURTLE)) == set(quads)


@given(LITERALS)
def test_a_literal_is_read_as_pyoxigraph_writes_it(literal: ox.Literal) -> None:
    words = read_literal(str(literal))
    assert (words.text, words.language, words.datatype) == (
        literal.value,
        literal.language,
        literal.datatype.value,
    )


def test_terms_are_read_as_they_were_written() -> None:
    triple = ox.Triple(ox.NamedNode("urn:a"), ox.NamedNode("urn:b"), ox.Literal("c d"))
    literal = ox.Literal('a"\n', language="ar")
    assert read_term("<urn:a>") == ox.NamedNode("urn:a")
    assert read_term(str(literal)) == literal
    assert read_term(f"<<( {triple} )>>") == triple
    assert isinstance(read_term("_:b"), ox.BlankNode)


def test_a_triple_term_is_shortened_inside() -> None:
    token = '<<( <https://w3id.org/musnad#a> <https://w3id.org/musnad#b> "c d" )>>'
    assert Notation().term(token) == '<<( m:a m:b "c d" )>>'


def test_what_is_not_a_literal_is_refused() -> None:
    with pytest.raises(ValueError, match="no literal"):
        read_literal("<urn:a>")


def test_blank_nodes_get_lasting_labels() -> None:
    quads = list(load_vocabulary().quads)
    renamed = list(
        ox.parse(
            ox.serialize(quads, format=ox.RdfFormat.N_QUADS) or b"",
            format=ox.RdfFormat.N_QUADS,
            rename_blank_nodes=True,
        )
    )
    one, other = ("".join(write_turtle(Descriptions(given))) for given in (quads, renamed))
    assert one == other
