"""Corrections and retractions: out of the findings at once, in history for good, and what stood on a day."""

from __future__ import annotations

import pytest

from collection.conftest import FIRST, LATER, WHO, draft, reviewed, sides
from musnad.collection import Collection
from musnad.errors import InvalidParameter, UnknownClaim
from musnad.record.revising import remove_claim

NOTICE = {"by": "Amal Saleh", "at": "2026-03-10", "note": "https://example.org/correction"}


def test_correction_takes_a_claim_out_of_findings_at_once(kg: Collection) -> None:
    assert any("03-02:s8c1" in sides(one) for one in kg.findings())
    (decision,) = kg.withdraw(f"{FIRST}:s8c1", **NOTICE)
    assert not any("03-02:s8c1" in sides(one) for one in kg.findings())
    assert [(one.verdict, one.note) for one in kg.decisions()] == [("withdraw", NOTICE["note"])]
    assert kg.record(FIRST, "1") == draft("first-day")
    kg.undo(decision.claim, **WHO)
    assert any("03-02:s8c1" in sides(one) for one in kg.findings())


def test_retraction_takes_all_claims_of_an_article_and_keeps_its_statements(kg: Collection) -> None:
    before = [sides(one) for one in kg.findings()]
    kg.withdraw(LATER, f"{FIRST}:s8c1", **NOTICE)
    assert {claim.article_id for claim in kg.claims()} == {FIRST}
    assert not any("03-04" in sides(one) or "s8c1" in sides(one) for one in kg.findings())
    assert {row["article_id"] for row in kg.statements()} == {FIRST, LATER}
    assert [one.claim == one.article for one in kg.decisions()].count(True) == 1
    kg.undo(LATER, **WHO)
    kg.undo(next(one.iri for one in kg.decisions() if one.claim != one.article), **WHO)
    assert [sides(one) for one in kg.findings()] == before


@pytest.mark.parametrize("whole", [True, False])
def test_what_was_withdrawn_stays_so_whoever_reads_the_article_anew(kg: Collection, whole: bool) -> None:
    kg.withdraw(FIRST if whole else f"{FIRST}:s8c1", **NOTICE)
    for again in (remove_claim(draft("first-day", by="musnad 1"), "s9c1"), reviewed("first-day")):
        kg.add(again)
        left = {claim.id for claim in kg.claims() if claim.article_id == FIRST}
        assert "s8c1" not in left
        assert bool(left) is not whole
    kg.undo(FIRST if whole else kg.decisions()[0].iri, **WHO)
    assert kg.record(FIRST) == reviewed("first-day")


def test_as_of_a_day_shows_what_had_been_published_and_not_withdrawn(kg: Collection) -> None:
    everything = [sides(one) for one in kg.findings()]
    kg.withdraw(f"{FIRST}:s8c1", **NOTICE)
    kg.withdraw(LATER, **(NOTICE | {"at": "2026-03-12"}))
    assert [sides(one) for one in kg.as_of("2026-03-01").findings()] == []
    on_the_second = [sides(one) for one in kg.as_of("2026-03-02").findings()]
    assert {one.rpartition(" [")[0] for one in on_the_second} >= {
        "conflict/quantity 03-02:s2c1 × 03-02:s8c1",
        "conflict/value 03-02:s3c1 × 03-02:s4c1",
    }
    assert not any("03-04" in one for one in on_the_second)
    assert [sides(one) for one in kg.as_of("2026-03-09").findings()] == everything
    after = [sides(one) for one in kg.as_of("2026-03-10").findings()]
    assert not any("s8c1" in one for one in after)
    assert any("03-04" in one for one in after)
    assert [sides(one) for one in kg.as_of("2026-03-12").findings()] == [sides(one) for one in kg.findings()]
    assert kg.as_of("2026-03-02").info()["articles"] == 1


def test_as_of_goes_with_reviewed(kg: Collection) -> None:
    kg.accept(f"{FIRST}:s3c1", f"{FIRST}:s4c1", f"{LATER}:s4c1", **WHO)
    kg.withdraw(f"{FIRST}:s4c1", **NOTICE)
    then = kg.as_of("2026-03-04")
    assert [sides(one) for one in then.findings(reviewed=True)] == [
        "agreement 03-02:s4c1+03-04:s4c1 [1, 2]",
        "conflict/value 03-02:s3c1 × 03-02:s4c1+03-04:s4c1 [1, 3]",
    ]
    assert [sides(one) for one in kg.findings(reviewed=True)] == [
        "conflict/value 03-02:s3c1 × 03-04:s4c1 [1, 2]"
    ]


def test_days_and_claims_that_are_none_are_told(kg: Collection) -> None:
    with pytest.raises(InvalidParameter):
        kg.as_of("last week")
    with pytest.raises(UnknownClaim):
        kg.withdraw(LATER, "nobody said this", **NOTICE)
    assert kg.decisions() == []
