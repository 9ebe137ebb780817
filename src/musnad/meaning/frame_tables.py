"""The tables `frames.tsv` and `frame-words.tsv`: patterns of words and values, and what each predicates.

lexica/FRAMES.md says how a row is written.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Literal

from musnad.meaning.pieces import cut_clitics
from musnad.speech.lexicon import LEXICA, LexiconError, read_table
from musnad.text.folding import fold_text

__all__ = [
    "NEAR",
    "Element",
    "Frame",
    "FrameTables",
    "Word",
    "begun_by_word",
    "class_phrases",
    "classes_of_word",
    "future_stem",
    "load_frames",
]

SLOTS = frozenset(
    ["force", "force?", "actor", "actors", "event", "event?", "activity", "place", "places", "date"]
)
_SETTINGS = """
closed deadline scoped leading implied speaker denied whole
planned possible undetermined asserted past present future
"""
SETTINGS = frozenset(_SETTINGS.split())
NEAR, FAR = 4, 14
ElementKind = Literal["word", "class", "slot", "gap"]


@dataclass(frozen=True, slots=True)
class Element:
    """One step of a pattern: words, a class of words, a slot for a value, or a gap of `reach` words."""

    kind: ElementKind
    name: str = ""
    words: frozenset[str] = frozenset()
    reach: int = 0


@dataclass(frozen=True, slots=True, eq=False)
class Frame:
    """A row of frames.tsv.

    `about` is what its subject is: force, event or activity; `take` is the value that counts where the
    pattern holds two: places or quantity. `classes` are those of words without which it matches nothing.
    """

    name: str
    language: str
    elements: tuple[Element, ...]
    predicate: str
    settings: frozenset[str]
    value: str
    unit: str
    about: str
    take: str
    example: str
    reading: str
    classes: frozenset[str]


@dataclass(frozen=True, slots=True)
class Word:
    """A row of frame-words.tsv for one form: its class, the value it stands for, and its tense."""

    group: str
    value: str
    tense: str


@dataclass(frozen=True, slots=True, eq=False)
class FrameTables:
    """Frames and the words they are written with, both languages, keyed by folded words.

    `phrases` gives for a first word the rest of each phrase of a class, the longest first; `starts` gives
    for a word or slot the frames that may begin there.
    """

    frames: tuple[Frame, ...]
    phrases: dict[str, tuple[tuple[tuple[str, ...], Word], ...]]
    starts: dict[str, tuple[Frame, ...]]


@lru_cache(maxsize=65536)
def class_phrases(tables: FrameTables, word: str) -> dict[str, tuple[tuple[int, tuple[str, ...], Word], ...]]:
    """Give by class the phrases a word begins, most words none: clitics cut, the other words, the row.

    >>> [(cut, rest) for cut, rest, _ in class_phrases(load_frames(), "والانسحاب")["withdraw"]]
    [(1, ())]
    """
    found: dict[str, list[tuple[int, tuple[str, ...], Word]]] = {}
    for cut, stem, _ in cut_clitics(word):
        for rest, row in tables.phrases.get(stem, ()):
            found.setdefault(row.group, []).append((cut, rest, row))
    return {group: tuple(phrases) for group, phrases in found.items()}


@lru_cache(maxsize=65536)
def classes_of_word(tables: FrameTables, word: str) -> frozenset[str]:
    """Give the classes of the phrases a word may begin, in the future (سينسحب) too.

    >>> sorted(classes_of_word(load_frames(), "سينسحب"))
    ['withdraw']
    """
    rows = tables.phrases.get(future_stem(word), ())
    return frozenset([*class_phrases(tables, word), *(row.group for _, row in rows)])


def future_stem(word: str) -> str:
    """Give an Arabic verb without the س of the future, which is written together with it, or nothing.

    >>> future_stem("وستنسحب")
    'تنسحب'
    """
    bare = word.removeprefix("و")
    return bare[1:] if bare[:2] in ("سي", "ست", "سن") else ""


@lru_cache(maxsize=65536)
def begun_by_word(tables: FrameTables, word: str, language: str) -> tuple[Frame, ...]:
    """Give the frames of a language whose first element a word may begin, each once."""
    keys = [stem for _, stem, clitics in cut_clitics(word) if clitics in ("", "و", "ف", "ل", "ول")]
    if "mission" in class_phrases(tables, word):
        keys.append("<activity>")  # the mission of the coalition: its name comes after
    frames = (frame for key in (*keys, future_stem(word)) for frame in tables.starts.get(key, ()))
    return tuple(dict.fromkeys(frame for frame in frames if frame.language == language))


@lru_cache(maxsize=4)
def load_frames(extra: Path | None = None) -> FrameTables:
    """Give the frames of both languages, with the rows of a folder `extra/<language>` added.

    Raises:
        LexiconError: when a table is malformed.

    >>> any(frame.predicate == "security:withdrawsTo" for frame in load_frames().frames)
    True

    """
    folders = [LEXICA] + ([extra] if extra is not None else [])
    phrases: dict[str, list[tuple[tuple[str, ...], Word]]] = {}
    frames: list[Frame] = []
    for folder in folders:
        for row in read_table(folder / "actors.tsv") if (folder / "actors.tsv").is_file() else ():
            _add_actor(phrases, row)
        for language in ("ar", "en"):
            words, rows = folder / language / "frame-words.tsv", folder / language / "frames.tsv"
            if words.is_file():
                for row in read_table(words):
                    _add_word(phrases, row)
            if rows.is_file():
                frames.extend(_frame(row, language, str(rows)) for row in read_table(rows))
    for found in phrases.values():
        found.sort(key=lambda entry: -len(entry[0]))
    groups: dict[str, set[str]] = {}
    for first, entries in phrases.items():
        for _, word in entries:
            groups.setdefault(word.group, set()).add(first)
    return FrameTables(
        tuple(frames),
        {first: tuple(entries) for first, entries in phrases.items()},
        _starts(frames, groups),
    )


def _add_actor(phrases: dict[str, list[tuple[tuple[str, ...], Word]]], row: dict[str, str]) -> None:
    """Add a row of actors.tsv: groups are actors of the frames, all others names alone."""
    group = "actor" if row["kind"] == "group" else row["kind"]
    for forms in (row["en"], row["ar"]):
        _add_word(phrases, {"class": group, "value": row["key"], "tense": "", "forms": forms})


def _add_word(phrases: dict[str, list[tuple[tuple[str, ...], Word]]], row: dict[str, str]) -> None:
    word = Word(row["class"], row["value"], row["tense"])
    for form in row["forms"].split(";"):
        pieces = fold_text(form).replace("-", " ").split()
        if pieces:
            phrases.setdefault(pieces[0], []).append((tuple(pieces[1:]), word))


def _starts(frames: list[Frame], groups: dict[str, set[str]]) -> dict[str, tuple[Frame, ...]]:
    starts: dict[str, list[Frame]] = {}
    for frame in frames:
        first = frame.elements[0]
        if first.kind == "word":
            keys: frozenset[str] | set[str] = first.words
        elif first.kind == "class" or first.name.startswith("@"):
            keys = groups.get(first.name.removeprefix("@"), set())
        else:
            keys = {f"<{first.name}>"}
        for key in keys:
            starts.setdefault(key, []).append(frame)
    return {key: tuple(found) for key, found in starts.items()}


def _frame(row: dict[str, str], language: str, where: str) -> Frame:
    settings = row["settings"].split()
    plain = frozenset(setting for setting in settings if "=" not in setting)
    named = dict(setting.split("=", 1) for setting in settings if "=" in setting)
    if plain - SETTINGS or set(named) - {"value", "unit", "of", "take"}:
        raise LexiconError(
            f"the settings {row['settings']!r} are not all known",
            where=f"{where}, {row['frame']}",
            remedy=f"Use value=, unit=, of=, take= or {', '.join(sorted(SETTINGS))}.",
        )
    elements = tuple(_element(part, f"{where}, {row['frame']}") for part in row["pattern"].split())
    if not elements or elements[0].kind == "gap":
        raise LexiconError(
            "a pattern begins with a word, a class or a slot",
            where=f"{where}, {row['frame']}",
            remedy="Put what gives the frame away first.",
        )
    return Frame(
        row["frame"],
        language,
        elements,
        row["predicate"],
        plain,
        named.get("value", ""),
        named.get("unit", ""),
        named.get("of", ""),
        named.get("take", ""),
        row.get("example", ""),
        row.get("reading", ""),
        frozenset(filter(None, map(_class_of, elements))),
    )


def _class_of(element: Element) -> str:
    return element.name.removeprefix("@") if element.kind == "class" or element.name[:1] == "@" else ""


def _element(part: str, where: str) -> Element:
    if part in ("..", "..."):
        return Element("gap", reach=NEAR if part == ".." else FAR)
    if part.startswith("<") and part.endswith(">"):
        name = part[1:-1]
        if name not in SLOTS and not name.startswith(("q:", "@")):
            raise LexiconError(
                f"no slot is called {part}", where=where, remedy="See FRAMES.md for the slots."
            )
        return Element("slot", name)
    if part.startswith("@"):
        return Element("class", part[1:])
    return Element("word", words=frozenset(fold_text(word) for word in part.split("|")))
