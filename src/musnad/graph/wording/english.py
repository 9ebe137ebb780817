"""English: numbers with their nouns, times, and the words around a proposition."""

from __future__ import annotations

from typing import Final

from musnad.graph.wording.values import Number

AND: Final = (", ", " and ")
ONLY: Final = " only"
BLANK: Final = "…"
PHASE: Final = "phase {0}"
LAST_PHASE: Final = "phase {0}, the last"
ROLE: Final = "with respect to {0}"
SCOPE: Final = (" (", ", ", ")")
TENSES: Final = {"past": "in the past", "future": "in the future"}
STANDS: Final = {
    ("affirmed", "asserted"): "{0}",
    ("affirmed", "planned"): "it is planned that {0}",
    ("affirmed", "possible"): "it is possible that {0}",
    ("affirmed", "undetermined"): "it is not settled whether {0}",
    ("denied", "asserted"): "it is denied that {0}",
    ("denied", "planned"): "it is denied that {0} (planned)",
    ("denied", "possible"): "it is denied that {0} (possible)",
    ("denied", "undetermined"): "it is denied that {0} (not settled)",
}
OPEN_QUESTION: Final = "it is not settled: {0}"

AMOUNTS: Final = {
    "exact": "{0}",
    "approx": "about {0}",
    "at-least": "at least {0}",
    "more-than": "more than {0}",
    "at-most": "at most {0}",
    "fewer-than": "fewer than {0}",
    "range": "{0} to {1}",
}
VAGUE: Final = {
    "dozens": "dozens of {0}",
    "hundreds": "hundreds of {0}",
    "thousands": "thousands of {0}",
    "several": "several {0}",
}
UNKNOWN_AMOUNT: Final = "an unknown number of {0}"

# Where a preposition before the place of a value meets a time that brings its own.
PREPOSITIONS: Final = ("on", "in", "at", "by")
AT_DAY: Final = "on {0}"
AT: Final = "in {0}"
BY: Final = "by {0}"
FROM_TO: Final = "from {0} to {1}"
UNTIL: Final = "until {0}"
SINCE: Final = "from {0} on"
ABOUT: Final = "about {0}"
PERHAPS: Final = "perhaps {0}"
SEASONS: Final = ("spring", "summer", "autumn", "winter")
DECADE: Final = "the {0}s"

_PLURALS: Final = {
    "man": "men", "woman": "women", "child": "children", "foot": "feet", "per cent": "per cent",
    "percent": "percent", "person": "persons",
}  # fmt: skip


def write_year(year: str) -> str:
    """Write a year as it follows the word for "in"."""
    return year


def write_number(value: Number) -> str:
    """Write a number with a comma between thousands.

    >>> write_number(2000)
    '2,000'
    """
    return f"{value:,}"


def count(value: Number, noun: str) -> str:
    """Write a number with its noun.

    >>> count(1, "base"), count(500, "person")
    ('1 base', '500 persons')
    """
    return f"{write_number(value)} {noun if value == 1 else plural(noun)}"


def plural(noun: str) -> str:
    """Give the plural of the last word of a noun.

    >>> plural("police officer"), plural("bus"), plural("policewoman"), plural("city")
    ('police officers', 'buses', 'policewomen', 'cities')
    """
    if noun in _PLURALS:
        return _PLURALS[noun]
    if noun.endswith("man"):
        return f"{noun[:-3]}men"
    if noun.endswith(("s", "x", "z", "ch", "sh")):
        return f"{noun}es"
    if noun.endswith("y") and noun[-2:-1] not in "aeiou":
        return f"{noun[:-1]}ies"
    return f"{noun}s"


def plural_of_many(noun: str) -> str:
    """Give a noun as it follows "dozens of"."""
    return plural(noun)
