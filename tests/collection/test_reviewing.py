"""Reviewing drafts: decisions, their history, and the findings that follow from what was reviewed."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

import musnad
from collection.conftest import FIRST, LATER, WHO, draft, reviewed, sides
from conftest import Golden
from musnad.collection import Collection
from musnad.errors import (
    AmbiguousClaim,
    DecisionInUse,
    InvalidRecord,
    ReviewedReading,
    UnfitOption,
    UnknownArticle,
    UnknownChange,
    UnknownClaim,
    UnknownDecision,
    UnknownReviewer,
    UnreadableRecord,
)
from musnad.graph.naming import article_graph
from musnad.graph.store import dump_nquads
from musnad.record import Record, Review
from musnad.record.revising import change_between, find_claim, mark_claim, remove_claim
from musnad.terms import ID, PAST_GRAPHS, REVIEW_GRAPHS, M
from musnad.validation import validate_store


def shown(kg: Collection) -> str:
    """Write all that a reviewer can see change: findings, what was reviewed, readings and decisions."""
    parts = {
        "all findings": [sides(finding) for finding in kg.findings()],
        "findings among what was reviewed": [sides(finding) for finding in kg.findings(reviewed=True)],
        "queue": [
            f"{one.claim.article_id[-5:]}:{one.claim.id} {one.weight}" for one in kg.queue(order="weight")
        ],
        "claims reviewed": [
            f"{claim.article_id[-5:]}:{claim.id} {claim.polarity}" for claim in kg.claims(reviewed=True)
        ],
    }
    text = "".join(f"{head}:\n" + "".join(f"  {line}\n" for line in lines) for head, lines in parts.items())
    for query in ("readings", "decisions"):
        text += f"{query}:\n" + kg.query(query).to_csv().replace(ID, "id:")
    return text + "counts:\n" + json.dumps(kg.info()) + "\n" + json.dumps(kg.info(reviewed=True)) + "\n"


def test_a_sitting_shows_the_same_on_every_store(empty: Collection, golden: Golden) -> None:
    empty.add(draft("first-day"), draft("two-days-later"))
    empty.accept(f"{FIRST}:s3c1", f"{FIRST}:s4c1", f"{LATER}:s2c1", **WHO, note="as printed")
    empty.reject(f"{FIRST}:s2c1", **WHO)
    empty.edit(f"{LATER}:s4c1", {"claim": {"polarity": "denied"}}, by="Rana", at="2026-11-28T10:00:00+03:00")
    empty.undo(empty.decisions()[1].iri, by="Rana", at="2026-11-29")
    golden("sitting.txt", shown(empty))
    empty.add(reviewed("first-day"))
    golden("sitting-and-reviewed-record.txt", shown(empty))
    assert validate_store(empty.store).conforms


# --- one decision ---------------------------------------------------------------------------------


def test_accepted_claim_is_reviewed_and_findings_stay(kg: Collection) -> None:
    before = kg.findings()
    (decision,) = kg.accept(f"{FIRST}:s3c1", **WHO, note="as printed")
    claim = kg.claim(f"{FIRST}:s3c1").claim
    assert (claim.status, claim.iri) == ("reviewed", decision.claim)
    assert [sides(one) for one in kg.findings()] == [sides(one) for one in before]
    _, found = find_claim(kg.record(FIRST), "s3c1")
    assert found.review == Review("reviewed", "Amal Saleh", "2026-11-28")
    assert kg.record(FIRST).review.status == "draft"
    assert kg.decisions() == [decision]
    assert kg.info()["reviewed"] == 1


def test_decision_is_an_activity_in_a_graph_of_its_own(kg: Collection) -> None:
    (decision,) = kg.accept(
        f"{FIRST}:s3c1", by="Amal Saleh", at="2026-11-28T01:30:00+03:00", note="as printed"
    )
    graphs = [name for name in kg.store.graphs() if name.startswith(REVIEW_GRAPHS)]
    assert graphs == [decision.graph]
    assert sorted(kg.store.quads(decision.graph), key=str) == decision.quads()
    rows = list(
        kg.sparql(
            f"PREFIX m: <{M}> PREFIX prov: <http://www.w3.org/ns/prov#> "
            "SELECT ?claim ?who (STR(?moment) AS ?when) ?verdict "
            "{ ?d a m:Decision, prov:Activity ; m:decides ?claim ; m:verdict ?verdict ; "
            "prov:endedAtTime ?moment ; "
            "prov:wasAssociatedWith/<http://www.w3.org/2000/01/rdf-schema#label> ?who }"
        )
    )
    assert rows == [
        {
            "claim": decision.claim,
            "who": "Amal Saleh",
            "when": "2026-11-27T22:30:00Z",
            "verdict": M("accepted"),
        }
    ]
    assert decision.day == "2026-11-28"


def test_rejected_claim_leaves_findings_at_once_and_stays_in_the_draft(kg: Collection) -> None:
    text = dump_nquads(kg.store, article_graph(kg.claim(f"{FIRST}:s8c1").claim.article))
    kg.reject(f"{FIRST}:s8c1", **WHO)
    assert not [one for one in kg.findings() if "s8c1" in sides(one)]
    assert [one.kind for one in kg.findings("conflict/quantity")] == []
    with pytest.raises(UnknownClaim):
        kg.claim(f"{FIRST}:s8c1")
    (kept,) = [name for name in kg.store.graphs() if name.startswith(PAST_GRAPHS)]
    old = dump_nquads(kg.store, kept)
    assert old.replace(kept, "") == text.replace(article_graph(kg.claims()[0].article), "")
    assert kg.record(FIRST, "1") == draft("first-day")
    # The draft can be asked for by the name of its graph, and is no part of what queries see.
    asked = f"SELECT ?c {{ GRAPH <{kept}> {{ ?c a <{M('Claim')}> }} }}"
    assert len(kg.sparql(asked)) == 11
    assert len(kg.sparql(f"SELECT ?c {{ ?c a <{M('Claim')}> }}")) == 16


def test_edited_claim_has_a_new_name_and_other_claims_keep_theirs(kg: Collection) -> None:
    others = {claim.iri for claim in kg.claims() if (claim.article_id, claim.id) != (FIRST, "s2c1")}
    # Two claims rest on statement s2, and only one of them is given another source.
    before = kg.editable(f"{FIRST}:s2c1")
    after = json.loads(json.dumps(before))
    after["statement"]["source"] |= {"canonical": "the fire brigade", "kind": "organisation"}
    decision = kg.edit(f"{FIRST}:s2c1", change_between(before, after), **WHO)
    claim = kg.claim(f"{FIRST}:s2c1").claim
    assert (claim.iri, claim.source_name.en) == (decision.outcome, "the fire brigade")
    assert claim.iri != decision.claim
    assert {one.iri for one in kg.claims()} == {*others, claim.iri}
    assert kg.sparql(
        f"SELECT ?old {{ <{claim.iri}> <http://www.w3.org/ns/prov#wasRevisionOf> ?old }}"
    ).rows == ((decision.claim,),)


def test_number_edited_through_one_claim_changes_its_finding(kg: Collection) -> None:
    assert any("03-02:s2c1 × 03-02:s8c1" in sides(one) for one in kg.findings("conflict/quantity"))
    kg.edit(f"{FIRST}:s2c1", {"quantity": {"value": 6, "lower": 6, "upper": 6}}, **WHO)
    assert kg.findings("conflict/quantity") == []


def test_span_is_found_again_by_its_words(kg: Collection) -> None:
    claim = kg.claim(f"{FIRST}:s4c1").claim
    kg.edit(f"{FIRST}:s4c1", {"claim": {"evidence": {"text": "a parcel bomb"}}}, **WHO)
    edited = kg.claim(f"{FIRST}:s4c1").claim
    assert (edited.quote, edited.iri) == ("a parcel bomb", claim.iri)
    article = kg.record(FIRST).text
    assert article[edited.start : edited.end] == "a parcel bomb"
    # What was edited so and then accepted keeps its new words.
    kg.accept(f"{FIRST}:s4c1", **WHO)
    assert kg.claim(f"{FIRST}:s4c1").claim.quote == "a parcel bomb"


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"claim": {"evidence": {"text": "nobody wrote this"}}}, "do not stand in"),
        ({"claim": {"proposition": {"predicate": "security:vanishes"}}}, "no domain declares"),
        ({"claim": {"proposition": {"subject": "nobody"}}}, "nobody"),
        ({"claim": {"colour": "red"}}, "is not a key here"),
        ({"claim": {"polarity": "perhaps"}}, "affirmed, denied"),
    ],
)
def test_edit_that_breaks_the_record_changes_nothing(
    kg: Collection, change: dict[str, object], words: str
) -> None:
    before = dump_nquads(kg.store)
    with pytest.raises(InvalidRecord) as caught:
        kg.edit(f"{FIRST}:s4c1", change, **WHO)
    assert words in str(caught.value)
    assert dump_nquads(kg.store) == before


@pytest.mark.parametrize(
    "change", [{}, {"colour": {}}, {"claim": "denied"}, {"claim": {"polarity": "affirmed"}}]
)
def test_what_is_no_change_is_told(kg: Collection, change: dict[str, object]) -> None:
    with pytest.raises(UnknownChange):
        kg.edit(f"{FIRST}:s4c1", change, **WHO)


def test_decisions_are_taken_together_or_not_at_all(kg: Collection) -> None:
    before = dump_nquads(kg.store)
    with pytest.raises(UnknownClaim):
        kg.accept(f"{FIRST}:s3c1", "nobody said this", **WHO)
    with pytest.raises(AmbiguousClaim):
        kg.accept(f"{FIRST}:s3c1", "s1c1", **WHO)
    assert dump_nquads(kg.store) == before
    assert len(kg.accept(f"{FIRST}:s3c1", f"{FIRST}:s3c1", f"{LATER}:s2c1", **WHO)) == 2


@pytest.mark.parametrize(
    "who", [{"by": " ", "at": "2026-11-28"}, {"by": "Amal", "at": "yesterday"}, {"by": "A", "at": ""}]
)
def test_nobody_decides_without_name_and_day(kg: Collection, who: dict[str, str]) -> None:
    with pytest.raises(UnknownReviewer):
        kg.accept(f"{FIRST}:s3c1", **who)
    assert kg.decisions() == []


# --- undoing --------------------------------------------------------------------------------------


def test_undoing_everything_gives_the_drafts_back_and_loses_no_decision(kg: Collection) -> None:
    before = kg.quads(vocabulary=True)
    kg.accept(f"{FIRST}:s3c1", **WHO)
    rejected = kg.reject(f"{FIRST}:s4c1", **WHO)[0]
    edited = kg.edit(f"{FIRST}:s2c1", {"claim": {"modality": "possible"}}, **WHO)
    kg.undo(edited.outcome or "", **WHO)
    kg.undo(rejected.claim, **WHO)
    kg.undo(f"{FIRST}:s3c1", **WHO)
    assert kg.quads(vocabulary=True) == before
    assert [one.verdict for one in kg.decisions()] == ["accept", "reject", "edit", "undo", "undo", "undo"]
    with pytest.raises(UnknownDecision):
        kg.undo(f"{FIRST}:s3c1", **WHO)
    with pytest.raises(UnknownDecision):
        kg.undo(edited.iri, **WHO)


def test_undo_of_an_undo_brings_the_decision_back_any_number_of_times(kg: Collection) -> None:
    (rejected,) = kg.reject(f"{FIRST}:s4c1", **WHO)
    without = kg.quads()
    undone = kg.undo(rejected.iri, **WHO)
    redone = kg.undo(undone.iri, **WHO)
    assert kg.quads() == without
    again = kg.undo(redone.iri, **WHO)
    assert again.revokes == rejected.iri
    assert kg.claim(f"{FIRST}:s4c1").claim.iri == rejected.claim


def test_what_a_later_decision_rests_on_is_not_undone(kg: Collection) -> None:
    first = kg.edit(f"{FIRST}:s4c1", {"claim": {"polarity": "denied"}}, **WHO)
    second = kg.edit(f"{FIRST}:s4c1", {"claim": {"modality": "possible"}}, **WHO)
    with pytest.raises(DecisionInUse) as caught:
        kg.undo(first.iri, **WHO)
    assert second.iri in caught.value.remedy
    kg.undo(f"{FIRST}:s4c1", **WHO)
    assert kg.claim(f"{FIRST}:s4c1").claim.iri == first.outcome


def test_rejected_claim_can_be_accepted_after_all(kg: Collection) -> None:
    (rejected,) = kg.reject(f"{FIRST}:s4c1", **WHO)
    kg.accept(rejected.claim, **WHO)
    claim = kg.claim(f"{FIRST}:s4c1").claim
    assert (claim.iri, claim.status) == (rejected.claim, "reviewed")


# --- readings -------------------------------------------------------------------------------------


def test_reviewed_record_takes_the_place_of_a_draft_and_its_decisions(kg: Collection) -> None:
    (accepted,) = kg.accept(f"{FIRST}:s3c1", **WHO)
    kg.reject(f"{FIRST}:s2c1", **WHO)
    kg.add(reviewed("first-day"))
    assert kg.record(FIRST) == reviewed("first-day")
    assert kg.record(FIRST, "1") == draft("first-day")
    rows = list(kg.query("readings", article=FIRST))
    assert [(row["ordinal"], row["review"], row["current"]) for row in rows] == [
        (1, "draft", False),
        (4, "reviewed", True),
    ]
    with pytest.raises(DecisionInUse, match="M521"):
        kg.undo(accepted.iri, **WHO)
    with pytest.raises(ReviewedReading):
        kg.add(draft("first-day"))
    # A reviewed reading can be decided about as well.
    kg.reject(f"{FIRST}:s3c1", **WHO)
    kg.undo(kg.decisions()[-1].iri, **WHO)
    assert kg.record(FIRST) == reviewed("first-day")


def test_new_draft_without_decisions_leaves_no_trace_of_the_old(kg: Collection) -> None:
    kg.add(draft("first-day", by="musnad 1"))
    assert kg.info()["kept_readings"] == 0


def test_reading_again_keeps_decisions(kg: Collection) -> None:
    kg.accept(f"{FIRST}:s3c1", **WHO)
    kg.reject(f"{FIRST}:s8c1", **WHO)
    edited = kg.edit(f"{FIRST}:s4c1", {"claim": {"polarity": "denied"}}, **WHO)
    claims = {claim.iri: claim for claim in kg.claims()}
    # The new draft lacks what was accepted and calls its things by other ids; it repeats what was rejected.
    new = remove_claim(draft("first-day", by="musnad 1"), "s3c1")
    ids = {entity.id: f"x-{entity.id}" for entity in new.entities}
    text = json.dumps(json.loads(musnad_json(new)), ensure_ascii=False)
    for old, fresh in ids.items():
        text = text.replace(f'"{old}"', f'"{fresh}"')
    again = record_of(text)
    assert again != new
    kg.add(again)
    now = {claim.iri: claim for claim in kg.claims() if claim.article_id == FIRST}
    assert now.keys() == {iri for iri, claim in claims.items() if claim.article_id == FIRST}
    assert {iri for iri, claim in now.items() if claim.status == "reviewed"} == {
        edited.outcome,
        next(iri for iri, claim in claims.items() if (claim.article_id, claim.id) == (FIRST, "s3c1")),
    }
    for iri, claim in now.items():
        assert (claim.quote, claim.polarity, claim.source) == (
            claims[iri].quote,
            claims[iri].polarity,
            claims[iri].source,
        )
    # All of it can be taken back, over both readings.
    for decision in reversed(kg.decisions()):
        kg.undo(decision.iri, **WHO)
    assert kg.record(FIRST) == again


def test_marks_of_review_in_a_file_survive_reading_again(kg: Collection) -> None:
    kg.accept(f"{FIRST}:s3c1", f"{FIRST}:s4c1", **WHO)
    with musnad.open() as other:
        other.add(kg.record(FIRST))
        assert other.decisions() == []
        # The machine reads one of the two no more, and knows nothing of the marks.
        other.add(remove_claim(draft("first-day", by="musnad 1"), "s4c1"))
        assert [claim.id for claim in other.claims(reviewed=True)] == ["s3c1", "s4c1"]
        assert other.info()["claims"] == 11
        assert other.record(FIRST, "1") == kg.record(FIRST)
        # What a person marks in a newer file is what counts of that claim.
        newer = mark_claim(other.record(FIRST), "s3c1", Review("reviewed", "Rana", "2026-12-01"))
        other.add(newer)
        assert find_claim(other.record(FIRST), "s3c1")[1].review == Review("reviewed", "Rana", "2026-12-01")


def test_the_record_of_a_reviewed_draft_goes_out_and_in_again(kg: Collection) -> None:
    kg.accept(f"{FIRST}:s3c1", **WHO)
    kg.reject(f"{FIRST}:s8c1", **WHO)
    before = dump_nquads(kg.store)
    kg.add(kg.record(FIRST))
    assert dump_nquads(kg.store) == before
    with musnad.open() as other:
        other.add(record_of(musnad_json(kg.record(FIRST))), kg.record(LATER))
        assert other.quads() == kg.quads()


def test_order_of_building_and_deciding_gives_the_same_bytes(kg: Collection, tmp_path: Path) -> None:
    with musnad.open(tmp_path / "news.musnad") as other:
        other.add(draft("two-days-later"))
        other.add(draft("first-day"))
        for one in (kg, other):
            one.accept(f"{FIRST}:s3c1", f"{LATER}:s2c1", **WHO)
        assert dump_nquads(other.store) == dump_nquads(kg.store)


def test_articles_and_readings_that_are_not_there_are_told(kg: Collection) -> None:
    for article, reading in (("nowhere", None), (FIRST, "1")):
        with pytest.raises(UnknownArticle):
            kg.record(article, reading)


# --- taking out -----------------------------------------------------------------------------------


def test_history_goes_out_where_graphs_have_names(kg: Collection, tmp_path: Path) -> None:
    from musnad.graph.exports import export_file

    kg.reject(f"{FIRST}:s3c1", **WHO)
    path = export_file(kg.quads(history=True), tmp_path / "all.nq")
    assert PAST_GRAPHS in path.read_text(encoding="utf-8")
    with pytest.raises(UnfitOption):
        export_file(kg.quads(history=True), tmp_path / "all.ttl")
    with musnad.open() as other, pytest.raises(UnreadableRecord, match="history"):
        other.add(path)
    with musnad.open() as other:
        other.add(export_file(kg.quads(), tmp_path / "now.trig"))
        assert other.quads() == kg.quads()


def musnad_json(record: Record) -> str:
    from musnad.record import dump_record

    return dump_record(record)


def record_of(text: str) -> Record:
    from musnad.record import parse_record

    return parse_record(text)
