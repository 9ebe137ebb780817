"""Times written in figures alone: 2025-10-11, 11/10/2025, 2014-2016, the 1990s, and a bare year."""

from __future__ import annotations

from collections.abc import Sequence

from musnad.meaning.date_expressions import ARABIC, MODERN, DateContext, Expression, read_year_figure
from musnad.meaning.pieces import Pieces

__all__ = ["read_calendar_figures", "read_figures"]

# What a number may be glued to without being a year: a code, a handle, a price, a time.
_CODES = frozenset("-/:+$€£#@_.&")


def read_figures(context: DateContext, at: int) -> Expression | None:
    """Read a time that begins with a number and names no month."""
    return read_calendar_figures(context.pieces, at) or _day_and_month(context, at) or _years(context, at)


def read_calendar_figures(pieces: Pieces, at: int) -> Expression | None:
    """Read year, month and day in figures, in either order, divided by hyphens, strokes or points."""
    sign = pieces.word(at + 1)
    if sign in ("-", "/"):
        if at + 4 >= len(pieces) or pieces.word(at + 3) != sign or not all(pieces.glued[at + 1 : at + 5]):
            return None
        parts = [pieces.text[at], pieces.text[at + 2], pieces.text[at + 4]]
        last = at + 4
        if pieces.word(at + 5) == sign:
            return None
    else:
        parts, last = pieces.text[at].split("."), at  # 11.10.2025 is one number
    if len(parts) != 3 or not all(part.isdecimal() for part in parts):
        return None
    return _calendar(parts, at, last, latin=_speaks_english(pieces, at))


def _calendar(parts: Sequence[str], first: int, last: int, *, latin: bool) -> Expression | None:
    """Put three numbers in order: the day before the month, unless English has them the other way."""
    if read_year_figure(parts[0]) is not None:
        year, month, day = (int(part) for part in parts)
    elif read_year_figure(parts[2]) is not None:
        day, month, year = (int(part) for part in parts)
        if month > 12 and latin:
            day, month = month, day
    else:
        return None
    if len(parts[1]) > 2 or not (1 <= month <= 12 and 1 <= day <= 31):
        return None
    return Expression(first, last, "figures", day=day, month=month, year=year)


def _speaks_english(pieces: Pieces, at: int) -> bool:
    for index in range(at - 1, max(-1, at - 12), -1):
        if pieces.kind[index] == "word":
            return pieces.text[index] < "\u0250"
    return False


def _day_and_month(context: DateContext, at: int) -> Expression | None:
    """Read day and month in figures where a word or a dateline says so: يوم 3/12, موسكو 15 - 8 (اف ب)."""
    p = context.pieces
    sign, figures = p.word(at + 1), (p.text[at], p.word(at + 2))
    if sign not in ("/", "-") or not all(part.isdecimal() and len(part) <= 2 for part in figures):
        return None
    day, month = int(figures[0]), int(figures[1])
    if not (1 <= day <= 31 and 1 <= month <= 12):
        return None
    dateline = sign == "-" and p.word(at + 3) == "(" and not p.glued[at + 1]
    if not dateline and not context.is_in("day-of-figures", p.word(at - 1)):
        return None
    first = at - (p.word(at - 1) == "يوم")
    relative = context.phrase("relative", at + 3)
    last = at + 2 if relative is None else relative[0] - 1
    return Expression(first, last, "figures", day=day, month=month, relative=relative[1] if relative else "")


def _years(context: DateContext, at: int) -> Expression | None:
    p = context.pieces
    year = read_year_figure(p.text[at])
    if year is None:
        return None
    if year % 10 == 0 and p.word(at + 1) == "s" and p.glued[at + 1]:
        return Expression(at, at + 1, "decade", decade=p.text[at][:3])
    if year not in MODERN:
        return None
    return _range(p, at, year) or _bare_year(context, at, year)


def _range(pieces: Pieces, at: int, year: int) -> Expression | None:
    if at + 2 >= len(pieces) or pieces.text[at + 1] != "-" or not all(pieces.glued[at + 1 : at + 3]):
        return None
    last = read_year_figure(pieces.text[at + 2])
    if (
        last is None
        or last not in MODERN
        or last <= year
        or (pieces.word(at + 3) == "-" and pieces.glued[at + 3])
    ):
        return None
    return Expression(at, at + 2, "years", year=year, last_year=last)


def _bare_year(context: DateContext, at: int, year: int) -> Expression | None:
    p = context.pieces
    if context.is_counted(at):
        return None
    before = p.word(at - 1)
    if p.glued[at] and at:
        if before == "mid":
            return Expression(at - 1, at, "year", year=year, part="mid")
        if before in _CODES or p.kind[at - 1] == "number":
            return None
        if p.kind[at - 1] == "word" and (before < ARABIC or len(before) > 2):
            return None  # a model, not a clitic: F-2016, و2016
    if at + 1 < len(p) and p.glued[at + 1] and p.text[at + 1] in (":", "/", "%"):
        return None
    # 2000 and 1900 are round numbers as well as years: a preposition must say which.
    if year % 100 or not before or before in "(و،," or context.follows_preposition(at):
        return Expression(at, at, "year", year=year)
    return None
