"""Dates: where a text names a time, resolved against the article's date to EDTF, never to an invented day."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache
from typing import Literal

from musnad.meaning.calendar_dates import read_day_month, read_month, read_unit, read_year
from musnad.meaning.date_expressions import DateContext, Expression
from musnad.meaning.numeric_dates import read_figures
from musnad.meaning.pieces import Pieces, Stem, cut_clitics, cut_pieces
from musnad.meaning.relative_dates import hint_future, read_distance, read_weekday
from musnad.meaning.wordlists import Wordlists, load_wordlists
from musnad.text.folding import Folded

__all__ = ["DateMention", "Granularity", "find_dates", "find_expressions", "resolve_dates"]

# A month without a year is of the year of a dated month in its sentence, if the two are that near.
NEAR_MONTHS = 3
Granularity = Literal["day", "month", "season", "year", "decade"]


@dataclass(frozen=True, slots=True)
class DateMention:
    """A time named at `[start:end]` of the untouched text.

    `iso` is the date at its granularity (2026-09), `edtf` the same as EDTF, which also knows seasons and
    decades. `anchor` is the date a relative expression was resolved from. `earliest` and `latest` are the
    first and last day it can mean; `part` (early, mid, late) is kept as worded and narrows neither.
    """

    text: str
    start: int
    end: int
    iso: str
    edtf: str
    granularity: Granularity
    earliest: date
    latest: date
    anchor: str | None = None
    part: str = ""
    rule: str = ""


@dataclass(frozen=True, slots=True)
class _Calendar:
    """A time on the calendar: a year, or a month or day of it; the last year or day of a range."""

    year: int
    month: int | None = None
    day: int | None = None
    last_year: int | None = None
    last_day: int | None = None

    @property
    def weekday(self) -> int:
        return date(self.year, self.month or 1, self.day or 1).isoweekday()

    @property
    def known(self) -> bool:
        return (
            self.day is None
            or 1 <= self.day <= (self.last_day or self.day) <= monthrange(self.year, self.month or 1)[1]
        )


def find_dates(folded: Folded, *, published: date, words: Wordlists | None = None) -> tuple[DateMention, ...]:
    """Find the times a text names, in order, resolved against the day the article was published.

    >>> from musnad.text.folding import fold
    >>> mentions = find_dates(fold("غادروا في آب/ أغسطس الماضي"), published=date(2025, 10, 11))
    >>> [(mention.text, mention.iso, mention.anchor) for mention in mentions]
    [('آب/ أغسطس الماضي', '2025-08', '2025-10-11')]
    """
    words = words or load_wordlists()
    pieces = cut_pieces(folded)
    return resolve_dates(pieces, tuple(find_expressions(pieces, words)), published=published)


def find_expressions(pieces: Pieces, words: Wordlists) -> Iterator[Expression]:
    """Yield the times of a text in order; they do not overlap.

    At each piece the patterns are tried from the most telling to the least, and none looks further than a
    few pieces ahead, so the cost follows the length of the text.
    """
    context = DateContext(pieces, words)
    at, count = 0, len(pieces)
    while at < count:
        found = _read(context, at)
        if found is not None:
            yield hint_future(context, found)
            at = found.last
        at += 1


def _read(context: DateContext, at: int) -> Expression | None:
    pieces = context.pieces
    if pieces.kind[at] == "number":
        return read_day_month(context, at) or read_figures(context, at)
    if pieces.kind[at] == "word":
        for cut, stem, clitics in _starting(pieces.text[at], context.words):
            found = (
                read_distance(context, at, stem, cut, clitics)
                or read_weekday(context, at, stem, cut)
                or read_day_month(context, at, cut, stem)
                or read_month(context, at, stem, cut, clitics)
                or read_year(context, at, stem, cut)
                or read_unit(context, at, stem, cut)
            )
            if found is not None:
                return found
    return None


@lru_cache(maxsize=65536)
def _starting(word: str, words: Wordlists) -> tuple[Stem, ...]:
    """Give the cuts of a word that leave what a time can begin with; most words have none."""
    return tuple(stem for stem in cut_clitics(word) if stem.text in words.date_starts)


def resolve_dates(
    pieces: Pieces, expressions: Sequence[Expression], *, published: date
) -> tuple[DateMention, ...]:
    """Put expressions on the calendar; one that names a day no calendar has is left out."""
    mentions: list[DateMention] = []
    resolver = _Resolver(pieces, published)
    for expression in expressions:
        mention = resolver.resolve(expression)
        if mention is not None:
            mentions.append(mention)
    return tuple(mentions)


class _Resolver:
    """Resolves one date after another, since a date may lean on those before it."""

    def __init__(self, pieces: Pieces, published: date) -> None:
        self.pieces = pieces
        self.published = published
        self.last_day: date | None = None  # of the text so far, for "the next day"
        self.year_of_month: dict[int, int] = {}
        self.anchor: tuple[int, _Calendar] | None = None  # the sentence, and the dated time in it

    def resolve(self, e: Expression) -> DateMention | None:
        if e.decade:
            return self.mention(
                e,
                e.decade + "X",
                "decade",
                date(int(e.decade) * 10, 1, 1),
                date(int(e.decade) * 10 + 9, 12, 31),
            )
        relative = e.year is None
        found = self.place(e)
        if found is None or not found.known or not 1 <= found.year <= 9998:
            return None
        if found.month is not None:
            self.year_of_month.setdefault(found.month, found.year)
        if e.year is not None and found.month is not None:
            self.anchor = (self.pieces.sentence[e.first], found)
        anchor = self.published.isoformat() if relative else None
        if e.step is not None and self.last_day is not None:
            anchor = self.last_day.isoformat()
        if found.day is not None and found.month is not None:
            self.last_day = date(found.year, found.month, found.day)
        return self.write(e, found, anchor)

    def place(self, e: Expression) -> _Calendar | None:
        published = self.published
        if e.year is not None:
            return _Calendar(e.year, e.month, e.day, e.last_year, e.last_day)
        if e.offset is not None:
            day = _of_day(published, e.offset)
            # A named day speaks louder than "yesterday" in an article that was put out later than written.
            if e.weekday is None or day is None or day.weekday == e.weekday:
                return day
        if e.step is not None:
            # Without a dated day before it, "the previous day" is counted from the article's own.
            return _of_day(self.last_day or published, e.step)
        if e.weekday is not None:
            return _of_day(published, self.days_to(e))
        if e.month is None:
            return self.place_unit(e)
        if e.unit == "year":
            shift = {"past": -1, "present": 0, "future": 1}[e.relative]
            return _Calendar(published.year + shift, e.month, e.day, None, e.last_day)
        return _Calendar(self.year_for(e, e.month), e.month, e.day, None, e.last_day)

    def place_unit(self, e: Expression) -> _Calendar | None:
        shift = {"past": -1, "present": 0, "future": 1}.get(e.relative, 0)
        if e.unit == "year":
            return _Calendar(self.published.year + shift)
        if e.unit == "month":
            months = self.published.year * 12 + self.published.month - 1 + shift
            return _Calendar(months // 12, months % 12 + 1)
        return None

    def days_to(self, e: Expression) -> int:
        """Days from publication to a weekday: the nearest past one, unless the words say last or next."""
        assert e.weekday is not None
        back = (self.published.isoweekday() - e.weekday) % 7
        if e.relative == "past":
            return -(back or 7)
        if e.relative == "future" or (e.hinted_future and not e.relative and back):
            return 7 - back
        return -back

    def year_for(self, e: Expression, month: int) -> int:
        """Choose the year of a month that names none."""
        published = self.published
        here = published.year
        later = month > published.month or (
            month == published.month and e.day is not None and e.day > published.day
        )
        same = month == published.month
        if e.relative == "past":
            return here - (later or (same and e.day is None))
        if e.relative == "future":
            earlier = month < published.month or (same and (e.day is None or e.day < published.day))
            return here + earlier
        if e.relative == "present" or same:
            return here
        if self.anchor is not None and self.anchor[0] == self.pieces.sentence[e.first]:
            dated = self.anchor[1]
            for year in (dated.year, dated.year - 1, dated.year + 1):
                if abs((year - dated.year) * 12 + month - (dated.month or 1)) <= NEAR_MONTHS:
                    return year
        if month in self.year_of_month:
            return self.year_of_month[month]
        if e.hinted_future:
            return here + (month < published.month)
        return here - later

    def write(self, e: Expression, found: _Calendar, anchor: str | None) -> DateMention:
        if found.month is None:
            first, last = date(found.year, 1, 1), date(found.last_year or found.year, 12, 31)
            if found.last_year is not None:
                return self.mention(
                    e, f"{found.year:04}/{found.last_year:04}", "year", first, last, anchor=anchor
                )
            edtf = f"{found.year:04}-{e.season}" if e.season else f"{found.year:04}"
            return self.mention(
                e, f"{found.year:04}", "season" if e.season else "year", first, last, anchor=anchor, edtf=edtf
            )
        if found.day is None:
            last = date(found.year, found.month, monthrange(found.year, found.month)[1])
            return self.mention(
                e, f"{found.year:04}-{found.month:02}", "month", last.replace(day=1), last, anchor=anchor
            )
        first = date(found.year, found.month, found.day)
        if found.last_day is None:
            return self.mention(e, first.isoformat(), "day", first, first, anchor=anchor)
        last = first.replace(day=found.last_day)
        return self.mention(e, f"{first.isoformat()}/{last.isoformat()}", "day", first, last, anchor=anchor)

    def mention(
        self,
        e: Expression,
        iso: str,
        granularity: Granularity,
        earliest: date,
        latest: date,
        *,
        anchor: str | None = None,
        edtf: str | None = None,
    ) -> DateMention:
        start, end, text = self.pieces.raw_span(e.first, e.last, cut=e.cut)
        return DateMention(
            text, start, end, iso, edtf or iso, granularity, earliest, latest, anchor, e.part, e.rule
        )


def _of_day(day: date, shift: int) -> _Calendar | None:
    try:
        moved = day + timedelta(days=shift)
    except OverflowError:
        return None
    return _Calendar(moved.year, moved.month, moved.day)
