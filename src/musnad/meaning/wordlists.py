"""The tables of `lexica/` that values are read with: months, number words, limiters, units, place words.

Both languages are loaded together, since the script of a word tells which table it is in.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from musnad.meaning.pieces import Phrases
from musnad.speech.lexicon import LEXICA, LexiconError, read_table
from musnad.text.folding import fold_text

__all__ = ["Policy", "Unit", "Wordlists", "load_wordlists"]

LANGUAGES = ("ar", "en")


@dataclass(frozen=True, slots=True)
class Policy:
    """How a wording becomes an interval: each bound as the number's factor and the count added to it."""

    name: str
    kind: str
    lower: tuple[float, float] | None
    upper: tuple[float, float] | None


@dataclass(frozen=True, slots=True)
class Unit:
    """What a noun counts: the unit, the role it gives (killed, wounded), and if it is `measured` in parts."""

    name: str
    role: str = ""
    measured: bool = False


@dataclass(frozen=True, slots=True)
class Number:
    """A number word: its value and what it may be joined with."""

    value: float
    kind: str


@dataclass(frozen=True, slots=True)
class Month:
    """A month name; not `sure` when the word has other meanings. A `short` one needs a day or a year."""

    number: int
    sure: bool
    short: bool = False


@dataclass(frozen=True, slots=True, eq=False)
class Wordlists:
    """All tables for values, keyed by folded words."""

    months: Phrases[Month]
    weekdays: dict[str, int]
    date_words: dict[str, Phrases[str]]
    date_starts: frozenset[str]
    numbers: Phrases[Number]
    magnitudes: dict[str, float]
    limiters: Phrases[str]
    limiters_after: Phrases[str]
    changes: frozenset[str]
    units: dict[str, Unit]
    singulars: frozenset[str]
    duals: dict[str, Unit]
    policies: dict[str, Policy]
    place_words: dict[str, Phrases[str]]
    demonyms: dict[str, str]
    organisations: Phrases[bool]


# Units with parts: "more than 3 hours" leaves no gap above 3, "more than 3 soldiers" begins at 4.
_MEASURED = """
hour minute second day week month year decade century kilometre metre mile centimetre foot inch yard acre
hectare dunam feddan tonne kilogram gram litre barrel megawatt degree percent
dollar dinar euro pound lira riyal dirham rouble toman shekel
"""
MEASURED = frozenset(_MEASURED.split())


@lru_cache(maxsize=4)
def load_wordlists(extra: Path | None = None) -> Wordlists:
    """Give the tables for values, with the rows of a folder `extra/<language>` added.

    Raises:
        LexiconError: when a table is malformed.

    >>> load_wordlists().weekdays["الخميس"]
    4

    """
    folders = [LEXICA] + ([extra] if extra is not None else [])

    def table(name: str) -> Iterator[dict[str, str]]:
        for folder in folders:
            for language in LANGUAGES:
                if (folder / language / name).is_file():
                    yield from read_table(folder / language / name)

    units, duals = _units(table)
    classes = _classes(table("date-words.tsv"))
    limiters = list(table("limiters.tsv"))
    months = Phrases(
        (row["name"], Month(int(row["month"]), row["sure"] == "yes", row["tradition"] == "short"))
        for row in table("months.tsv")
    )
    weekdays = {_folded(row["name"]): int(row["weekday"]) for row in table("weekdays.tsv")}
    return Wordlists(
        months=months,
        weekdays=weekdays,
        date_words=classes,
        date_starts=_date_starts(classes, months, weekdays),
        numbers=Phrases(_number_forms(table("numbers.tsv"))),
        magnitudes={
            _folded(form): float(row["value"])
            for row in table("numbers.tsv")
            if row["class"] == "magnitude"
            for form in row["forms"].split()
        },
        limiters=Phrases((row["words"], row["policy"]) for row in limiters if row["place"] == "before"),
        limiters_after=Phrases((row["words"], row["policy"]) for row in limiters if row["place"] == "after"),
        changes=frozenset(_folded(row["words"]) for row in limiters if row["policy"] == "change"),
        units=units,
        singulars=frozenset(_folded(row["noun"]) for row in table("units.tsv")),
        duals=duals,
        policies={row["policy"]: _policy(row) for row in read_table(LEXICA / "quantity-policies.tsv")},
        place_words=_classes(table("place-words.tsv")),
        demonyms=dict(_demonyms(table("demonyms.tsv"))),
        organisations=Phrases((row["name"], True) for row in table("organisations.tsv")),
    )


