"""A time as a text words it, before any calendar is asked, and what its readers share."""

from __future__ import annotations

from dataclasses import dataclass

from musnad.meaning.pieces import Pieces, cut_clitics
from musnad.meaning.wordlists import Wordlists

__all__ = ["ARABIC", "MODERN", "DateContext", "Expression", "read_year_figure"]

ARABIC = "\u0600"
FIRST_YEAR, LAST_YEAR = 1000, 2199
# A bare four-digit number is a year only where newsrooms write about.
MODERN = range(1900, 2100)


@dataclass(frozen=True, slots=True)
class Expression:
    """A time as worded: the pieces `first` to `last` inclusive, `cut` code points of clitics left out.

    `relative` is past, present or future (last, this, next); `offset` counts days from the article's date,
    `step` from the date before it in the text; `unit` is year or month in "last year". `hinted_future` says
    that a word before it, in its sentence, speaks of what is to come.
    """

    first: int
    last: int
    rule: str
    cut: int = 0
    day: int | None = None
    last_day: int | None = None
    month: int | None = None
    year: int | None = None
    last_year: int | None = None
    weekday: int | None = None
    relative: str = ""
    part: str = ""
    unit: str = ""
    offset: int | None = None
    step: int | None = None
    season: str = ""
    decade: str = ""
    hinted_future: bool = False


@dataclass(frozen=True, slots=True)
class DateContext:
    """The text and the tables a reader of dates needs."""

    pieces: Pieces
    words: Wordlists

    def is_in(self, name: str, word: str) -> bool:
        """Whether a class of date-words.tsv has a phrase that begins with the word."""
        return bool(word) and word in self.words.date_words.get(name, ())

    def phrase(self, name: str, at: int, first: str | None = None) -> tuple[int, str] | None:
        """Give the end and the value of the phrase of a class that begins at a piece."""
        table = self.words.date_words.get(name)
        return (
            table.longest(self.pieces, at, first)
            if table is not None and at < len(self.pieces.text)
            else None
        )

    def is_counted(self, at: int) -> bool:
        """Whether a number counts: a counted noun, a magnitude or a per cent sign stands by it.

        "2004 attacks" may be counted, "the 2004 attack" is not.
        """
        p = self.pieces
        after = p.word(at + 1)
        if after == "%" or (after == "في" and p.word(at + 2) in ("المئه", "المائه")):
            return True
        if after in self.words.magnitudes or p.word(at - 1) in ("$", "€", "£"):
            return True
        return after in self.words.units and not (after < ARABIC and after in self.words.singulars)

    def follows_preposition(self, at: int) -> bool:
        """Whether a word that may stand before a year or a month stands before a piece: في, منذ."""
        return any(self.is_in("before-year", stem) for _, stem, _ in cut_clitics(self.pieces.word(at - 1)))


def read_year_figure(text: str) -> int | None:
    """Read four figures as a year, or give None.

    >>> read_year_figure("2026"), read_year_figure("2,026")
    (2026, None)
    """
    if len(text) == 4 and text.isdecimal() and FIRST_YEAR <= int(text) <= LAST_YEAR:
        return int(text)
    return None
