"""The gazetteer: places by their Arabic and English names, each within the next larger one up to its country.

`lexica/gazetteer.tsv` is distilled from GeoNames (CC BY 4.0, see NOTICE); `lexica/places.tsv` is written by
hand and adds what GeoNames lacks.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path

from musnad.speech.lexicon import LEXICA, LexiconError, read_table
from musnad.text.folding import fold_text

__all__ = ["ARTICLES", "Gazetteer", "Name", "Place", "english_key", "load_gazetteer"]

# c country, g governorate or state, d district, t town, s site in or by one; r region and w water have none.
LEVELS = {"c": 0, "g": 1, "d": 2, "t": 3, "s": 4}
_ARTICLES = "al el ar as ash ad an at az adh ath ez es ul ed"
ARTICLES = frozenset(_ARTICLES.split())
_ARAB_WORLD = (
    "Iraq|Syria|Lebanon|Jordan|Palestine|Israel|Egypt|Sudan|South Sudan|Libya|Tunisia|Algeria|Morocco|"
    "Mauritania|Western Sahara|Saudi Arabia|Yemen|Oman|United Arab Emirates|Qatar|Bahrain|Kuwait|Somalia|"
    "Djibouti|Comoros|Iran"
)
ARAB_WORLD = frozenset(_ARAB_WORLD.split("|"))

_FACILITIES = frozenset({"base", "airbase", "airport"})


@dataclass(frozen=True, slots=True)
class Place:
    """A place of the gazetteer.

    `id` is its GeoNames number, or a slug for one written by hand; `name` is unique. `within` is the id of
    the next larger place, empty for countries and for what lies in several. `size` is the number of digits
    of its population. `arabic` is its first Arabic name as the table writes it; a `facility` is a base
    or an airport, as one of its English names says.
    """

    id: str
    name: str
    kind: str
    within: str
    size: int
    arabic: str = ""
    facility: bool = False

    @property
    def level(self) -> int | None:
        """0 country, 1 governorate, 2 district, 3 town, 4 site; None for regions and waters."""
        return LEVELS.get(self.kind)


@dataclass(frozen=True, slots=True)
class Name:
    """A place under one of its names, with what a bare mention of it needs.

    Evidence is `s` none, `m` a preposition, a list of places or a mention elsewhere, `w` a trigger word.
    `whole` has the clitics that may not be cut before it, since the two together are another word (بليون).
    """

    place: Place
    evidence: str
    whole: str = ""


Index = dict[str, list[tuple[tuple[str, ...], list[Name]]]]


@dataclass(frozen=True, slots=True, eq=False)
class Gazetteer:
    """All places, by id, by canonical name, and by the words of their names (the first word is the key)."""

    places: dict[str, Place]
    by_name: dict[str, Place]
    arabic: Index = field(repr=False)
    english: Index = field(repr=False)
    loose: Index = field(repr=False)

    def chain(self, place: Place) -> tuple[Place, ...]:
        """Give what a place lies in, the nearest first, up to its country.

        >>> gazetteer = load_gazetteer()
        >>> [place.name for place in gazetteer.chain(gazetteer.by_name["al-Bab"])]
        ['Aleppo', 'Syria']
        """
        found: list[Place] = []
        while place.within:
            place = self.places[place.within]
            found.append(place)
        return tuple(found)

    def country(self, place: Place) -> str:
        """Give the name of the country a place is or lies in, or nothing."""
        top = (place, *self.chain(place))[-1]
        return top.name if top.kind == "c" else ""


@lru_cache(maxsize=16384)
def english_key(word: str, *, loose: bool = False) -> str:
    """Give a folded English word as names are compared; `loose` also levels the romanisations of Arabic.

    >>> english_key("fallujah", loose=True) == english_key("falluja", loose=True)
    True
    """
    if not word.isascii():
        word = "".join(c for c in unicodedata.normalize("NFD", word) if not unicodedata.combining(c)).replace(
            "ı", "i"
        )
    word = word.replace("'", "").replace(".", "")
    if loose:
        for variant, plain in (
            ("ou", "u"),
            ("oo", "u"),
            ("ee", "i"),
            ("ei", "ai"),
            ("ay", "ai"),
            ("dj", "j"),
            ("q", "k"),
        ):
            word = word.replace(variant, plain)
        word = re.sub(r"(.)\1", r"\1", word)
        word = re.sub(r"(?<=[^aeiou])[ae]h$", "a", word).removesuffix("h")
    return word


@lru_cache(maxsize=4)
def load_gazetteer(extra: Path | None = None) -> Gazetteer:
    """Give the gazetteer, with the rows of `extra/places.tsv` added.

    Raises:
        LexiconError: when a row names a place to lie in that no row has.

    >>> place = load_gazetteer().by_name["Zahle"]
    >>> place.level, [outer.name for outer in load_gazetteer().chain(place)]
    (2, ['Bekaa', 'Lebanon'])
    """
    places: dict[str, Place] = {}
    names: list[tuple[Place, dict[str, str]]] = []
    for row in read_table(LEXICA / "gazetteer.tsv"):
        place = Place(row["id"], row["name"], row["kind"], row["within"], int(row["size"]), _arabic(row))
        places[place.id] = place
        names.append((place, row))
    by_name = {place.name: place for place in places.values()}
    files = [LEXICA / "places.tsv", *([extra / "places.tsv"] if extra is not None else [])]
    rows = [row for file in files if file.is_file() for row in read_table(file)]
    ids = {name: place.id for name, place in by_name.items()} | {
        row["name"]: _slug(row["name"]) for row in rows
    }
    for row in rows:
        if row["within"] and row["within"] not in ids:
            raise LexiconError(
                f"{row['name']} lies in {row['within']}, which is not in the gazetteer",
                where="places.tsv",
                remedy="Write the canonical English name of a place of gazetteer.tsv or places.tsv.",
            )
        # A hand-made row with the name of a GeoNames place replaces what that place was called.
        within = ids.get(row["within"], "")
        known = places.get(ids[row["name"]])
        arabic = _arabic(row) or (known.arabic if known else "")
        place = Place(ids[row["name"]], row["name"], row["kind"], within, 4, arabic, _is_facility(row))
        places[place.id] = by_name[place.name] = place
        names.append((place, row))
    gazetteer = Gazetteer(places, by_name, {}, {}, {})
    for place, row in names:
        _index(gazetteer, place, row)
    for index in (gazetteer.arabic, gazetteer.english, gazetteer.loose):
        for found in index.values():
            found.sort(key=lambda entry: -len(entry[0]))
    return gazetteer


def _arabic(row: dict[str, str]) -> str:
    return next(_names(row["arabic"]), "").rstrip("?")


def _is_facility(row: dict[str, str]) -> bool:
    names = [fold_text(name).split() for name in (row["name"], *_names(row["english"]))]
    # Camp Taji is a base; Yarmouk camp is where people live.
    return row["kind"] == "s" and any(
        words[0] == "camp" or not _FACILITIES.isdisjoint(words) for words in names
    )


def _slug(name: str) -> str:
    return re.sub(r"[^a-z0-9]+", "-", name.lower()).strip("-")


def _index(gazetteer: Gazetteer, place: Place, row: dict[str, str]) -> None:
    arabic, english = row["evidence"][:1], row["evidence"][1:2]
    for name in _names(row["arabic"]):
        weak = name.count("?")
        words = fold_text(name.rstrip("?")).replace("-", " ").split()
        _add(
            gazetteer.arabic,
            words,
            Name(place, ("s", "m", "w")[weak] if weak else arabic, row.get("whole", "")),
        )
    loose = gazetteer.country(place) in ARAB_WORLD
    for name in (place.name.split(",")[0].removesuffix(" City"), *_names(row["english"])):
        words = [
            word
            for word in fold_text(name).replace("-", " ").split()
            if word not in ARTICLES and word != "the"
        ]
        entry = Name(place, english)
        _add(gazetteer.english, [english_key(word) for word in words], entry)
        if loose:
            _add(gazetteer.loose, [english_key(word, loose=True) for word in words], entry)


def _names(cell: str) -> Iterator[str]:
    return (name for name in cell.split("|") if name)


def _add(index: Index, words: Sequence[str], name: Name) -> None:
    if not words:
        return
    found = index.setdefault(words[0], [])
    rest = tuple(words[1:])
    for known, entries in found:
        if known == rest:
            if all(entry.place != name.place for entry in entries):
                entries.append(name)
            return
    found.append((rest, [name]))
