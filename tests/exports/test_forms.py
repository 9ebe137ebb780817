"""What holds of every form of export: its bytes, what it never asserts, and what it refuses."""

from __future__ import annotations

import random
from io import BytesIO, StringIO
from pathlib import Path

import pyoxigraph as ox
import pytest

from musnad.errors import OrphanedSpan, UnfitOption, UnknownForm
from musnad.graph.exports import FORMS, export, export_file
from musnad.graph.vocabulary import load_vocabulary
from musnad.terms import OA, compact

from .conftest import INJECTION, Exported

PARSERS = {
    "turtle": ox.RdfFormat.TURTLE,
    "trig": ox.RdfFormat.TRIG,
    "nquads": ox.RdfFormat.N_QUADS,
    "jsonld": ox.RdfFormat.JSON_LD,
    "prov": ox.RdfFormat.TURTLE,
    "rdf12": ox.RdfFormat.TURTLE,
    "nanopub": ox.RdfFormat.TRIG,
}


def parse(text: str, form: str) -> set[ox.Quad]:
    return set(ox.parse(text.encode(), format=PARSERS[form]))


def test_every_form_is_tested() -> None:
    assert list(PARSERS) == list(FORMS)


@pytest.mark.parametrize("form", FORMS)
def test_export_gives_the_same_bytes_in_whatever_order_quads_come(
    form: str, everything: list[ox.Quad], exported: Exported
) -> None:
    shuffled = [*everything, *everything[:50]]
    random.Random(7).shuffle(shuffled)
    assert exported(shuffled, form) == exported(everything, form)


@pytest.mark.parametrize("form", FORMS)
def test_export_never_asserts_what_a_source_says(
    form: str, everything: list[ox.Quad], exported: Exported
) -> None:
    predicates = set(load_vocabulary().aspects)
    quads = parse(exported(everything, form), form)
    assert len(quads) > 500
    assert [quad for quad in quads if quad.predicate.value in predicates] == []


@pytest.mark.parametrize("form", FORMS)
def test_export_lets_no_text_become_a_statement(
    form: str, everything: list[ox.Quad], exported: Exported
) -> None:
    text = exported(everything, form)
    assert "evil" in text
    assert [quad for quad in parse(text, form) if "evil" in f"{quad.subject} {quad.predicate}"] == []


@pytest.mark.parametrize("form", ["turtle", "trig", "prov", "rdf12", "nanopub"])
def test_comments_hold_no_character_that_could_mislead(
    form: str, everything: list[ox.Quad], exported: Exported
) -> None:
    comments = [line for line in exported(everything, form).split("\n") if line.startswith("#")]
    assert any("evil" in line for line in comments) or form == "nanopub"
    assert not set("\r\u202e\u2028\x07") & set("".join(comments))


@pytest.mark.parametrize("form", ["trig", "nquads", "jsonld"])
def test_export_of_graphs_gives_back_the_same_quads(
    form: str, everything: list[ox.Quad], exported: Exported
) -> None:
    expected = ox.Dataset(everything)
    found = ox.Dataset(parse(exported(everything, form), form))
    for dataset in (expected, found):
        dataset.canonicalize(ox.CanonicalizationAlgorithm.RDFC_1_0)
    assert found == expected


@pytest.mark.parametrize("form", FORMS)
def test_export_refuses_a_span_that_is_not_in_the_text(form: str, seed: list[ox.Quad]) -> None:
    exact = next(quad for quad in seed if quad.predicate.value == OA("exact"))
    moved = ox.Quad(exact.subject, exact.predicate, ox.Literal("other words"), exact.graph_name)
    stream = StringIO()
    with pytest.raises(OrphanedSpan) as caught:
        export([moved if quad == exact else quad for quad in seed], form, stream)
    assert caught.value.where in compact(str(exact.subject)[1:-1])
    assert "other words" in str(caught.value)
    assert stream.getvalue() == ""


def test_export_refuses_spans_without_their_article(seed: list[ox.Quad]) -> None:
    spans = [quad for quad in seed if "/id/article/" not in str(quad.subject)]
    with pytest.raises(OrphanedSpan, match="text of its article"):
        export(spans, "turtle", StringIO())


def test_export_counts_code_points(seed: list[ox.Quad], exported: Exported) -> None:
    graph, span = ox.NamedNode("urn:g"), "https://w3id.org/musnad/id/span/1"
    text = "\U0001f54c\u0301 قال"
    lines = f"""
        @prefix oa: <{OA}> . @prefix m: <https://w3id.org/musnad#> .
        <urn:a> m:text "{text}" .
        <{span}> a oa:SpecificResource ; oa:hasSource <urn:a> .
        <{span}/position> oa:start 3 ; oa:end 6 . <{span}/quote> oa:exact "قال" .
    """
    triples = [quad.triple for quad in ox.parse(lines, format=ox.RdfFormat.TURTLE)]
    assert "قال" in exported([ox.Quad(t.subject, t.predicate, t.object, graph) for t in triples], "turtle")


def test_export_refuses_an_unknown_form(seed: list[ox.Quad]) -> None:
    with pytest.raises(UnknownForm, match="no form 'rdfxml'"):
        export(seed, "rdfxml", BytesIO())


def test_export_refuses_a_licence_that_goes_nowhere(seed: list[ox.Quad]) -> None:
    with pytest.raises(UnfitOption, match="turtle takes no licence"):
        export(seed, "turtle", BytesIO(), licence="https://creativecommons.org/licenses/by/4.0/")


def test_export_writes_the_same_to_text_and_binary_streams(seed: list[ox.Quad]) -> None:
    text, binary = StringIO(newline=""), BytesIO()
    export(seed, "turtle", text)
    export(seed, "turtle", binary)
    assert text.getvalue().encode() == binary.getvalue()


@pytest.mark.parametrize("form", FORMS)
def test_export_of_nothing_is_a_document_that_parses(form: str, exported: Exported) -> None:
    assert parse(exported([], form), form) == set()


@pytest.mark.parametrize(("form", "extension"), [(name, form.extension) for name, form in FORMS.items()])
def test_export_file_tells_the_form_by_the_ending(
    form: str, extension: str, seed: list[ox.Quad], tmp_path: Path, exported: Exported
) -> None:
    path = export_file(seed, tmp_path / f"out{extension}")
    assert path.read_bytes().decode() == exported(seed, form)
    assert list(tmp_path.iterdir()) == [path]


def test_export_file_keeps_what_was_there_when_it_fails(seed: list[ox.Quad], tmp_path: Path) -> None:
    path = tmp_path / "out.ttl"
    path.write_text("before", encoding="utf-8")
    with pytest.raises(OrphanedSpan):
        export_file([quad for quad in seed if "/id/article/" not in str(quad.subject)], path)
    assert path.read_text(encoding="utf-8") == "before"
    assert list(tmp_path.iterdir()) == [path]


def test_export_file_refuses_an_ending_that_says_nothing(seed: list[ox.Quad], tmp_path: Path) -> None:
    with pytest.raises(UnknownForm, match=r"out\.xml"):
        export_file(seed, tmp_path / "out.xml")


def test_injection_reaches_the_export(everything: list[ox.Quad]) -> None:
    assert any(quad.object == ox.Literal(INJECTION) for quad in everything)
