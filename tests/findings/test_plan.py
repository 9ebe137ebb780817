"""Part by part and shape by shape gives what every query over everything in one store gives."""

from __future__ import annotations

import pyoxigraph as ox
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from findings.case_records import all_cases, build_records
from findings.finding_rows import map_records
from findings.test_first_article import SEED
from findings.test_revision import articles
from musnad.findings import rules
from musnad.findings.derivation import derive_findings
from musnad.graph.mapping import map_record
from musnad.graph.oxigraph_store import OxigraphStore
from musnad.graph.queries import list_queries
from musnad.graph.vocabulary import load_vocabulary
from musnad.record import Record, load_record
from musnad.terms import M

CASES = tuple(all_cases())


def all_at_once(quads: list[ox.Quad]) -> set[ox.Triple]:
    """Run every query over everything, the plainest way there is; cases stay below the bound of answers."""
    found: set[ox.Triple] = set()
    with OxigraphStore() as store:
        store.extend(quads)
        store.extend(load_vocabulary().quads)
        for stage in ("prepare", "derive", "conclude"):
            for query in list_queries(stage):
                while triples := store.construct(query.text):
                    store.extend(ox.Quad(t.subject, t.predicate, t.object) for t in triples)
                    if stage == "conclude" and "working" not in query.header.tags:
                        found.update(triples)
                    if "repeat" not in query.header.tags:
                        break
    return found


def part_by_part(quads: list[ox.Quad]) -> set[ox.Triple]:
    return {quad.triple for quad in derive_findings(quads) if quad.predicate.value != M("wording")}


def check(quads: list[ox.Quad]) -> None:
    plain, planned = all_at_once(quads), part_by_part(quads)
    assert (plain - planned, planned - plain) == (set(), set())


def test_first_article() -> None:
    check(map_record(load_record(SEED)))


def test_cases_all_together() -> None:
    """Every third case in one collection, so that all of them are parts beside one another."""
    cases = [case for case in CASES[1::3] if len(case.claims) < 20]
    check([quad for case in cases for quad in map_records(build_records(case))])


@settings(
    max_examples=12, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large]
)
@given(told=st.lists(articles(), min_size=1, max_size=5))
def test_random_articles(told: list[list[Record]]) -> None:
    records = {record.text: record for lot in told for record in lot}
    check([quad for record in records.values() for quad in map_record(record)])


@settings(
    max_examples=6, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large]
)
@given(told=st.lists(articles(), min_size=1, max_size=3))
def test_what_was_found_before_does_not_matter(told: list[list[Record]]) -> None:
    """Shapes that are remembered and shapes met for the first time give the same."""
    records = {record.text: record for lot in told for record in lot}
    quads = [quad for record in records.values() for quad in map_record(record)]
    warm = derive_findings(quads)
    rules.the_rules.cache_clear()
    assert derive_findings(quads) == warm == derive_findings(quads)


def test_facts_that_shapes_leave_out_are_asked_for_where_it_is_said() -> None:
    """What shapes take for idle in company is read by these queries only."""
    readers = {
        fact: {
            query.name
            for stage in ("prepare", "derive", "conclude")
            for query in list_queries(stage)
            if f"w:{fact} " in query.text and query.name != "10-positions"
        }
        for fact in ("holders", "claims", "soleHolder", "firstSaid", "lastSaid")
    }
    assert readers == {
        "holders": {"agreement", "agreement-restatement"},
        "claims": {"59-compare-shared"},
        "soleHolder": {"71-stances"},
        "firstSaid": {"71-stances", "74-growth"},
        "lastSaid": {"71-stances", "74-growth"},
    }
