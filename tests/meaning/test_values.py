from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from calls import count_calls
from musnad.meaning.dates import find_dates
from musnad.meaning.pieces import cut_pieces
from musnad.meaning.places import find_places
from musnad.meaning.quantities import find_quantities
from musnad.meaning.values import find_values
from musnad.text.folding import fold
from musnad.text.tokens import tokenize

PUBLISHED = date(2020, 2, 29)
_WORDS = """
في من إلى بين و ب ل لل عام شهر يوم مساء مطلع الماضي المقبل الجاري آب/أغسطس كانون الثاني
السابع أمس اليوم الخميس العراق بغداد بلد مدينة ناحية الحرير الأراضي السورية جامعة طريق نحو
أقل ثلاثة وعشرين مئة ألف مليون ونصف عشرات الآلاف قاعدتين على الأقل in last May 7 2014
Monday 1990s mid-2014 $30 3-5 F-16 one dozen of thousand Iraq's al- Ain al-Asad U.S. Hit
province town ٢٠٢٤ ١٢/١٠ 31/02/2020 03:25 1,200.5 ... % # " ( ) - / : \u200f \u00a0 😀 ـ َ
"""
HOSTILE = st.lists(
    st.one_of(
        st.sampled_from(_WORDS.split()), st.text(max_size=6), st.sampled_from(["\n", " ", "", "،", "."])
    ),
    max_size=60,
)


@given(HOSTILE, st.sampled_from(["", " ", "\u200f"]))
def test_spans_hold_their_words_and_do_not_overlap(parts: list[str], joint: str) -> None:
    raw = joint.join(parts)
    values = find_values(fold(raw), published=PUBLISHED)
    for mentions in (values.dates, values.quantities, values.places):
        ends = 0
        for mention in mentions:
            assert raw[mention.start : mention.end] == mention.text != ""
            assert mention.start >= ends
            ends = mention.end
    for quantity in values.quantities:
        assert quantity.lower is None or quantity.upper is None or quantity.lower <= quantity.upper
    for found in values.dates:
        assert found.earliest <= found.latest


@given(HOSTILE)
def test_values_are_those_found_one_kind_at_a_time(parts: list[str]) -> None:
    folded = fold(" ".join(parts))
    values = find_values(folded, published=PUBLISHED, pieces=cut_pieces(folded, tokenize(folded)))
    assert values.dates == find_dates(folded, published=PUBLISHED)
    assert values.quantities == find_quantities(folded)
    assert values.places == find_places(folded)


@pytest.mark.parametrize("raw", ["", " \n\t", "😀", "\u200f\u200e", "ـَُِ", "0", "$", "و", "ل" * 50, "\ufeff"])
def test_texts_without_values_have_none_and_do_no_harm(raw: str) -> None:
    values = find_values(fold(raw), published=PUBLISHED)
    assert not values.dates
    assert not values.places


_SEEDS = (
    "و" * 40,
    "9" * 40 + ",",
    "مليون و",
    "كانون ",
    "في قرية ",
    "من 3 إلى ",
    "Iraq, ",
    "al-al-al-",
    "The May Day ",
    "بين بغداد و",
    "one hundred and ",
    "12/12/",
    '"(',
    "عام ",
    "Deir ez-Zor ",
)


@pytest.mark.parametrize("seed", _SEEDS)
def test_cost_follows_the_length_of_the_text(seed: str) -> None:
    def steps(length: int) -> int:
        folded = fold((seed * (length // len(seed) + 1))[:length])
        return count_calls(lambda: find_values(folded, published=PUBLISHED))

    steps(5_000)
    # Eight times the text; a cost of second degree would take sixty-four times as many.
    assert steps(40_000) < 12 * steps(5_000) + 1000
