from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from calls import count_calls
from musnad.text.folding import fold
from musnad.text.tokens import readings, tokenize


@pytest.mark.parametrize(
    ("raw", "words"),
    [
        ("", []),
        ("وقالَ: «نعم».", ["وقال", ":", '"', "نعم", '"', "."]),
        ("آب/ أغسطس ٢٠٢٥", ["اب", "/", "اغسطس", "2025"]),
        ("1,200.5 و٣٬٠٠٠", ["1,200.5", "و", "3,000"]),
        ("U.S.-led 29-year-old Trump’s", ["u.s.", "-", "led", "29-year-old", "trump's"]),
        ("سطر\n\nسطر", ["سطر", "\n\n", "سطر"]),
        ("ok👍🏽", ["ok", "👍", "🏽"]),
    ],
)
def test_tokenize_cuts_words_numbers_and_marks(raw: str, words: list[str]) -> None:
    assert [token.text for token in tokenize(fold(raw))] == words


@given(st.text(max_size=300))
def test_tokens_cover_everything_but_white_space_once(raw: str) -> None:
    folded = fold(raw)
    at = 0
    for token in tokenize(folded):
        assert not folded.text[at : token.start].strip()
        assert token.text == folded.text[token.start : token.end] != ""
        at = token.end
    assert not folded.text[at:].strip()


@pytest.mark.parametrize(
    ("word", "proclitics", "stem", "enclitic"),
    [
        ("وقال", ("و",), "قال", ""),
        ("للمصادر", ("ل", "ال"), "مصادر", ""),
        ("وبالمتحدث", ("و", "ب", "ال"), "متحدث", ""),
        ("قوله", (), "قول", "ه"),
        ("سيعلن", ("س",), "يعلن", ""),
        ("فالمسؤول", ("ف", "ال"), "مسؤول", ""),
        ("متحدثته", (), "متحدثه", "ه"),
    ],
)
def test_readings_hold_the_right_cut(
    word: str, proclitics: tuple[str, ...], stem: str, enclitic: str
) -> None:
    assert (proclitics, stem, enclitic) in [(r.proclitics, r.stem, r.enclitic) for r in readings(word)]


@given(st.text(alphabet="وفبلكسالهتيمن", min_size=1, max_size=12))
def test_readings_only_cut_letters_off_the_ends(word: str) -> None:
    for reading in readings(word):
        assert len(reading.stem) >= min(2, len(word))
        assert reading.stem[:-1] in word
        assert word.endswith(reading.enclitic)


@pytest.mark.parametrize(
    "unit", ["a.", "a.b", "a-", "1-", "1.", "'", '"', "ـ", "a_", "و", "لل", "\n", "ا ", "😀"]
)
def test_tokenize_takes_a_long_run_of_anything_in_linear_steps(unit: str) -> None:
    short, long = (fold(unit * (size // len(unit)) + "b") for size in (2_000, 16_000))
    assert count_calls(lambda: tokenize(long)) <= 9 * count_calls(lambda: tokenize(short)) + 200
