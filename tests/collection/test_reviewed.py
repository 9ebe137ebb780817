"""What was reviewed alone, and the queue of what was not."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

import musnad
from collection.conftest import FIRST, LATER, WHO, draft, reviewed, sides
from musnad.collection import Collection
from musnad.errors import UnknownClaim, UnknownFilter
from musnad.record.carrying import reviewed_part

# --- what was reviewed ----------------------------------------------------------------------------


def test_findings_among_what_was_reviewed_rest_on_nothing_else(kg: Collection) -> None:
    assert kg.findings(reviewed=True) == []
    kg.accept(f"{FIRST}:s3c1", f"{FIRST}:s4c1", **WHO)
    # In all, four sources hold the two sides, and two agreements join them; of those reviewed, one a side.
    assert [sides(one) for one in kg.conflicts() if one.kind == "conflict/value"] == [
        "conflict/value 03-02:s3c1+03-04:s2c1 × 03-02:s4c1+03-04:s4c1 [2, 4]"
    ]
    assert [sides(one) for one in kg.findings(reviewed=True)] == [
        "conflict/value 03-02:s3c1 × 03-02:s4c1 [1, 2]"
    ]
    assert kg.agreements(reviewed=True) == []
    assert len(kg.agreements()) == 2
    assert len(kg.query("conflicts", reviewed=True)) == 1
    assert {row["statement_id"] for row in kg.statements(reviewed=True)} == {"s3", "s4"}
    findings = kg.claim(f"{FIRST}:s3c1", reviewed=True).provenance().findings
    assert [finding.kind for finding in findings] == ["conflict/value"]
    with pytest.raises(UnknownClaim):
        kg.claim(f"{FIRST}:s5c1", reviewed=True)


def test_what_was_reviewed_is_what_its_records_say(kg: Collection) -> None:
    kg.accept(*[one.claim.iri for one in kg.queue(where=["statement!=s2", f"article={FIRST}"])], **WHO)
    kg.add(reviewed("two-days-later"))
    part = reviewed_part(kg.record(FIRST))
    assert part is not None
    with musnad.open() as other:
        other.add(part, kg.record(LATER))
        assert kg.quads(reviewed=True) == other.quads()
        assert kg.findings(reviewed=True) == other.findings()


def test_view_of_what_was_reviewed_follows_decisions(kg: Collection, tmp_path: Path) -> None:
    kg.accept(f"{FIRST}:s3c1", **WHO)
    view = kg.reviewed()
    assert kg.reviewed() is view
    kg.reject(f"{FIRST}:s3c1", **WHO)
    assert len(view.claims()) == 1
    assert kg.claims(reviewed=True) == []
    assert kg.export(tmp_path / "none.ttl", reviewed=True).read_text(encoding="utf-8").count("m:Claim") == 0


# --- the queue ------------------------------------------------------------------------------------


def test_queue_is_sorted_by_doubt_or_weight(kg: Collection) -> None:
    record = draft("first-day")
    sure = {"s3c1": 0.9, "s4c1": 0.4, "s5c1": 0.4}
    statements = tuple(
        replace(
            statement,
            claims=tuple(
                replace(one, extraction_confidence=sure.get(one.id, 1.0)) for one in statement.claims
            ),
        )
        for statement in record.statements
    )
    kg.add(replace(record, statements=statements))
    doubt = kg.queue()
    assert [(one.claim.id, one.confidence) for one in doubt[:3]] == [
        ("s4c1", 0.4),
        ("s5c1", 0.4),
        ("s3c1", 0.9),
    ]
    assert doubt[0].weight > doubt[1].weight
    weights = [one.weight for one in kg.queue(order="weight")]
    assert weights == sorted(weights, reverse=True)
    assert weights[0] > weights[-1]
    kg.accept(doubt[0].claim.iri, **WHO)
    assert len(kg.queue()) == len(doubt) - 1


@pytest.mark.parametrize(
    ("where", "ids"),
    [
        (["source=BASRA governor", f"article={FIRST}"], {"s6c1", "s7c1"}),
        (["finding=conflict"], {"s2c1", "s8c1", "s3c1", "s4c1"}),
        (["finding=agreement", "day<2026-03-03"], {"s3c1", "s4c1"}),
        (["polarity=denied"], {"s6c1"}),
        (["modality!=asserted", "weight>=1", "day<=2026-03-02"], {"s5c1", "s9c1", "s7c1"}),
        (["says=bomb", f"article={LATER}"], {"s4c1"}),
        (["confidence<1"], set()),
        (["source_kind=office", "statement=s2"], {"s2c1"}),
        (["predicate=sec:cause"], set()),
        (["outlet=courier", "confidence=1", "statement=s9"], {"s9c1"}),
    ],
)
def test_queue_is_filtered(kg: Collection, where: list[str], ids: set[str]) -> None:
    assert {one.claim.id for one in kg.queue(where=where)} == ids


@pytest.mark.parametrize(
    "where", ["colour=red", "confidence~1", "confidence>high", "source<x", "article=", ""]
)
def test_condition_that_is_none_is_told(kg: Collection, where: str) -> None:
    with pytest.raises(UnknownFilter):
        kg.queue(where=where)


def test_problems_of_a_claim_are_its_own(kg: Collection) -> None:
    record = draft("first-day")
    kg.add(replace(record, quantities=tuple(replace(one, unit="oddity") for one in record.quantities)))
    assert any("unit" in str(problem) for problem in kg.problems(f"{FIRST}:s2c1"))
    assert kg.problems(f"{FIRST}:s4c1") == []
