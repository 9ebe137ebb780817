"""Times by the names of months and years: 7 شباط/ فبراير, May 7, مطلع عام 2015, last year, summer 2018."""

from __future__ import annotations

from dataclasses import replace

from musnad.meaning.date_expressions import ARABIC, MODERN, DateContext, Expression, read_year_figure

__all__ = ["read_day_month", "read_month", "read_unit", "read_year"]

_ORDINAL_ENDINGS = ("st", "nd", "rd", "th")


# What may stand between the first and the last of several days of a month.
_TO = frozenset({"-", "و", "to", "الي", "حتي"})


def read_day_month(context: DateContext, at: int, cut: int = 0, stem: str | None = None) -> Expression | None:
    """Read a day before its month: 7 February/شباط, the 5th of May, السابع من شباط.

    `stem` is the word at `at` without its clitics, None for a number.
    """
    p = context.pieces
    found = _day_number(context, at) if stem is None else _day_ordinal(context, at, stem)
    if found is None:
        return None
    day, last_day, after = found
    if p.word(after) in ("من", "of") or context.is_in("month", p.word(after)):
        after += 1
        if context.is_in("month", p.word(after)):
            after += 1
    if not p.same_sentence(at, after):
        return None
    month = _month(context, after, p.text[after])
    if month is None or (p.text[after] < ARABIC and not p.capital[after]):
        return None
    end, number, _ = month
    expression = Expression(at, end - 1, "day-month", cut, day=day, last_day=last_day, month=number)
    return _with_year(context, expression)


def _day_number(context: DateContext, at: int) -> tuple[int, int | None, int] | None:
    """Read a day in figures, or two joined by a hyphen; give the piece after them."""
    p = context.pieces
    text = p.text[at]
    if not text.isdecimal() or len(text) > 2 or not 1 <= int(text) <= 31:
        return None
    if p.glued[at] and p.word(at - 1) in ("-", "/", ":", "."):
        return None
    after, last = at + 1, None
    spread = p.word(after) in _TO or (p.word(after) == "and" and p.word(at - 1) == "between")
    if spread and (last := _later_day(context, int(text), after + 1)) is not None:
        after += 2
    if p.word(after) in _ORDINAL_ENDINGS and p.glued[after]:
        after += 1
    return int(text), last, after


def _later_day(context: DateContext, day: int, at: int) -> int | None:
    """Read the last of several days in figures: 3-5 May, من 10 إلى 12 أيار."""
    figure = context.pieces.word(at)
    return int(figure) if figure.isdecimal() and len(figure) <= 2 and day < int(figure) <= 31 else None


def _day_ordinal(context: DateContext, at: int, stem: str) -> tuple[int, int | None, int] | None:
    found = context.phrase("ordinal", at, stem)
    if found is None or context.pieces.word(found[0]) != "من":
        return None
    return int(found[1]), None, found[0]


def _month(context: DateContext, at: int, stem: str) -> tuple[int, int, bool] | None:
    """Read a month, or one in two traditions; give the piece after, its number, and if it surely is one."""
    p = context.pieces
    found = context.words.months.longest(p, at, stem)
    if found is None:
        return None
    end, month = found
    if month.short:
        end += p.word(end) == "." and p.glued[end]
        return (end, month.number, False) if p.capital[at] else None
    closing = {"/": "", "-": "", "(": ")"}.get(p.word(end))
    if closing is not None and end + 1 < len(p) and p.kind[end + 1] == "word":
        other = context.words.months.longest(p, end + 1)
        # Two traditions of one month; newsrooms mistake one at times, and the first is meant.
        if other is not None and p.word(other[0]).startswith(closing):
            return other[0] + bool(closing), month.number, True
    return end, month.number, month.sure


def _with_year(context: DateContext, found: Expression) -> Expression:
    """Take a year or a relative word after a month along: 2014, الماضي, من العام الماضي."""
    p = context.pieces
    after = found.last + 1
    if (p.word(after) in (",", "،") and found.day is not None) or p.word(after) in ("من", "of"):
        after += 1
    unit = after
    if context.is_in("year", p.word(after)):
        after += 1
    year = read_year_figure(p.word(after))
    if year is not None and p.same_sentence(found.first, after) and not context.is_counted(after):
        return replace(found, last=after + _has_era(context, after), year=year)
    relative = context.phrase("relative", found.last + 1)
    if relative is not None and p.text[found.last + 1] > ARABIC:
        return replace(found, last=relative[0] - 1, relative=relative[1])
    if p.same_sentence(found.first, unit):
        of = read_unit(context, unit, p.text[unit])
        if of is not None and of.unit == "year" and p.same_sentence(found.first, of.last):
            return replace(found, last=of.last, unit="year", relative=of.relative)
    return found


def _has_era(context: DateContext, at: int) -> bool:
    """Whether the letter for the common era stands on a year: ٢٠٢٤م."""
    return context.pieces.word(at + 1) == "م" and context.pieces.glued[at + 1]


