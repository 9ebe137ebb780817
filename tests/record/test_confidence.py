"""How sure a draft's claims are: looked up by how they were read, in counts that a script made."""

from __future__ import annotations

import pytest

from musnad.record.confidence import EVERYTHING, bins_of, estimate, load_estimates, wilson
from musnad.record.drafting import Draft, draft_article
from musnad.text.article import Details, make_article
from musnad.views.readings import explain_draft

NAMED = "قال وزير الداخلية إن انفجار السوق أسفر عن مقتل سبعة أشخاص."
INFERRED = f"{NAMED}\nوأضاف أن الانفجار أسفر عن إصابة عشرة أشخاص."


def draft(text: str) -> Draft:
    return draft_article(make_article(text, Details(date="2024-03-06", outlet="وكالة الساحل")))


def test_table_is_consistent() -> None:
    known = load_estimates()
    assert EVERYTHING in known
    for name, found in known.items():
        assert found.bin == name
        assert 0 < found.right <= found.judged
        assert (found.low, found.high) == wilson(found.right, found.judged)
        assert found.low <= found.confidence <= found.high
        wider = name.rpartition(", ")[0] or EVERYTHING
        assert found.judged <= known[wider].judged
        # The rate is drawn towards the wider one, never past it or away from it.
        bounds = sorted((found.right / found.judged, known[wider].confidence))
        assert bounds[0] - 0.01 <= found.confidence <= bounds[1] + 0.01


def test_claim_has_the_confidence_of_claims_read_alike() -> None:
    first, second = draft(INFERRED).record.statements
    known = load_estimates()
    assert {claim.extraction_confidence for claim in first.claims} == {
        known["speaker named, asserted"].confidence
    }
    assert {claim.extraction_confidence for claim in second.claims} == {
        known["speaker inferred, asserted"].confidence
    }
    assert second.claims[0].extraction_confidence < first.claims[0].extraction_confidence


def test_bin_not_counted_gives_way_to_the_wider_one() -> None:
    (reading,) = draft("قال الوزير إنه لا يعلم متى تبدأ المحادثات.").readings
    assert bins_of(reading)[0] == "speaker named, undetermined"
    assert estimate(reading).bin == "speaker named"


def test_outlets_own_words_were_judged_by_nobody() -> None:
    (reading,) = draft("وقع انفجار في البصرة يوم الثلاثاء وأسفر عن مقتل سبعة أشخاص.").readings
    assert bins_of(reading) == ("outlet", EVERYTHING)
    assert estimate(reading).bin == EVERYTHING


def test_explanation_shows_the_number_and_where_it_is_from() -> None:
    found = load_estimates()["speaker named, asserted"]
    text = explain_draft(draft(NAMED))
    counted = f"{found.right} of {found.judged} such claims were right in annotated articles"
    assert f"  sure     {found.confidence:.2f}, {counted} (speaker named, asserted; " in text


@pytest.mark.parametrize(("right", "judged"), [(0, 0), (0, 5), (5, 5), (60, 100)])
def test_interval_holds_the_rate_and_stays_between_0_and_1(right: int, judged: int) -> None:
    low, high = wilson(right, judged)
    assert 0 <= low <= right / max(judged, 1) <= high <= 1
