"""EDTF expressions as the earliest and latest date of each end."""

from __future__ import annotations

import re
import warnings
from calendar import monthrange
from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

OPEN_ENDS = ("", "..")
LONGEST = 64  # code points; the library's grammar takes minutes for a set of thousands of years
_PLAIN = re.compile(r"([0-9]{4})(?:-(0[1-9]|1[0-2])(?:-([0-9]{2}))?)?")
_DECADE = re.compile(r"([0-9]{3})X")
# The four seasons of EDTF, as months of the same year.
_SEASON = re.compile(r"([0-9]{4})-2([1-4])")
_SEASONS = {"1": (3, 5), "2": (6, 8), "3": (9, 11), "4": (12, 12)}


@dataclass(frozen=True, slots=True)
class Bounds:
    """When a time starts and ends at the earliest and at the latest; None where it is not known.

    A month is a time of unknown days within it: it starts and ends between its first and last day.
    """

    start_earliest: date | None
    start_latest: date | None
    end_earliest: date | None
    end_latest: date | None


@lru_cache(maxsize=4096)
def read_bounds(edtf: str) -> Bounds:
    """Give the bounds of an EDTF expression (Library of Congress, EDTF 2019, levels 0 and 1).

    Raises `ValueError` for what is not EDTF, is longer than 64 code points, or starts after its end.

    >>> read_bounds("2026-09").end_latest
    datetime.date(2026, 9, 30)
    >>> read_bounds("../2026-09").start_earliest is None
    True
    """
    if len(edtf) > LONGEST or edtf != "".join(edtf.split()):  # the library would pass over spaces
        raise ValueError(f"{edtf[:LONGEST]!r} is not an EDTF date")
    lower, separator, upper = edtf.partition("/")
    if not separator:
        first, last = _day_range(edtf)
        return Bounds(first, last, first, last)
    start = (None, None) if lower in OPEN_ENDS else _day_range(lower)
    end = (None, None) if upper in OPEN_ENDS else _day_range(upper)
    if start == end == (None, None) or (start[0] and end[1] and start[0] > end[1]):
        raise ValueError(f"{edtf!r} is not an interval with its start before its end")
    return Bounds(*start, *end)


def _day_range(expression: str) -> tuple[date, date]:
    with suppress(ValueError):
        plain = _plain_range(expression)
        if plain is not None:
            return plain
    with warnings.catch_warnings():
        # edtf builds its grammar at import, in a way newer pyparsing versions warn of.
        warnings.simplefilter("ignore")
        from edtf import EDTFParseException, parse_edtf
    try:
        value = parse_edtf(expression)
        first, last = value.lower_strict(), value.upper_strict()
        return date(*first[:3]), date(*_month_end(*last[:3]))
    except (EDTFParseException, TypeError, AttributeError, ValueError) as error:
        raise ValueError(f"{expression!r} is not an EDTF date") from error


def _plain_range(expression: str) -> tuple[date, date] | None:
    """Read days, months, years, decades and seasons: nearly all that articles name.

    It takes a thousandth of the time that the grammar does. Raises `ValueError` for what no calendar has.
    """
    plain = _PLAIN.fullmatch(expression)
    if plain is not None:
        year, month, day = plain.groups()
        first = date(int(year), int(month or 1), int(day or 1))
        return first, first if day else _last_day(first.year, int(month or 12))
    decade = _DECADE.fullmatch(expression)
    if decade is not None:
        return date(int(decade[1]) * 10, 1, 1), date(int(decade[1]) * 10 + 9, 12, 31)
    season = _SEASON.fullmatch(expression)
    if season is not None:
        first_month, last_month = _SEASONS[season[2]]
        return date(int(season[1]), first_month, 1), _last_day(int(season[1]), last_month)
    return None


def _last_day(year: int, month: int) -> date:
    return date(year, month, monthrange(year, month)[1])


def _month_end(year: int, month: int, day: int) -> tuple[int, int, int]:
    # edtf accepts 31 for any month's last day in some levels; the calendar has the last word.
    if day > monthrange(year, month)[1]:
        raise ValueError(f"there is no day {day} in month {month} of {year}")
    return year, month, day
