"""What a text itself says of its publication: the day and the agency that stand in its dateline."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from musnad.text.folding import fold
from musnad.text.segments import segment
from musnad.text.tokens import tokenize

__all__ = ["Publication", "find_publication"]

_HEAD = 2000  # code points: datelines are looked for in the first two paragraphs, and are short
_TWO_PARAGRAPHS = re.compile(r"(?:\s*\S[^\n]*){0,2}")
_YEAR_FIRST = re.compile(r"(?<!\d)(\d{4})[-/](\d{1,2})[-/](\d{1,2})(?!\d)")
_YEAR_LAST = re.compile(r"(?<!\d)(\d{1,2})[-/](\d{1,2})[-/](\d{4})(?!\d)")
_BRACKETS = re.compile(r"\(([^()]{2,40})\)")
_ARABIC = re.compile("[\u0620-\u064a]")
# What tells a medium from the place that stands beside it.
_MEDIA_WORDS = """
وكاله وكالات نيوز صحيفه جريده قناه اذاعه برس موقع شبكه تلفزيون مجله
news agency times post press radio tv herald tribune gazette daily broadcasting network journal
"""
_MEDIA = frozenset(_MEDIA_WORDS.split())


@dataclass(frozen=True, slots=True)
class Publication:
    """The day (YYYY-MM-DD) and the agency of a dateline; empty where it has none."""

    date: str = ""
    agency: str = ""


def find_publication(text: str) -> Publication:
    """Read the dateline of a text.

    The agency is what stands in brackets, or, beside a date, the part that calls itself a medium. Of the
    figures of 10/11/2025 the day comes first in Arabic; in English that is said only where it can be told.

    >>> find_publication("date 2024-05-01 وكالة الساحل- البصرة")
    Publication(date='2024-05-01', agency='وكالة الساحل')
    >>> find_publication("BASRA, Iraq (Coast News) - The port opened.").agency
    'Coast News'
    """
    head = fold(text[:_HEAD])
    two = _TWO_PARAGRAPHS.match(head.text)
    assert two is not None  # it matches nothing too
    folded = fold(text[: head.raw_span(0, two.end())[1]])
    tokens = tokenize(folded)
    day = agency = ""
    for paragraph in segment(folded, tokens)[:2]:
        if paragraph.body == paragraph.start:
            continue
        first, last = tokens[paragraph.start].start, tokens[paragraph.body - 1].end
        raw = folded.raw[slice(*folded.raw_span(first, last))]
        found, rest = _take_date(raw, folded.text[first:last])
        day = day or found
        agency = agency or _agency(raw, rest)
    return Publication(day, agency)


def _take_date(raw: str, line: str) -> tuple[str, str]:
    """Give the date of a line and the rest of the line as written; folding keeps digits in their places."""
    found = _YEAR_FIRST.search(line)
    if found:
        year, month, day = (int(part) for part in found.groups())
    elif found := _YEAR_LAST.search(line):
        day, month, year = (int(part) for part in found.groups())
        if month > 12:
            day, month = month, day
        elif day <= 12 and day != month and not _ARABIC.search(raw):
            return "", ""
    if not found:
        return "", ""
    try:
        iso = date(year, month, day).isoformat()
    except ValueError:
        return "", ""
    # Marks that fold away would shift the place; a line that has them is not cut.
    return iso, raw[found.end() :] if len(raw) == len(line) else ""


def _agency(raw: str, rest: str) -> str:
    bracketed = _BRACKETS.search(raw)
    if bracketed:
        return bracketed[1].strip()
    for part in re.split("[-–—|/]", rest):
        if _MEDIA & set(fold(part).text.split()):
            return part.strip(" \t،,:.()")
    return ""
