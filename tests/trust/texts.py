"""Hostile texts: words that the reader knows, in any order, among everything that text can hide."""

from __future__ import annotations

from functools import cache

from hypothesis import strategies as st

from musnad.speech.lexicon import LEXICA

_ARABIC = """
قال وقالت وأضاف أن إن إنه بأن إلى على عن مشيرا مؤكدة بحسب وفقا لمصدر مصدر مصادر الوزير الرئيس محمد
علي كان الذي التي لم لن نفى اتهم هدد بوقف نقلت قوله بيان جاء وكالة رويترز سي إن لوكالة واشنطن فرنسا
العراق أمس خلال فيما بينما لكنه كما و أيلول سبتمبر 2026 ٢٠٢٦ مئة ألف ألفي ومئتي مليون ونصف عشرات
مئات نحو أكثر من أقل بين حتى الأول الثلاثاء الماضي المقبل جندي قاعدة قوات التحالف بغداد أربيل كركوك
انسحاب القوات الأمريكية هجوم مقتل أنباء
"""
_ENGLISH = """
said says told added according to the a an minister officials spokesman Smith John he she it they
who which that and but reported denied accused of claims called for on not was citing Reuters Monday
in U.S. Mr. Islamic State army 2,000 4.2 about fewer than more dozens hundreds thousand million half
twenty-one one next last September 2026 10/11/2025 troops base Baghdad Erbil Iraq withdrawal attack
killed people coalition forces will withdraw from by until between
"""
_MARKS = (
    """. , ; : ! ? ، ؛ ؟ … « » " ' ’ “ ” „ ‟ ( ) [ ] { } < > - – — _ # / \\ % $ € ٪ ° & * @ ~ ` ^ | = +"""
)
HIDDEN = (
    "\u064b\u0651\u0670\u0640\u200b\u200c\u200d\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"
    "\ufeff\u00a0\u202f\u3000\u00ad\u2028\u2029\x85\x0b\x0c\r\n\t\x01\x7f\ufffd\ufffe\U0001f600\U0001f469\u0301"
    "\u0345\u0130\u1e9e\ufb01\ufdfa\ufefb\ufeff\U000e0041\U0010ffff٠۵৪໙Ⅷ½²𝟚\u0660\u066b\u066c"
)
WORDS = sorted({*_ARABIC.split(), *_ENGLISH.split(), *_MARKS.split()})
GLUE = [" ", " ", " ", "", "\n", "\n\n", "\r\n", *HIDDEN]


@cache
def lexicon_words() -> list[str]:
    """List the words of every table of language data, each once."""
    tables = sorted(LEXICA.rglob("*.tsv"))
    return sorted({cell for table in tables for cell in _cells(table.read_text(encoding="utf-8"))})


def _cells(table: str) -> set[str]:
    cells = {cell.strip() for line in table.splitlines()[1:] for cell in line.split("\t")}
    return {cell for cell in cells if 0 < len(cell) < 30}


def articles(most: int = 60) -> st.SearchStrategy[str]:
    """Give texts of words that the reader looks for, joined by anything; some of any characters at all."""
    words = st.sampled_from(WORDS) | st.sampled_from(lexicon_words())
    pieces = st.tuples(words, st.sampled_from(GLUE)).map("".join)
    return st.lists(pieces, max_size=most).map("".join) | st.text(max_size=200)


def units() -> st.SearchStrategy[str]:
    """Give what a long text may be made of by repeating it: one to four words with what joins them."""
    words = st.sampled_from(WORDS) | st.sampled_from(lexicon_words()) | st.sampled_from(HIDDEN)
    pieces = st.tuples(words, st.sampled_from(GLUE)).map("".join)
    return st.lists(pieces, min_size=1, max_size=4).map("".join)
