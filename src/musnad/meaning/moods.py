"""What the words around a predicate do to it: deny it, put it in the future, make it possible."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Literal

from musnad.meaning.actors import match_class
from musnad.meaning.dates import DateMention
from musnad.meaning.frame_matching import Ground
from musnad.meaning.frame_tables import Word

__all__ = ["Modality", "Mood", "Polarity", "Tense", "read_mood", "tense_named", "words_around"]

Polarity = Literal["affirmed", "denied"]
Modality = Literal["asserted", "planned", "possible", "undetermined"]
Tense = Literal["past", "present", "future"]

# How many pieces before a predicate may still negate it or make it possible.
BEFORE = 4
CLASSES = ("negation", "possible", "planned", "undetermined", "past-aux", "future-aux", "drop", "maybe")


@dataclass(frozen=True, slots=True)
class Mood:
    """How a proposition is put: its tense, its modality, and whether it is denied."""

    tense: Tense | None
    modality: Modality
    polarity: Polarity


def words_around(ground: Ground, at: int, inside: Iterable[int], first: int) -> dict[str, Word]:
    """Give the classes of the words that colour what begins at a piece.

    They are those `inside` it, and a few before it, back to the content's `first` piece, a mark, a
    conjunction or a word of class `stop`.
    """
    found: dict[str, Word] = {}
    for near in (*_before(ground, at, first), *inside):
        for group in CLASSES:
            hit = match_class(ground.tables, ground.pieces, near, group)
            if hit is not None:
                found.setdefault(group, hit[1])
    return found


def _before(ground: Ground, first: int, start: int) -> Iterator[int]:
    pieces = ground.pieces
    for at in range(first - 1, max(start, first - BEFORE) - 1, -1):
        if pieces.kind[at] != "word" and pieces.text[at] not in "\"'(":
            return
        if match_class(ground.tables, pieces, at, "stop") is not None:
            return
        yield at
        if pieces.text[at][0] == "و" and not pieces.text[at].startswith("وال"):
            return


def read_mood(
    words: Mapping[str, Word],
    published: date,
    *,
    tense: Tense | None,
    future: bool = False,
    when: DateMention | None = None,
    settings: frozenset[str] = frozenset(),
    sentence: Mood | None = None,
) -> Mood:
    """Give the mood of a predicate with the words around it.

    `tense` is that of its own form, `future` whether the form itself says so (سينسحب); `when` is its date,
    `settings` what its row in the lexicon says, and `sentence` the mood its sentence began with, which a
    noun (the withdrawal from …) takes over.
    """
    modality: Modality = "asserted"
    form = tense
    if "past-aux" in words:
        tense = "past"
    if future or "future-aux" in words:
        tense, modality = "future", "planned"
    elif "planned" in words:
        modality = "planned"
        tense = "future" if when is None or when.latest >= published else None
    elif when is not None and when.earliest > published:
        tense, modality = "future", "planned"
    elif tense is None and when is not None and when.latest < published:
        tense = "past"
    elif tense is None and sentence is not None and not settings & {"past", "present", "future"}:
        tense, modality = sentence.tense, sentence.modality
    for name in ("past", "present", "future"):
        if name in settings:
            tense = tense_named(name)
    if "planned" in settings:
        modality = "planned"
    elif "asserted" in settings:
        modality = "asserted"
    if "possible" in words or "possible" in settings or ("maybe" in words and form == "present"):
        modality = "possible"
    if "undetermined" in words or "undetermined" in settings:
        modality = "undetermined"
    # "No group has claimed it", "it is not clear who": the negation is of the knowing.
    denied = modality != "undetermined" and ("negation" in words) != ("denied" in settings)
    return Mood(tense, modality, "denied" if denied else "affirmed")


def tense_named(name: str) -> Tense | None:
    """Give the tense of a lexicon's cell, none for an empty one."""
    match name:
        case "past" | "present" | "future":
            return name
        case _:
            return None