def read_month(context: DateContext, at: int, stem: str, cut: int, clitics: str) -> Expression | None:
    """Read a month with what stands around it: مطلع شهر شباط 2020, last September, May 7, 2014."""
    p = context.pieces
    first, part, relative = at, "", ""
    if stem > ARABIC:
        if (found := context.phrase("part", at, stem)) is not None:
            at, part = found
            stem = p.word(at)
    elif (found := context.phrase("relative", at, stem)) is not None:
        at, relative = found
        stem = p.word(at)
    named = context.is_in("month", stem)
    if named:
        at += 1
        stem = p.word(at)
    if not p.same_sentence(first, at) or p.kind[at] != "word":
        return None
    month = _month(context, at, stem)
    latin = stem < ARABIC
    if month is None or (latin and not p.capital[at]):
        return None
    end, number, sure = month
    expression = Expression(first, end - 1, "month", cut, month=number, part=part, relative=relative)
    if latin and not relative and (day := _day_after(context, end)) is not None:
        last = _later_day(context, day[0], day[1] + 2) if p.word(day[1] + 1) in _TO else None
        until = day[1] + 2 if last is not None else day[1]
        days = replace(expression, last=until, day=day[0], last_day=last, rule="month-day")
        return _with_year(context, days)
    found_year = _with_year(context, expression)
    shortened = context.words.months.longest(p, at, stem)
    if shortened is not None and shortened[1].short:
        return found_year if found_year.year is not None else None
    evident = sure or named or bool(part) or bool(relative) or found_year.last > expression.last
    return found_year if evident or _stands_for_month(context, first, clitics, latin=latin) else None


def _day_after(context: DateContext, at: int) -> tuple[int, int] | None:
    """Read the day after an English month: May 7; not May 7,000, nor a time."""
    p = context.pieces
    day = p.word(at)
    if not day.isdecimal() or len(day) > 2 or not 1 <= int(day) <= 31:
        return None
    if at + 1 < len(p) and p.glued[at + 1] and p.text[at + 1] in (":", "%"):
        return None
    return int(day), at + (p.word(at + 1) in _ORDINAL_ENDINGS and p.glued[at + 1])


def _stands_for_month(context: DateContext, at: int, clitics: str, *, latin: bool) -> bool:
    """Whether a preposition stands before a word that may also mean something else (مارس, آب, May)."""
    p = context.pieces
    if latin:
        return context.is_in("before-month", p.word(at - 1))
    if p.text[at] == "اب" and not p.raw_span(at, at)[2].startswith("آ"):
        return False
    return context.follows_preposition(at) or clitics in ("ل", "ول")


def read_year(context: DateContext, at: int, stem: str, cut: int) -> Expression | None:
    """Read a year that a word announces: عام 2014, مطلع 2015, summer 2018."""
    p = context.pieces
    first, part, season = at, "", ""
    if stem > ARABIC and (found := context.phrase("part", at, stem)) is not None:
        at, part = found
        stem = p.word(at)
    if (found := context.phrase("season", at, stem)) is not None:
        at, season = found
        at += p.word(at) == "of"
        stem = p.word(at)
    named = context.is_in("year", stem)
    at += named
    year = read_year_figure(p.word(at))
    if year is None or not (named or part or season) or not p.same_sentence(first, at):
        return None
    if not named and (year not in MODERN or context.is_counted(at)):
        return None
    last = at + _has_era(context, at)
    return Expression(first, last, "year", cut, year=year, part=part, season=season)


def read_unit(context: DateContext, at: int, stem: str, cut: int = 0) -> Expression | None:
    """Read a year or month by its distance: last year, earlier this month, العام الماضي, هذا الشهر."""
    p = context.pieces
    first, part = at, ""
    if (found := context.phrase("part", at, stem)) is not None:
        at, part = found
        stem = p.word(at)
    if not p.same_sentence(first, at):
        return None
    if stem < ARABIC or context.is_in("this", stem):
        relative = context.phrase("relative", at, stem) if stem < ARABIC else (at + 1, "present")
        unit = context.phrase("unit", at + 1) if relative is not None else None
        if relative is None or unit is None:
            return None
        return Expression(first, at + 1, "unit", cut, unit=unit[1], relative=relative[1], part=part)
    unit = context.phrase("unit", at, stem)
    if unit is None:
        return None
    relative = context.phrase("relative", at + 1)
    if relative is not None:
        last = relative[0] - 1
        year = read_year_figure(p.word(last + 1)) if unit[1] == "year" else None
        if year is not None and not context.is_counted(last + 1):
            return Expression(first, last + 1, "year", cut, year=year, part=part)
        return Expression(first, last, "unit", cut, unit=unit[1], relative=relative[1], part=part)
    # "at the end of the year" is the article's own, unless a noun follows (نهاية العام الدراسي).
    ends = at + 1 >= len(p) or p.kind[at + 1] not in ("word", "number")
    if part and unit[1] == "year" and ends:
        return Expression(first, at, "unit", cut, unit="year", relative="present", part=part)
    return None
