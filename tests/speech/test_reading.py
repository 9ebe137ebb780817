"""The reader on hostile text: no crash, no hang, and every span quotes the untouched text."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from calls import count_calls
from musnad.speech import Statement, read_statements

_ARABIC = """
قال وقالت وأضاف أن إن إنه أنه بأن إلى على عن مشيرا مؤكدة بحسب وفق وفقا لمصدر مصدر المصدر مصادر الوزير
الرئيس محمد علي كان وكان كانت الذي التي ما لم لن نفى نفت اتهم هدد بوقف رفض التعليق نقلت قوله بيان جاء في
وكالة رويترز سي إن إن لوكالة واشنطن فرنسا العراق وصف بأنه دعا طالب بالتحقيق اليوم أمس خلال مؤتمر صحفي
فيما بينما لكنه غير كما و، . : ؛ « » " ( ) - # _ 2025 ٢٠٢٥ قد سيتم سوف مقتل وقف بين ذكر
"""
ARABIC = _ARABIC.split()
_ENGLISH = """
said says told added according to the a an minister officials spokesman Smith John he she it they who
which that and but , . ; : " ' ( ) - reported denied accused of claims called for on to not did had has
was citing quoting as saying declined comment Reuters Monday in statement U.S. Mr. Islamic State army
report accusation by ’ “ ” 29-year-old 2,000 whether if unless
"""
ENGLISH = _ENGLISH.split()
MARKS = [
    "\u064b",
    "\u0640",
    "\u200f",
    "\u202b",
    "\u00a0",
    "\u200c",
    "\n",
    "\n\n",
    "\r\n",
    "😀",
    "\ufeff",
    "\t",
    "",
]


def texts(words: list[str]) -> st.SearchStrategy[str]:
    piece = st.tuples(st.sampled_from(words), st.sampled_from(MARKS)).map(lambda pair: pair[0] + pair[1])
    return st.lists(piece, max_size=60).map(" ".join)


def check(text: str, statements: tuple[Statement, ...]) -> None:
    for statement in statements:
        spans = [statement.content, *statement.spans, *(relay.mention for relay in statement.via)]
        spans += [span for span in (statement.cue, statement.source.mention) if span is not None]
        for span in spans:
            assert 0 <= span.start < span.end <= len(text)
            assert text[span.start : span.end] == span.text
        assert statement.source.canonical
        assert statement.to_json()["id"] == statement.id
        if statement.cue is not None:
            assert (
                statement.cue.end <= statement.content.start or statement.content.end <= statement.cue.start
            )
    assert [statement.id for statement in statements] == [f"s{n}" for n in range(1, len(statements) + 1)]


@settings(max_examples=300, deadline=None)
@given(texts(ARABIC))
def test_arabic_words_in_any_order_keep_every_span_exact(text: str) -> None:
    check(text, read_statements(text, language="ar", outlet="وكالة"))


@settings(max_examples=300, deadline=None)
@given(texts(ENGLISH))
def test_english_words_in_any_order_keep_every_span_exact(text: str) -> None:
    check(text, read_statements(text, language="en", outlet="Wire"))


@settings(max_examples=150, deadline=None)
@given(st.text(max_size=300))
def test_any_text_is_read_without_a_crash(text: str) -> None:
    check(text, read_statements(text))


@pytest.mark.parametrize("language", ["ar", "en"])
@pytest.mark.parametrize(
    "text", ["", " ", "\n\n", "\u200f", '"', "«", "قال", "said", "قال:", "said:", ".", "😀" * 20]
)
def test_texts_that_say_nothing_have_no_statement_with_a_cue(text: str, language: str) -> None:
    assert not [s for s in read_statements(text, language=language) if s.cue is not None]


@pytest.mark.parametrize(
    ("language", "unit"),
    [
        ("ar", "قال الوزير إن الباب مغلق، مؤكدا أن الطريق آمن، "),
        ("ar", "وقال وأضاف أن "),
        ("ar", "بحسب مصدر "),
        ("ar", '« قال: " '),
        ("ar", "كان المصدر "),
        ("ar", "الذي قال "),
        ("ar", "محمد "),
        ("en", "The minister said the door was shut, adding that the road was safe, "),
        ("en", "said that and "),
        ("en", "according to officials, "),
        ("en", "\" said ' told "),
        ("en", "the army of the state in the city, "),
        ("en", "John "),
    ],
)
def test_cost_grows_with_the_length_of_one_paragraph(language: str, unit: str) -> None:
    def steps(size: int) -> int:
        text = unit * (size // len(unit))
        return count_calls(lambda: read_statements(text, language=language))

    text = unit * (100_000 // len(unit))
    check(text, read_statements(text, language=language))
    # Past what a sentence may hold, four times the text costs four times as much, not sixteen times.
    assert steps(100_000) < 6 * steps(25_000) + 1000
