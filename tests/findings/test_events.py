"""Events that articles tell of by different names: how they are joined, who says so, and how to part them."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path

import pyoxigraph as ox
import pytest
from rdflib import Graph

import musnad
from findings.case_records import CASES, build_records, read_case
from findings.finding_rows import find_rows, map_records
from musnad.findings.derivation import derive_findings
from musnad.graph.oxigraph_store import OxigraphStore
from musnad.graph.queries import list_queries
from musnad.graph.vocabulary import load_vocabulary
from musnad.record import Record
from musnad.terms import RDFS, SCHEMA, M
from musnad.validation.validator import validate
from musnad.views.findings import write_findings

TOWN_AND_BASE = CASES / "agreement" / "fires.event-of-town-and-base.yaml"
EVENTS = sorted(
    path for path in CASES.rglob("*event*.yaml") if "of-event" in path.read_text(encoding="utf-8")
)
WORKING = ("23-places", "24-events", "25-events-told-alike", "26-event-alignments", "27-links")


def two_articles() -> list[Record]:
    return build_records(read_case(TOWN_AND_BASE))


def alignments(quads: Iterable[ox.Quad]) -> set[str]:
    return {str(quad.subject) for quad in quads if quad.object == ox.NamedNode(M("Alignment"))}


def test_alignment_of_events_is_shown_with_author_and_note() -> None:
    with musnad.open() as news:
        for record in two_articles():
            news.add(record)
        (finding,) = news.findings()
        alignment = next(premise for premise in finding.premises if premise.relation == "m:same")
        assert alignment.author == "musnad"
        assert {alignment.subject.en, alignment.object.en} == {"Airfield event", "Town event"}
        for words in ("Gao airfield, 2024-02-29", "Gao, 2024-03-01", "كما قُرئت"):
            assert words in (alignment.note or "")
        (row,) = news.query("findings-on-alignments").rows
        assert "musnad" in row
        assert alignment.iri in row
        (told,) = json.loads(write_findings([finding], "json", "en"))
        assert "Town event and Airfield event are one thing (alignment by musnad)" in told["premises"]
        assert "Gao airfield lies in Gao" in told["premises"]


def test_alignment_of_events_stands_in_the_graph_of_findings_in_order() -> None:
    articles = map_records(two_articles())
    findings = derive_findings(articles)
    (name,) = alignments(findings)
    assert alignments(articles) == set()
    report = validate([*articles, *findings])
    assert [result for result in report.results if result.severity == "violation"] == []
    assert report.met[M("DerivedAlignmentShape")] == 1
    assert name in {str(quad.object) for quad in findings if quad.predicate.value == M("premise")}


def test_alignment_has_one_name_in_whatever_order_articles_come() -> None:
    records = two_articles()
    assert derive_findings(map_records(records)) == derive_findings(map_records(reversed(records)))


@pytest.mark.parametrize("gone", ["kind", "day", "within"])
def test_event_without_kind_or_day_or_place_is_joined_to_none(gone: str) -> None:
    first, second = two_articles()
    event = next(entity for entity in first.entities if entity.type == "event")
    bare = replace(event, within=()) if gone == "within" else replace(event, **{gone: None})  # type: ignore[arg-type]
    parted = replace(first, entities=tuple(bare if e == event else e for e in first.entities))
    assert find_rows([parted, second]) == set()


def test_events_of_two_kinds_are_two() -> None:
    articles = map_records(two_articles())
    other = ox.NamedNode("https://example.org/Meeting")
    day = next(quad for quad in articles if quad.predicate.value == SCHEMA("startDate"))
    kinds = [quad for quad in articles if quad.subject == day.subject and "general#" in str(quad.object)]
    assert kinds
    changed = [
        ox.Quad(quad.subject, quad.predicate, other, quad.graph_name) if quad in kinds else quad
        for quad in articles
    ]
    changed.append(ox.Quad(other, ox.NamedNode(RDFS("subClassOf")), ox.NamedNode(M("Event")), day.graph_name))
    assert alignments(derive_findings(articles)) != set()
    assert alignments(derive_findings(changed)) == set()


@pytest.mark.parametrize("path", EVENTS, ids=lambda path: path.stem)
def test_rdflib_joins_the_same_events(path: Path) -> None:
    known = {quad.triple for quad in (*map_records(build_records(read_case(path))), *load_vocabulary().quads)}
    for query in (query for query in list_queries("prepare") if query.name in WORKING):
        with OxigraphStore() as store:
            store.extend(ox.Quad(triple.subject, triple.predicate, triple.object) for triple in known)
            triples = store.construct(query.text)
        parsed = Graph().parse(data="\n".join(f"{triple} ." for triple in known), format="nt")
        constructed = parsed.query(query.text).graph
        expected = Graph().parse(data="\n".join(f"{triple} ." for triple in triples), format="nt")
        assert constructed is not None
        assert set(constructed) == set(expected)
        known.update(triples)
