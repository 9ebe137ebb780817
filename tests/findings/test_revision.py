"""Findings that are kept up to date article by article are those of looking at everything anew."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pyoxigraph as ox
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from findings.case_records import Case, all_cases, build_records
from findings.test_properties import claims
from musnad.findings.derivation import derive_findings
from musnad.findings.revision import revise_findings
from musnad.graph.mapping import map_record
from musnad.graph.naming import article_graph, article_name
from musnad.graph.oxigraph_store import OxigraphStore
from musnad.record import Record
from musnad.terms import ARTICLE_GRAPHS, FINDINGS_GRAPH

CASES = tuple(all_cases())
OUTLETS = ("The Ledger", "Evening Post", "Radio Gao")
ALIGNMENTS = {
    "names": {"left": "blue-helmets", "relation": "same", "right": "un-force"},
    "contingent": {"left": "chadian-contingent", "relation": "partOf", "right": "un-force", "place": "mali"},
    "brigade": {"left": "northern-brigade", "relation": "partOf", "right": "desert-front"},
}
EVENTS: dict[str, dict[str, Any]] = {
    "blast-in-gao": {"type": "event", "kind": "general:Incident", "day": "2025-03-01", "within": ["gao"]},
    "blast-near-gao": {
        "type": "event",
        "kind": "general:Incident",
        "day": "2025-03-02",
        "within": ["gao-region"],
    },
    "blast-at-ansongo": {
        "type": "event",
        "kind": "general:Incident",
        "day": "2025-03-02",
        "within": ["ansongo"],
    },
    "raid-of-gao": {"type": "event", "kind": "general:Incident", "day": "2025-03-03", "within": ["gao"]},
}


@st.composite
def said(draw: st.DrawFn) -> dict[str, Any]:
    if draw(st.integers(0, 2)):
        return draw(claims())
    return {
        "source": draw(st.sampled_from(["Army", "Medics"])),
        "subject": draw(st.sampled_from(sorted(EVENTS))),
        "predicate": "security:killsNumber",
        "quantity": draw(st.sampled_from(["3 person", "5 person", "about 30 person"])),
    }


@st.composite
def articles(draw: st.DrawFn) -> list[Record]:
    """Draw one article, or more where claims or alignments fall on several days."""
    outlet, day = draw(st.sampled_from(OUTLETS)), draw(st.sampled_from(["2025-03-01", "2025-03-02"]))
    told = draw(st.lists(said(), min_size=1, max_size=4))
    names = draw(st.sets(st.sampled_from(sorted(ALIGNMENTS)), max_size=1))
    home = {"outlet": outlet, "day": day}
    case = Case(
        "one",
        "",
        {f"c{number}": claim | home for number, claim in enumerate(told)},
        frozenset(),
        {name: ALIGNMENTS[name] | home for name in sorted(names)},
        EVENTS,
    )
    return build_records(case)


@st.composite
def changed(draw: st.DrawFn, record: Record) -> Record:
    """Change how an article was read, and not its words, so that it takes its own place."""
    statements = tuple(draw(st.permutations(record.statements)))[draw(st.integers(0, 1)) :]
    entities = record.entities
    if draw(st.booleans()):
        entities = tuple(
            replace(entity, labels=replace(entity.labels, en=f"{entity.name} (named)")) for entity in entities
        )
    if draw(st.booleans()):
        # A place of which less is known.
        entities = tuple(
            replace(entity, within=(), level=None) if entity.type == "place" else entity
            for entity in entities
        )
    review = replace(record.review, status="reviewed" if draw(st.booleans()) else "draft")
    return replace(record, statements=statements, entities=entities, review=review)


def graph_of(record: Record) -> str:
    return article_graph(article_name(record))


def check_step(store: OxigraphStore, fresh: dict[str, list[ox.Quad]], dropped: list[str]) -> None:
    revision = revise_findings(store, fresh, dropped)
    store.revise(fresh, dropped, FINDINGS_GRAPH, revision.gone, revision.come)
    held = [q for name in store.graphs() if name.startswith(ARTICLE_GRAPHS) for q in store.quads(name)]
    kept, anew = set(store.quads(FINDINGS_GRAPH)), set(derive_findings(held))
    assert (kept - anew, anew - kept) == (set(), set())
    # What queries see is still the union of the graphs.
    everything = {quad.triple for quad in store.quads()}
    assert {ox.Triple(*row) for row in store.query("SELECT ?s ?p ?o WHERE { ?s ?p ?o }")} == everything  # type: ignore[arg-type]


@settings(
    max_examples=10, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large]
)
@given(data=st.data())
def test_any_sequence_of_changes_gives_what_all_anew_gives(data: st.DataObject) -> None:
    held: dict[str, Record] = {}
    with OxigraphStore() as store:
        for _ in range(data.draw(st.integers(2, 5))):
            step = data.draw(st.sampled_from(["add", "add", "change", "withdraw"]))
            fresh: dict[str, Record] = {}
            dropped: list[str] = []
            if step == "add" or not held:
                fresh = {graph_of(record): record for record in data.draw(articles())}
            else:
                name = data.draw(st.sampled_from(sorted(held)))
                if step == "change":
                    fresh = {name: data.draw(changed(held[name]))}
                else:
                    dropped = [name]
                    del held[name]
            check_step(store, {name: map_record(record) for name, record in fresh.items()}, dropped)
            held |= fresh


def test_articles_of_cases_may_come_one_by_one_and_go_again() -> None:
    for case in (*CASES[::30], *(case for case in CASES if "event-of" in case.name)):
        with OxigraphStore() as store:
            graphs = {graph_of(record): map_record(record) for record in build_records(case)}
            for name, quads in graphs.items():
                check_step(store, {name: quads}, [])
            for name in graphs:
                check_step(store, {}, [name])
            assert store.count() == 0
