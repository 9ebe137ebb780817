"""Times in words: an EDTF expression as a reader would say it, with the preposition it takes."""

from __future__ import annotations

import re
from functools import cache
from types import ModuleType
from typing import Final

from musnad.graph.wording import arabic, english
from musnad.graph.wording.values import Language, Moment
from musnad.speech.lexicon import LEXICA, read_table

GRAMMARS: Final[dict[Language, ModuleType]] = {"en": english, "ar": arabic}

# The traditions of month names that are written, in this order, divided by a stroke: أيلول/سبتمبر.
_TRADITIONS: Final[dict[Language, tuple[str, ...]]] = {"en": ("full",), "ar": ("syriac", "gregorian")}
# A date of EDTF levels 0 and 1 (https://www.loc.gov/standards/datetime/) up to the day, or a decade.
_DATE: Final = re.compile(
    r"(?P<year>\d{4}|\d{3}X)(?:-(?P<month>\d\d|XX)(?:-(?P<day>\d\d|XX))?)?(?P<doubt>[?~%]?)"
)
_OPEN: Final = ("", "..")


def say_time(moment: Moment, language: Language) -> str:
    """Give a time with its preposition: an EDTF expression, or else the tense unless that is the present.

    An expression of another kind than dates, months, seasons, years, decades and intervals of these stands
    as it is written.

    >>> say_time(Moment("2026-09", deadline=True), "en")
    'by September 2026'
    >>> say_time(Moment("2026-09", deadline=True), "ar")
    'بحلول أيلول/سبتمبر 2026'
    """
    grammar = GRAMMARS[language]
    if moment.edtf is None:
        tense: str = grammar.TENSES.get(moment.tense, "")
        return tense
    lower, stroke, upper = moment.edtf.partition("/")
    if stroke:
        return _say_interval(lower, upper, language)
    words, exact_day, doubt = _say_date(moment.edtf, language)
    preposition = grammar.AT_DAY if exact_day else grammar.AT
    pattern: str = grammar.BY if moment.deadline else preposition
    said = pattern.format(grammar.ABOUT.format(words) if doubt in ("~", "%") else words)
    return str(grammar.PERHAPS.format(said)) if doubt in ("?", "%") else said


def _say_interval(lower: str, upper: str, language: Language) -> str:
    grammar = GRAMMARS[language]
    ends = [_say_end(end, language) for end in (lower, upper) if end not in _OPEN]
    pattern: str = grammar.FROM_TO
    if lower in _OPEN:
        pattern = grammar.UNTIL
    elif upper in _OPEN:
        pattern = grammar.SINCE
    return pattern.format(*ends)


def _say_end(end: str, language: Language) -> str:
    grammar = GRAMMARS[language]
    words, _, doubt = _say_date(end, language)
    if doubt in ("~", "%"):
        words = grammar.ABOUT.format(words)
    said: str = grammar.PERHAPS.format(words) if doubt in ("?", "%") else words
    return said


def _say_date(expression: str, language: Language) -> tuple[str, bool, str]:
    """Give a date in words, whether it is a day, and the mark of doubt it has."""
    grammar = GRAMMARS[language]
    found = _DATE.fullmatch(expression)
    if found is None:
        return expression, False, ""
    year, month, day, doubt = found.group("year", "month", "day", "doubt")
    if year.endswith("X"):
        known = month is None
        return (grammar.DECADE.format(f"{year[:3]}0") if known else expression), False, doubt
    if month is None or month == "XX":
        return grammar.write_year(year), False, doubt
    number = int(month)
    if 21 <= number <= 24:
        return f"{grammar.SEASONS[number - 21]} {year}", False, doubt
    name = _months(language).get(number)
    if name is None:
        return expression, False, doubt
    if day is None or day == "XX":
        return f"{name} {year}", False, doubt
    return f"{int(day)} {name} {year}", True, doubt


@cache
def _months(language: Language) -> dict[int, str]:
    """Give the month names by number, from the table that dates are read with."""
    names: dict[int, dict[str, str]] = {}
    for row in read_table(LEXICA / language / "months.tsv"):
        # The first name of a tradition is the usual one: أبريل before إبريل.
        names.setdefault(int(row["month"]), {}).setdefault(row["tradition"], row["name"])
    traditions = _TRADITIONS[language]
    return {number: "/".join(found[name] for name in traditions) for number, found in names.items()}
