"""Offsets that a reviewer leaves out are filled in where the words stand once, and refused elsewhere."""

from __future__ import annotations

from typing import Any

import pytest

from musnad.errors import InvalidRecord
from musnad.record import Span
from record.small_record import TEXT, changed, read, small_record

WITHOUT_OFFSETS: dict[str, Any] = {
    "statements/0/source": {"canonical": "Ali Hadi", "kind": "office"},
    "statements/0/cue": {},
    "statements/0/content": {},
    "statements/0/via/0/mention": {},
    "statements/0/claims/0/evidence": {},
    "quantities/0": {"id": "q1", "kind": "exact", "value": 300, "unit": "person", "lower": 300, "upper": 300},
    "dates/0": {"id": "d1", "iso": "2026-05", "edtf": "2026-05"},
    "places/0": {"id": "p1", "name_en": "x"},
    "alignments/0/evidence": {},
}
NAMES = {
    "statements/0/source": "statement s1, source",
    "statements/0/cue": "statement s1, cue",
    "statements/0/content": "statement s1, content",
    "statements/0/via/0/mention": "statement s1, via 1, mention",
    "statements/0/claims/0/evidence": "claim s1c1, evidence",
    "quantities/0": "quantity q1",
    "dates/0": "date d1",
    "places/0": "place p1",
    "alignments/0/evidence": "alignment a1, evidence",
}


def test_every_span_of_the_small_record_is_filled_in() -> None:
    record = read(small_record())
    spans = [mention for statement in record.statements for mention in (statement.source, statement.content)]
    spans += [*record.quantities, *record.dates, *record.places]  # type: ignore[list-item]
    assert all(TEXT[span.start : span.end] == span.text for span in spans)
    assert record.statements[0].cue == Span("told", 53, 57)


@pytest.mark.parametrize("path", WITHOUT_OFFSETS)
def test_words_that_stand_nowhere_are_refused(path: str) -> None:
    with pytest.raises(InvalidRecord) as caught:
        read(changed(path, {"text": "words that nobody wrote", **WITHOUT_OFFSETS[path]}))
    searched = "its statement's content" if "evidence" in path and "claims" in path else "the article"
    told = {problem.where: problem.what for problem in caught.value.problems}
    assert told[NAMES[path]] == f"its words do not stand in {searched}."


@pytest.mark.parametrize("path", WITHOUT_OFFSETS)
def test_words_that_stand_more_than_once_are_refused(path: str) -> None:
    with pytest.raises(InvalidRecord) as caught:
        read(changed(path, {"text": " ", **WITHOUT_OFFSETS[path]}))
    told = {problem.where: problem.what for problem in caught.value.problems}
    assert "times in" in told[NAMES[path]]


def test_overlapping_occurrences_are_counted() -> None:
    data = changed("text", TEXT + " nanana")
    data["places"][0] = {"id": "p1", "text": "nana", "name_en": "x"}
    with pytest.raises(InvalidRecord, match="its words stand 2 times in the article"):
        read(data)


def test_evidence_is_looked_for_in_its_content_alone() -> None:
    data = changed("text", TEXT + " They will close by May 2026.")
    data["dates"] = [
        {"id": "d1", "text": "May 2026", "start": 24, "end": 32, "iso": "2026-05", "edtf": "2026-05"}
    ]
    record = read(data)
    assert record.statements[0].claims[0].evidence == Span("will close by May 2026", 10, 32)


@pytest.mark.parametrize("given", [{"start": 83}, {"end": 85}, {"start": 83, "end": 85}])
def test_one_offset_gives_the_other(given: dict[str, int]) -> None:
    cue = TEXT.index("00 guards")
    shift = {key: value - 83 + cue for key, value in given.items()}
    assert read(changed("statements/0/cue", {"text": "00", **shift})).statements[0].cue == Span(
        "00", cue, cue + 2
    )


@pytest.mark.parametrize("given", [{"start": 84}, {"end": 1}])
def test_a_wrong_offset_is_refused_even_where_the_words_stand_once(given: dict[str, int]) -> None:
    with pytest.raises(InvalidRecord, match="statement s1, cue: at"):
        read(changed("statements/0/cue", {"text": "told", **given}))


def test_offsets_count_code_points_of_the_untouched_text() -> None:
    # Tashkil, tatweel, marks of direction, emoji of several code points, no-break space, carriage return.
    before = "\ufeffقَـــالَ\u200f \U0001f469\u200d\U0001f680\u00a0\r\n"
    record = read(changed("text", before + TEXT))
    cue = record.statements[0].cue
    assert cue is not None
    assert cue.start == len(before) + TEXT.index("told")
    assert record.text[cue.start : cue.end] == "told"


def test_spelling_is_not_forgiven() -> None:
    with pytest.raises(InvalidRecord, match="its words do not stand in the article"):
        read(changed("statements/0/cue", {"text": "to\u0640ld"}))
