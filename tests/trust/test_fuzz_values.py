"""Dates and numbers of any spelling: read with exact spans and ordered bounds, or refused; never for long."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from calls import count_calls
from musnad.meaning.values import find_values
from musnad.record.times import read_bounds
from musnad.text.folding import fold
from trust.scale import examples, tried
from trust.texts import GLUE, HIDDEN, lexicon_words

_NUMBERS = """
0 1 7 29 31 999 1000 2,000 2.000 1,2,3 1.2.3 ١٢ ۱۲ ٫٥ 10/11/2025 31/02/2025 2025-13-40 00/00/0000
99999999999999999999 ألف ألفا ألفين ألفي مئة مئات مليون ملايين مليار ونصف ومئة وألف وعشرون عشر عشرة
ثلث ربع بضعة عشرات الآلاف واحد اثنان hundred thousand million billion trillion twenty-one half dozen
dozens scores of a an and per cent percent % $ € about نحو حوالي زهاء more than أكثر من أقل من fewer
up to at least between بين from من to إلى and و - – / . , ، next last this المقبل الماضي الجاري
Monday الاثنين May أيار/مايو يناير كانون الثاني شباط year عام سنة 2025 2026 26 '26 early late mid
مطلع أواخر منتصف quarter الربع الأول century القرن decade عقد 1990s التسعينيات yesterday أمس غدا
today
"""
VALUES = sorted(_NUMBERS.split())
TEXTS = st.lists(
    st.tuples(
        st.sampled_from(VALUES) | st.sampled_from(lexicon_words()) | st.integers(0, 10**30).map(str),
        st.sampled_from(GLUE),
    ).map("".join),
    max_size=30,
).map("".join)
DAYS = st.dates() | st.sampled_from([date.min, date.max, date(2024, 2, 29), date(2025, 12, 31)])


@examples(150)
@given(TEXTS, DAYS)
def test_values_of_any_text_on_any_day(text: str, published: date) -> None:
    values = find_values(fold(text), published=published)
    for mentions in (values.dates, values.quantities, values.places):
        assert all(text[mention.start : mention.end] == mention.text != "" for mention in mentions)
    for quantity in values.quantities:
        bounds = [bound for bound in (quantity.lower, quantity.upper) if bound is not None]
        assert bounds == sorted(bounds)
        assert all(abs(bound) != float("inf") for bound in bounds)
    for moment in values.dates:
        assert moment.earliest <= moment.latest
        read_bounds(moment.edtf)
    tried("inputs fuzzed")


@examples(10, factor=5)
@given(st.lists(st.sampled_from(VALUES), min_size=1, max_size=4).map(" ".join), st.sampled_from(GLUE))
def test_cost_of_values_grows_with_the_length(unit: str, joint: str) -> None:
    def steps(size: int) -> int:
        folded = fold((unit + joint) * (size // len(unit + joint) + 1))
        return count_calls(lambda: find_values(folded, published=date(2025, 10, 11)))

    steps(100)
    assert steps(16_000) < 14 * steps(2_000) + 20_000
    tried("inputs fuzzed")


_PIECES = [
    "2026",
    "-09",
    "-30",
    "/",
    "..",
    "~",
    "?",
    "%",
    "[",
    "]",
    "{",
    "}",
    ",",
    "X",
    "u",
    "y",
    "e",
    "-",
    "(",
    ")",
    "^",
    "s",
]
EDTF = (
    st.lists(st.sampled_from(_PIECES), max_size=12).map("".join)
    | st.text(max_size=12)
    | st.text(HIDDEN + "2026-")
)


@examples(100)
@given(EDTF)
def test_any_text_as_a_time_is_read_or_refused(text: str) -> None:
    tried("inputs fuzzed")
    try:
        bounds = read_bounds(text)
    except ValueError:
        return
    assert (
        not bounds.start_earliest or not bounds.start_latest or bounds.start_earliest <= bounds.start_latest
    )
    assert not bounds.end_earliest or not bounds.end_latest or bounds.end_earliest <= bounds.end_latest


@pytest.mark.parametrize(
    "text",
    ["[" + "2020," * 5000 + "2021]", "{" + "2020.." * 5000 + "}", "1" * 100_000, "(" * 5000,
     "2026" + "~" * 5000, "y1e99", "2026\n", " 2026", "20 26"],
    ids=lambda text: text[:8],
)  # fmt: skip
def test_what_is_no_time_is_refused_at_once(text: str) -> None:
    """A set of five thousand years took the library's grammar 36 seconds."""
    with pytest.raises(ValueError, match="EDTF"):
        read_bounds(text)
    tried("inputs fuzzed")
