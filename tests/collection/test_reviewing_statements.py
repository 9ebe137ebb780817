"""Statements without claims are reviewed one by one: accepted, rejected, carried over, undone."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from musnad.collection import Collection, open_collection
from musnad.collection.verifying import verify_store
from musnad.errors import UnknownClaim
from musnad.record import dump_record, parse_record

SEED = Path(__file__).resolve().parents[2] / "seeds" / "shafaq-2025-10-11"
BY = {"by": "Amal Saleh", "at": "2026-11-28"}


@pytest.fixture
def kg() -> Collection:
    """Give the machine's reading of the first article: some statements have no claims."""
    kg = open_collection()
    kg.read(SEED / "article.txt", outlet="Shafaq News", date="2025-10-11")
    return kg


def test_queue_has_the_statements_without_claims_and_no_others(kg: Collection) -> None:
    bare = {row["statement"] for row in kg.statements() if row["claims"] == 0}
    waiting = kg.queued_statements()
    assert {one.iri for one in waiting} == bare
    assert len(bare) >= 2
    text = (SEED / "article.txt").read_bytes().decode("utf-8-sig")
    assert all(text[one.start : one.end] == one.content for one in waiting)


def test_accepted_statement_is_reviewed_and_the_rest_is_not(kg: Collection) -> None:
    one, *others = kg.queued_statements()
    (decision,) = kg.accept(one.iri, **BY, note="he did say so")
    assert (decision.claim, decision.article) == (one.iri, one.article)
    assert [other.iri for other in kg.queued_statements()] == [other.iri for other in others]
    assert [row["statement"] for row in kg.statements(reviewed=True)] == [one.iri]
    assert not kg.claims(reviewed=True)
    said = next(said for said in kg.record(one.article).statements if said.id == one.id)
    assert said.review is not None
    assert (said.review.status, said.review.by) == ("reviewed", "Amal Saleh")
    assert kg.sparql(
        f"SELECT ?g {{ GRAPH ?g {{ <{decision.iri}> a <https://w3id.org/musnad#Decision> }} }}"
    ).rows == ((decision.graph,),)


def test_rejected_statement_leaves_the_reading_and_stays_in_the_draft(kg: Collection) -> None:
    one = kg.queued_statements()[0]
    before = len(list(kg.statements()))
    kg.reject(one.name, **BY)
    assert one.iri not in {row["statement"] for row in kg.statements()}
    assert len(list(kg.statements())) == before - 1
    assert one.id in {said.id for said in kg.record(one.article, "1").statements}
    kg.accept(one.iri, **BY)
    assert one.iri in {row["statement"] for row in kg.statements(reviewed=True)}


@pytest.mark.parametrize("verdict", ["accept", "reject"])
def test_undo_brings_the_statement_back_to_the_triple(kg: Collection, verdict: str) -> None:
    one = kg.queued_statements()[0]
    before = dump_record(kg.record(one.article))
    (decision,) = getattr(kg, verdict)(one.iri, **BY)
    assert dump_record(kg.record(one.article)) != before
    kg.undo(decision.iri, **BY)
    assert dump_record(kg.record(one.article)) == before
    assert one in kg.queued_statements()


def test_decisions_are_carried_over_to_another_reading(kg: Collection) -> None:
    one, two = kg.queued_statements()[:2]
    kg.accept(one.iri, **BY)
    kg.reject(two.iri, **BY)
    draft = kg.record(one.article, "1")
    # The next reading lacks what was accepted, and has what was rejected.
    kg.add(replace(draft, statements=tuple(said for said in draft.statements if said.id != one.id)))
    names = {row["statement"] for row in kg.statements()}
    assert one.iri in names
    assert two.iri not in names
    assert one.iri in {row["statement"] for row in kg.statements(reviewed=True)}


def test_statement_that_was_accepted_keeps_claims_that_a_later_reading_finds(kg: Collection) -> None:
    draft = kg.record(kg.claims()[0].article)
    home = next(said for said in draft.statements if said.claims)
    kg.add(
        replace(
            draft,
            statements=tuple(replace(said, claims=()) if said is home else said for said in draft.statements),
        )
    )
    one = next(one for one in kg.queued_statements() if one.id == home.id)
    kg.accept(one.iri, **BY)
    kg.add(draft)
    said = next(said for said in kg.record(one.article).statements if said.id == home.id)
    assert [claim.id for claim in said.claims] == [claim.id for claim in home.claims]
    assert said.review is not None
    assert {claim.status for claim in kg.claims()} == {"draft"}


def test_record_with_a_reviewed_statement_is_read_back(kg: Collection) -> None:
    one = kg.queued_statements()[0]
    kg.accept(one.iri, **BY)
    text = dump_record(kg.record(one.article))
    assert dump_record(parse_record(text)) == text
    with open_collection() as other:
        other.add(parse_record(text))
        assert dump_record(other.record(one.article)) == text


def test_statement_with_claims_is_decided_about_by_its_claims(kg: Collection) -> None:
    with_claims = next(row["statement"] for row in kg.statements() if row["claims"])
    with pytest.raises(UnknownClaim):
        kg.accept(with_claims, **BY)


def test_store_is_verified_with_such_decisions(kg: Collection) -> None:
    one, two = kg.queued_statements()[:2]
    kg.accept(one.iri, **BY)
    kg.reject(two.iri, **BY)
    assert [part for part in verify_store(kg.store) if part.differences] == []
