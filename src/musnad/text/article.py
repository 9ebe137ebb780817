"""An article: a text, and what is told of it.

The text is kept as decoded, line ends included, since every span counts its code points. What is not told of
an article is looked for in its date line; what is not found there stays open, but for the date, without which
nothing relative in the text can be resolved.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from hashlib import sha256

from musnad.errors import EmptyArticle, UndatedArticle, UndecodableArticle, UnreadableArticle
from musnad.text.decoding import binary, refuse_large
from musnad.text.folding import fold_text
from musnad.text.language import detect_language
from musnad.text.publication import find_publication

__all__ = ["Article", "Details", "details_of", "is_address", "make_article"]

_OPENING = 1000  # code points: nearly every text has a word in them
_ID = re.compile(r"(?!\.+\Z)[A-Za-z0-9._-]+")  # points alone are a folder, not a name
_ADDRESS = re.compile(r"https?://[^\s<>\"{}|\\^`]+", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Details:
    """What is told of an article beside its text; empty where nothing is."""

    id: str = ""
    lang: str = ""
    outlet: str = ""
    title: str = ""
    date: str = ""
    url: str = ""

    def over(self, other: Details) -> Details:
        """Give these details, with those of `other` where these are empty.

        >>> Details(outlet="A").over(Details(outlet="B", date="2024-05-01"))
        Details(id='', lang='', outlet='A', title='', date='2024-05-01', url='')
        """
        return Details(*(getattr(self, name) or getattr(other, name) for name in _KEYS))


_KEYS = Details.__slots__


@dataclass(frozen=True, slots=True)
class Article:
    """One version of a text as published; `lang` is `ar` or `en`, or empty where it goes by the script.

    An article whose outlet nothing names has an outlet of its own, so that two of them never pass for one.
    """

    id: str
    text: str
    date: date
    outlet: str
    lang: str = ""
    title: str = ""
    url: str = ""


def make_article(text: str, details: Details | None = None, *, where: str = "") -> Article:
    r"""Give the article of a text and of what is told of it.

    Raises:
        EmptyArticle: when there is not a word in it.
        ArticleTooLarge: when it is over 50 MB.
        UndatedArticle: when no date is told and its date line has none.
        UnknownLanguage: when no language is told and the text is in neither Arabic nor English.
        UnreadableArticle: when a detail is not of its form (a date YYYY-MM-DD, an address http…, an id of
            letters, digits, points, hyphens and underscores).

    >>> article = make_article("2024-05-01 وكالة الساحل- البصرة\n\nفتح الميناء.")
    >>> article.date.isoformat(), article.outlet
    ('2024-05-01', 'وكالة الساحل')
    """
    details = details or Details()
    try:
        size = len(text.encode())
    except UnicodeEncodeError as error:
        raise UndecodableArticle(
            f"half a character stands at code point {error.start}",
            where=where,
            remedy="Write the text as UTF-8 anew.",
        ) from error
    refuse_large(size, where)
    if "\x00" in text:
        raise binary(where)
    if not (fold_text(text[:_OPENING]).strip() or fold_text(text).strip()):
        raise EmptyArticle("there is no text in it", where=where, remedy="Give the article as published.")
    line = find_publication(text)
    day = details.date or line.date
    if not day:
        raise UndatedArticle(
            "no date is given, and none stands in its date line",
            where=where,
            remedy="Give --date YYYY-MM-DD, or a metadata file beside it: NAME.meta.json with `date`.",
        )
    name = details.id or f"article-{sha256(text.encode()).hexdigest()[:12]}"
    _check(details, name, where)
    outlet = details.outlet or line.agency or f"unnamed outlet of {name}"
    lang = details.lang or detect_language(text, where=where)
    return Article(name, text, _day(day, where), outlet, lang, details.title, details.url)


def is_address(given: str) -> bool:
    """Whether a word is an http or https address.

    >>> is_address("https://example.org/1"), is_address("example.org/1"), is_address("ftp://example.org")
    (True, False, False)
    """
    return bool(_ADDRESS.fullmatch(given))


def details_of(data: Mapping[str, object], where: str) -> Details:
    """Take the details out of a JSON object; other keys are not read.

    Raises `UnreadableArticle` for one that is no text.
    """
    values = []
    for key in _KEYS:
        value = data.get(key)
        if value is not None and not isinstance(value, str):
            raise _unfit(key, value, "a text", where)
        values.append((value or "").strip())
    return Details(*values)


def _check(details: Details, name: str, where: str) -> None:
    if not _ID.fullmatch(name):
        raise _unfit("id", name, "letters a to z, digits, points, hyphens and underscores", where)
    if details.lang not in ("", "ar", "en"):
        raise _unfit("lang", details.lang, "ar or en", where)
    if details.url and not is_address(details.url):
        raise _unfit("url", details.url, "an http or https address", where)


def _day(value: str, where: str) -> date:
    if not re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", value):
        raise _unfit("date", value, "YYYY-MM-DD", where)
    try:
        return date.fromisoformat(value)
    except ValueError as error:
        raise _unfit("date", value, "a day of the calendar, YYYY-MM-DD", where) from error


def _unfit(key: str, value: object, wanted: str, where: str) -> UnreadableArticle:
    return UnreadableArticle(f"`{key}` is {str(value)[:60]!r}", where=where, remedy=f"Write {wanted}.")
