"""The language of a text, told by its script and by the commonest words of the languages that are read."""

from __future__ import annotations

import re

from musnad.errors import UnknownLanguage
from musnad.text.folding import fold_text

__all__ = ["detect_language", "script_of"]

_SAMPLE = 4000  # code points
_ARABIC = re.compile("[\u0620-\u06ff\ufb50-\ufefc]+")
_LATIN = re.compile("[A-Za-z]+")
_WORD = re.compile(r"[^\W\d_]{2,}")
_ENGLISH_WORDS = """
the of and to in that said for on was is with by at from it has as an a he his be are
"""
_ARABIC_WORDS = """
في من على إلى أن إن عن التي الذي هذا هذه قال كان كما لم لا بعد مع بين أو ما قد ذلك
"""
_COMMON = {
    "ar": frozenset(fold_text(_ARABIC_WORDS).split()),
    "en": frozenset(_ENGLISH_WORDS.split()),
}
_ARTICLES = ("ال", "وال", "فال", "بال", "كال", "لل")  # what words with the Arabic article begin with
# Of the words of news in Arabic or English a sixth to a half are among these; in Persian, Urdu, Kurdish,
# French, German, Spanish, Turkish, Dutch and Indonesian at most a tenth.
_LEAST = 0.12
_ENOUGH = 20  # words; fewer say too little


def script_of(text: str) -> str:
    """Give `ar` or `en` by which script most letters of the first 4,000 code points are in.

    >>> script_of("قال CNN إن"), script_of("He said")
    ('ar', 'en')
    """
    sample = text[:_SAMPLE]
    return "ar" if _count(_ARABIC, sample) * 2 > _count(_LATIN, sample) else "en"


def detect_language(text: str, *, where: str = "") -> str:
    """Give `ar` or `en`, by the script of the first 4,000 code points and by the commonest words among them.

    Raises `UnknownLanguage` for another script, and for twenty words or more that share hardly any of the
    commonest words of Arabic and English: Persian is written in Arabic letters too, French in Latin ones.

    >>> detect_language("قال وزير النقل إن الجسر سيفتح غدا.")
    'ar'
    """
    language = script_of(text)
    words = _WORD.findall(fold_text(text[:_SAMPLE]))
    joined = "".join(words)
    letters = len(joined)
    other = letters - _count(_ARABIC, joined) - _count(_LATIN, joined)
    known, articles = _COMMON[language], _ARTICLES if language == "ar" else ()
    common = sum(word in known or (word.startswith(articles) and word not in articles) for word in words)
    if other * 2 > letters or (len(words) >= _ENOUGH and common < _LEAST * len(words)):
        raise UnknownLanguage(
            "it is neither in Arabic nor in English",
            where=where,
            remedy="Leave it out, or give --lang ar or --lang en if it is one of them all the same.",
        )
    return language


def _count(letters: re.Pattern[str], text: str) -> int:
    return sum(map(len, letters.findall(text)))
