from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from musnad.text.folding import fold

HOSTILE = st.text(
    alphabet=st.one_of(
        st.sampled_from("قالإأآىةـًَُِّْٰ\u200f\u200e\u202b\u2066\u200c\ufeff\u00a0٠٣۵5«»“”„‟'’ ،.؟:\n\r\tAbİﻻﷲ😀"),
        st.characters(),
    ),
    max_size=200,
)


@pytest.mark.parametrize(
    ("raw", "folded"),
    [
        ("", ""),
        ("الأميركيّة", "الاميركيه"),
        ("مـــصادر", "مصادر"),
        ("إلى آبَ ٱلماضي", "الي اب الماضي"),
        ("٢٠٢٥ و۱۴۰۴", "2025 و1404"),
        ("«نعم» “لا” „كلا‟", '"نعم" "لا" "كلا"'),
        ("2000\u00a0جندي", "2000 جندي"),
        ("\u202bقال\u202c\u200f", "قال"),
        ("It’s THE İzmir", "it's the izmir"),
        ("ﻻ", "لا"),
    ],
)
def test_fold_unifies_spellings(raw: str, folded: str) -> None:
    assert fold(raw).text == folded


@given(HOSTILE)
def test_fold_keeps_a_way_back_for_every_code_point(raw: str) -> None:
    folded = fold(raw)
    assert len(folded.offsets) == len(folded.text)
    assert list(folded.offsets) == sorted(folded.offsets)
    for index, letter in enumerate(folded.text):
        assert letter in fold(raw[folded.offsets[index]]).text


@given(HOSTILE, st.data())
def test_raw_span_holds_exactly_the_words_of_the_folded_span(raw: str, data: st.DataObject) -> None:
    # One code point may fold to two (lam-alef): cut only where a code point begins.
    folded = fold(raw)
    edges = [i for i in range(len(folded.text)) if i == 0 or folded.offsets[i] != folded.offsets[i - 1]]
    edges.append(len(folded.text))
    start, end = sorted((data.draw(st.sampled_from(edges)), data.draw(st.sampled_from(edges))))
    first, last = folded.raw_span(start, end)
    assert 0 <= first <= last <= len(raw)
    assert fold(raw[first:last]).text == folded.text[start:end]


def test_raw_span_takes_points_of_the_last_letter_along() -> None:
    folded = fold("تزامنًا معَ")
    assert folded.raw[slice(*folded.raw_span(0, 6))] == "تزامنًا"
    assert folded.raw[slice(*folded.raw_span(7, 9))] == "معَ"


def test_raw_span_rejects_what_lies_outside() -> None:
    with pytest.raises(IndexError):
        fold("قال").raw_span(0, 4)


def test_fold_is_idempotent_on_its_own_text() -> None:
    text = fold("«أكّدَ» المتحدّثُ، ٢٠٪").text
    assert fold(text).text == text
