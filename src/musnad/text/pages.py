"""Saved pages: the article of an HTML page as text, and what the page says of it, by trafilatura.

The extracted text is the article's text from there on: every span counts its code points, and the same page
gives the same text (trafilatura's date and text searches that depend on the day or on guessing are off).
"""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING, Any

from musnad.errors import ArticleTooLarge, EmptyArticle, MissingExtra, UnreadableArticle
from musnad.text.article import Details, is_address
from musnad.text.decoding import decode_page, refuse_large
from musnad.text.fetching import LARGEST_PAGE
from musnad.text.language import script_of

if TYPE_CHECKING:
    from configparser import ConfigParser

__all__ = ["PAGE_ENDINGS", "is_page", "read_page"]

PAGE_ENDINGS = (".html", ".htm")
LARGEST_TREE = 200_000  # elements; a page of 10 MB of text has fewer
# Of one element: the parser compares each with all before it, and takes 32 s for 160,000 of them.
MOST_ATTRIBUTES = 2_000
# A start tag as HTML's tokenizer takes it (https://html.spec.whatwg.org/#tag-open-state), tried once a place.
_ATTRIBUTE = re.compile(r"""[\s/]++[^\s/>][^\s/>=]*+(?:\s*+=\s*+(?:"[^"]*+"|'[^']*+'|[^\s>]*+))?+""")
_TAG = re.compile(rf"<[A-Za-z][^\s/>]*+((?:{_ATTRIBUTE.pattern})*+)")
_PAGE = re.compile(
    rb"\A(?:\xef\xbb\xbf)?\s*(?:<\?xml[^>]*>\s*)?(?:<!--(?:(?!-->).)*-->\s*)*<(?:!doctype\s+html|html)\b",
    re.I | re.S,
)
_ROOT_LANGUAGE = re.compile(r"<html\b[^>]*?\blang\s*=\s*[\"']?([A-Za-z]{2,3})\b", re.IGNORECASE)
# Only what the page says of itself counts as a date: a wrong one moves every "yesterday" in the text. The
# bounds are fixed because htmldate's own reach up to today.
_DATES = {
    "extensive_search": False,
    "original_date": True,
    "min_date": "1800-01-01",
    "max_date": "9999-12-31",
}


def is_page(data: bytes) -> bool:
    """Whether bytes begin as an HTML page does.

    >>> is_page(b"<!DOCTYPE html><p>"), is_page(b"The port opened.")
    (True, False)
    """
    return bool(_PAGE.match(data[:2000]))


def read_page(data: bytes, where: str, *, charset: str = "") -> tuple[str, Details]:
    """Give the text of the article on a page and what the page's metadata say of it.

    Comments of readers and tables are left out. `charset` is the one the page was sent with. Raises
    `MissingExtra` without the extra `web`, `ArticleTooLarge` over 10 MB, 200,000 elements or 2,000 attributes
    of one of them, what `decode_page` raises, and `EmptyArticle` for a page without an article.
    """
    try:
        from trafilatura import bare_extraction
    except ImportError as error:
        raise MissingExtra(
            "pages are read with trafilatura, which is not installed",
            where=where,
            remedy="Install it with `pip install 'musnad[web]'`, or save the page as text.",
        ) from error
    refuse_large(len(data), where, largest=LARGEST_PAGE)
    source = decode_page(data, where, charset=charset)
    _refuse_crowded(source, where)
    try:
        found: Any = bare_extraction(
            source,
            include_comments=False,
            include_tables=False,
            with_metadata=True,
            date_extraction_params=dict(_DATES),
            config=_settings(),
        )
    except Exception as error:  # pages come in every state, and parsers have limits
        raise UnreadableArticle(
            f"the page cannot be parsed ({type(error).__name__}: {error})",
            where=where,
            remedy="Save the text of the article as .txt.",
        ) from error
    text = (found.text or "") if found is not None else ""
    if not text.strip():
        raise EmptyArticle(
            "there is no article on this page", where=where, remedy="Save the text of the article as .txt."
        )
    address = found.url or ""
    return text, Details(
        lang=_language(source, text),
        outlet=_line(found.sitename),
        title=_line(found.title),
        date=found.date or "",
        url=address if is_address(address) else "",
    )


def _refuse_crowded(source: str, where: str) -> None:
    for tag in _TAG.finditer(source):
        attributes = tag[1]
        if len(attributes) < 2 * MOST_ATTRIBUTES:  # a space and a letter for each
            continue
        if sum(1 for _ in _ATTRIBUTE.finditer(attributes)) > MOST_ATTRIBUTES:
            raise ArticleTooLarge(
                f"an element of the page has over {MOST_ATTRIBUTES} attributes, which no article has",
                where=where,
                remedy="Save the text of the article as .txt.",
            )


@cache
def _settings() -> ConfigParser:
    """Give trafilatura's settings with no least length, below which it runs all paragraphs together."""
    from copy import deepcopy

    from trafilatura.settings import DEFAULT_CONFIG

    settings = deepcopy(DEFAULT_CONFIG)
    settings["DEFAULT"]["MIN_EXTRACTED_SIZE"] = "1"
    settings["DEFAULT"]["MAX_TREE_SIZE"] = str(LARGEST_TREE)
    return settings


def _language(source: str, text: str) -> str:
    """Give the language the page names, where its script bears it out: templates name one for all pages."""
    named = _ROOT_LANGUAGE.search(source, 0, 4096)
    language = named[1].lower() if named else ""
    return language if language == script_of(text) else ""


def _line(value: str | None) -> str:
    return " ".join((value or "").split())
