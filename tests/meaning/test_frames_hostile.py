"""Frames on any text at all: nothing crashes, evidence is exact, and the cost grows with the length alone."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from calls import count_calls
from musnad.meaning.frame_tables import load_frames
from musnad.meaning.frames import Content, FramedProposition, find_propositions
from musnad.meaning.values import find_values
from musnad.text.folding import fold

DAY = date(2025, 10, 11)
TABLES = load_frames()
WORDS = sorted(
    {" ".join((first, *rest)) for first, entries in TABLES.phrases.items() for rest, _ in entries}
    | {word for frame in TABLES.frames for element in frame.elements for word in element.words}
    | {"20", "قاعدتين", "أيار 2026", "May 2026", "طبرق", "Tobruk", "الإسبانية", "Spanish", "شخصا", "people"}
    | {"و", "،", ",", ".", "(", '"', "«", "\n", "\u200f", "ـ", "\u064b", "\ufeff"}
)


def check(text: str, contents: list[Content]) -> None:
    folded = fold(text)
    read = find_propositions(folded, find_values(folded, published=DAY), contents, published=DAY)
    assert len(read) == len(contents)
    for found in read:
        for proposition in found:
            check_spans(text, proposition)


def check_spans(text: str, proposition: FramedProposition) -> None:
    spans = [proposition.evidence, proposition.subject.mention]
    assert all(text[span.start : span.end] == span.text for span in spans)
    assert proposition.evidence.text
    assert 0 < proposition.confidence <= 1
    assert str(proposition)
    if proposition.implied is not None:
        check_spans(text, proposition.implied)


@settings(max_examples=200, deadline=None)
@given(st.lists(st.sampled_from(WORDS), max_size=40).map(" ".join), st.data())
def test_words_of_the_tables_in_any_order_are_read_without_a_crash(text: str, data: st.DataObject) -> None:
    ends = st.tuples(st.integers(0, len(text)), st.integers(0, len(text)), st.sampled_from("AB"))
    contents = data.draw(st.lists(ends, max_size=4))
    check(text, [Content(min(one, two), max(one, two), speaker) for one, two, speaker in contents])


@settings(max_examples=100, deadline=None)
@given(st.text(max_size=120))
def test_any_text_is_read_without_a_crash(text: str) -> None:
    check(text, [Content(0, len(text), "A")])


REPEATED = [
    "انسحاب ",
    "انسحاب القوات ",
    "عدد القوات الإسبانية ",
    "قاعدتين أحدهما في طبرق ",
    "withdrawal of ",
    "Spanish troops will ",
    "20 people ",
    "attack ",
    "and Tobruk, ",
]


def steps(text: str) -> int:
    folded = fold(text)
    values = find_values(folded, published=DAY)
    content = [Content(0, len(text), "A")]
    return count_calls(lambda: find_propositions(folded, values, content, published=DAY))


@pytest.mark.parametrize("words", REPEATED)
def test_cost_grows_with_the_length(words: str) -> None:
    steps(words * 100)
    assert steps(words * 1600) < 12 * steps(words * 200) + 1000
