"""Arabic: numbers with their nouns, times, and the words around a proposition; named as in English."""

from __future__ import annotations

from functools import cache
from typing import Final

from musnad.graph.wording.values import Number
from musnad.speech.lexicon import LEXICA, read_table

AND: Final = (" و", " و")
ONLY: Final = " فقط"
BLANK: Final = "…"
PHASE: Final = "المرحلة {0}"
LAST_PHASE: Final = "المرحلة {0} وهي الأخيرة"
ROLE: Final = "بالنسبة إلى {0}"
SCOPE: Final = (" (", "، ", ")")
TENSES: Final = {"past": "في الماضي", "future": "في المستقبل"}
STANDS: Final = {
    ("affirmed", "asserted"): "{0}",
    ("affirmed", "planned"): "من المخطط أن {0}",
    ("affirmed", "possible"): "من الممكن أن {0}",
    ("affirmed", "undetermined"): "لم يُحسم هل {0}",
    ("denied", "asserted"): "يُنفى أن {0}",
    ("denied", "planned"): "يُنفى أن {0} (مخطط له)",
    ("denied", "possible"): "يُنفى أن {0} (ممكن)",
    ("denied", "undetermined"): "يُنفى أن {0} (غير محسوم)",
}
OPEN_QUESTION: Final = "لم يُحسم: {0}"

AMOUNTS: Final = {
    "exact": "{0}",
    "approx": "نحو {0}",
    "at-least": "ما لا يقل عن {0}",
    "more-than": "أكثر من {0}",
    "at-most": "ما لا يزيد على {0}",
    "fewer-than": "أقل من {0}",
    "range": "من {0} إلى {1}",
}
VAGUE: Final = {
    "dozens": "عشرات ال{0}",
    "hundreds": "مئات ال{0}",
    "thousands": "آلاف ال{0}",
    "several": "عدة {0}",
}
UNKNOWN_AMOUNT: Final = "عدد غير معروف من ال{0}"

PREPOSITIONS: Final = ("في",)
AT_DAY: Final = "في {0}"
AT: Final = "في {0}"
BY: Final = "بحلول {0}"
FROM_TO: Final = "من {0} إلى {1}"
UNTIL: Final = "حتى {0}"
SINCE: Final = "ابتداء من {0}"
ABOUT: Final = "نحو {0}"
PERHAPS: Final = "ربما {0}"
SEASONS: Final = ("ربيع", "صيف", "خريف", "شتاء")
DECADE: Final = "عقد {0}"


def write_year(year: str) -> str:
    """Write a year as it follows the word for "in"."""
    return f"عام {year}"


def write_number(value: Number) -> str:
    """Write a number in the digits 0 to 9, as Iraqi and Levantine news do."""
    return str(value)


def count(value: Number, noun: str) -> str:
    """Write a number with its noun in the form that the number asks for.

    The noun stands alone for one, in the dual for two, in the plural from three to ten, in the accusative
    from eleven to ninety-nine, and in the genitive of the singular after hundreds and thousands. The case is
    that of an object or after a preposition, which is where predicates put their values.

    >>> count(2, "قاعدة"), count(10, "كيلومتر"), count(20, "شخص"), count(500, "شخص")
    ('قاعدتين', '10 كيلومترات', '20 شخصا', '500 شخص')
    """
    written = write_number(value)
    if value == 1:
        return f"{noun} {'واحدة' if noun.endswith('ة') else 'واحد'}" if _countable(noun) else f"1 {noun}"
    if value == 2 and _countable(noun):
        return f"{noun[:-1]}تين" if noun.endswith("ة") else f"{noun}ين"
    last = value % 100
    if 3 <= last <= 10:
        return f"{written} {plural(noun)}"
    if 11 <= last <= 99 and not noun.endswith("ة") and f"{noun}ا" in _forms().get(noun, ()):
        return f"{written} {noun}ا"
    return f"{written} {noun}"


def plural(noun: str) -> str:
    """Give the plural of a noun in the genitive, or the noun itself where the tables have no other form."""
    forms = _forms().get(noun, ())
    regular = f"{noun}ين"
    return regular if regular in forms else next(iter(forms), noun)


def plural_of_many(noun: str) -> str:
    """Give a noun as it follows عشرات ال."""
    return plural(noun)


def _countable(noun: str) -> bool:
    return " " not in noun and not noun.startswith("بال")


@cache
def _forms() -> dict[str, tuple[str, ...]]:
    """Give the plural and the other forms of each noun of the tables of units."""
    rows = read_table(LEXICA / "ar" / "units.tsv")
    return {row["noun"]: tuple(form.replace("+", " ") for form in row["forms"].split()) for row in rows}