def _folded(text: str) -> str:
    return fold_text(text).strip()


def _classes(rows: Iterator[dict[str, str]]) -> dict[str, Phrases[str]]:
    classes: dict[str, list[tuple[str, str]]] = {}
    for row in rows:
        classes.setdefault(row["class"], []).append((row["word"], row["value"]))
    return {name: Phrases(entries) for name, entries in classes.items()}


# The classes of date-words.tsv that a time can begin with; the others stand before or after one.
STARTS = [
    "offset",
    "step",
    "decade",
    "day",
    "day-part",
    "part",
    "month",
    "relative",
    "ordinal",
    "year",
    "season",
    "unit",
    "this",
]


def _date_starts(
    classes: dict[str, Phrases[str]], months: Phrases[Month], weekdays: dict[str, int]
) -> frozenset[str]:
    """Give every word a time can begin with: most words of a text are none, and cost one look-up."""
    starts = (word for name in STARTS if name in classes for word in classes[name].first_words)
    return frozenset([*starts, *months.first_words, *weekdays])


def _number_forms(rows: Iterator[dict[str, str]]) -> Iterator[tuple[str, Number]]:
    for row in rows:
        if row["class"] != "magnitude":
            for form in row["forms"].split():
                yield form.replace("+", " "), Number(float(row["value"]), row["class"])


def _units(table: Callable[[str], Iterator[dict[str, str]]]) -> tuple[dict[str, Unit], dict[str, Unit]]:
    units: dict[str, Unit] = {}
    duals: dict[str, Unit] = {}
    for row in table("units.tsv"):
        unit = Unit(row["unit"], row["role"], row["unit"] in MEASURED)
        noun = _folded(row["noun"])
        for form in (noun, *(_folded(form.replace("+", " ")) for form in row["forms"].split())):
            units.setdefault(form, unit)
        if row["dual"] == "no":
            continue
        feminine = row["noun"].endswith("ة")
        stem = noun[:-1] + "ت" if feminine else noun
        ends = (
            ["ان", "اه", "اها", "اهم"]
            if row["dual"] == "an"
            else ["ان", "ين", "اه", "اها", "اهم", "يه", "يها", "يهم"]
        )
        # A feminine noun before its genitive (طائرتا، طائرتي) is not mistaken for another form.
        for end in [*ends, *(["ا", "ي"] if feminine else [])]:
            # بلدان is also the plural of بلد: what is a plural as well is left to it.
            if stem + end not in units and not (end in ("يه", "يها", "يهم") and not feminine):
                duals[stem + end] = unit
    return units, duals


def _policy(row: dict[str, str]) -> Policy:
    return Policy(row["policy"], row["kind"], _bound(row, "lower"), _bound(row, "upper"))


def _bound(row: dict[str, str], column: str) -> tuple[float, float] | None:
    cells = row[column].split()
    try:
        match cells:
            case []:
                return None
            case ["x"]:
                return 1.0, 0.0
            case ["x", factor]:
                return float(factor), 0.0
            case ["x", "+" | "-" as sign, count]:
                return 1.0, float(sign + count)
            case [number]:
                return 0.0, float(number)
    except ValueError:
        pass
    raise LexiconError(
        f"{row[column]!r} is not a bound",
        where=f"quantity-policies.tsv, {row['policy']}",
        remedy="Write a number, x, x 0.9, x + 1 or x - 1.",
    )


def _demonyms(rows: Iterator[dict[str, str]]) -> Iterator[tuple[str, str]]:
    for row in rows:
        adjective = _folded(row["adjective"])
        yield adjective, row["country"]
        if adjective.startswith("ال") and adjective.endswith("ه"):
            for form in (adjective[:-1], adjective[2:], adjective[2:-1]):
                yield form, row["country"]
