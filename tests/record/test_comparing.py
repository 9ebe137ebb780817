"""Comparing records: what counts as the same, and what does not."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from musnad.errors import TextMismatch
from musnad.record import Record, load_record
from musnad.record.comparing import Agreement, compare_records, match_statements
from musnad.record.model import Span

SEED = Path(__file__).resolve().parents[2] / "seeds" / "shafaq-2025-10-11" / "record.json"


@pytest.fixture(scope="module")
def record() -> Record:
    return load_record(SEED)


def figures(found: tuple[Agreement, ...]) -> dict[str, tuple[int, int, int]]:
    return {one.what: (one.read, one.reviewed, one.right) for one in found}


def test_a_record_agrees_with_itself(record: Record) -> None:
    found = compare_records(record, record)
    assert [one.what for one in found] == [
        "statements", "sources", "dates", "quantities", "places", "claims",
    ]  # fmt: skip
    assert all(one.precision == one.recall == one.f1 == 1 for one in found)
    assert figures(found)["statements"] == (15, 15, 15)


def test_what_is_left_out_costs_recall_alone(record: Record) -> None:
    (statements, *_) = compare_records(replace(record, statements=record.statements[:12]), record)
    assert (statements.precision, statements.recall) == (1, 12 / 15)


def test_what_is_made_up_costs_precision_alone(record: Record) -> None:
    extra = replace(record.statements[0], id="s99")
    (statements, *_) = compare_records(replace(record, statements=(*record.statements, extra)), record)
    assert (statements.precision, statements.recall) == (15 / 16, 1)


def test_half_of_the_words_are_enough_and_fewer_are_not(record: Record) -> None:
    whole = next(one for one in record.statements if one.cue and len(one.content.text.split()) > 12)
    words = whole.content.text.split()

    def cut(count: int) -> list[object]:
        text = record.text[whole.content.start :]
        length = len(" ".join(words[:count]))
        content = Span(text[:length], whole.content.start, whole.content.start + length)
        return list(match_statements(record.text, [replace(whole, content=content)], [whole]))

    assert cut(len(words) - 2)
    assert not cut(2)


def test_a_wrong_value_polarity_or_source_is_not_right(record: Record) -> None:
    first = record.statements[0]
    claim = replace(first.claims[0], polarity="denied")
    source = replace(first.source, canonical="somebody else", start=0, end=1)
    other = replace(first, claims=(claim, *first.claims[1:]), source=source)
    date = replace(record.dates[0], edtf="1999")
    changed = replace(record, statements=(other, *record.statements[1:]), dates=(date, *record.dates[1:]))
    found, same = figures(compare_records(changed, record)), figures(compare_records(record, record))
    for what in ("claims", "sources", "dates"):
        assert found[what][2] == same[what][2] - 1
    assert found["statements"] == same["statements"]


def test_other_texts_are_not_compared(record: Record) -> None:
    with pytest.raises(TextMismatch, match="different texts"):
        compare_records(replace(record, text=record.text + "\n"), record)
