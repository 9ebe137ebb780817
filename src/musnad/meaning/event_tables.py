"""The tables of events: what kinds there are, the words that name each, and who takes part in which case.

lexica/EVENTS.md says how a row is written.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from musnad.meaning.pieces import cut_clitics
from musnad.speech.lexicon import LEXICA, LexiconError, read_table
from musnad.text.folding import fold_text

__all__ = ["SHAPES", "EventForm", "EventTables", "EventType", "load_events"]

IDENTITIES = frozenset(["article", "kind", "agent", "patient", "parties", "both", "place"])
SHAPES = frozenset(
    [
        "verb",
        "passive",
        "intransitive",
        "meeting",
        "noun",
        "noun-of-patient",
        "noun-of-parties",
        "contrary",
        "again",
    ]
)
ROLES = frozenset(["agent", "patient", "party", "place"])


@dataclass(frozen=True, slots=True)
class EventType:
    """A row of event-types-….tsv.

    `identity` says what makes two mentions one event: the participants named, of the kinds in `of`, their
    `kind`, where an article tells of one only, the `place`, or the `article` they stand in, with its place
    and day. `agent`, `patient` and `amount` are the predicates that say who did it, to whom and how much,
    empty where nobody asks. `english` and `arabic` name it, with `{}` for the participants. What `repeats`
    happens again and again to the same: an old one is not the new one. `means` says that it is asked what
    it came by: an air strike, an illness. What `stands`, such as a price, does not happen: only how much it
    is may be asked.
    """

    name: str
    identity: str
    of: frozenset[str]
    agent: str
    patient: str
    amount: str
    english: str
    arabic: str
    repeats: bool
    means: bool
    stands: bool


@dataclass(frozen=True, slots=True)
class EventForm:
    """A row of events-….tsv: words that name an event of a type, and how its participants stand beside them.

    One of the phrases it `needs`, if it has any, must follow in the clause: violated … airspace.
    """

    type: EventType
    shape: str
    language: str
    tense: str
    needs: frozenset[tuple[str, ...]]
    example: str
    reading: str

    @property
    def rule(self) -> str:
        """The name of the row as the reason of a claim."""
        return f"{self.language}/{self.type.name}"


@dataclass(frozen=True, slots=True, eq=False)
class EventTables:
    """All types, rows, and words of events; keyed by first words as `frame_tables` are.

    `roles` gives for language, shape, side of the event's word and preposition the role of what follows it.
    """

    types: dict[str, EventType]
    forms: tuple[EventForm, ...]
    phrases: dict[str, tuple[tuple[tuple[str, ...], EventForm], ...]]
    roles: dict[tuple[str, str, str, str], str]


@lru_cache(maxsize=65536)
def event_phrases(tables: EventTables, word: str) -> tuple[tuple[str, tuple[str, ...], EventForm], ...]:
    """Give the phrases for events a word begins, most words none: its clitics, the other words, the row."""
    return tuple(
        (clitics, rest, form)
        for _, stem, clitics in cut_clitics(word)
        for rest, form in tables.phrases.get(stem, ())
    )


@lru_cache(maxsize=4)
def load_events(extra: Path | None = None) -> EventTables:
    """Give the tables of events, with the rows of a folder `extra` added.

    Raises:
        LexiconError: when a table is malformed.

    >>> load_events().types["killing"].identity
    'patient'

    """
    types: dict[str, EventType] = {}
    forms: list[EventForm] = []
    phrases: dict[str, list[tuple[tuple[str, ...], EventForm]]] = {}
    roles: dict[tuple[str, str, str, str], str] = {}
    for folder in [LEXICA] + ([extra] if extra is not None else []):
        for path in sorted(folder.glob("event-types-*.tsv")):
            types.update((row["type"], _type(row, path.name)) for row in read_table(path))
        for language in ("ar", "en"):
            rows = [
                row for path in sorted((folder / language).glob("events-*.tsv")) for row in read_table(path)
            ]
            for row in rows:
                form = _form(row, types, language)
                forms.append(form)
                for words in row["forms"].split(";"):
                    pieces = _words(words)
                    if pieces:
                        phrases.setdefault(pieces[0], []).append((tuple(pieces[1:]), form))
            path = folder / language / "event-roles.tsv"
            for row in read_table(path) if path.is_file() else ():
                _add_roles(roles, row, language)
    for found in phrases.values():
        found.sort(key=lambda entry: (-len(entry[0]), not entry[1].needs))
    return EventTables(types, tuple(forms), {word: tuple(rows) for word, rows in phrases.items()}, roles)


def _words(phrase: str) -> list[str]:
    return fold_text(phrase).replace("-", " ").split()


def _type(row: dict[str, str], file: str) -> EventType:
    _known(row["identity"], IDENTITIES, f"{file}, {row['type']}")
    return EventType(
        row["type"],
        row["identity"],
        frozenset(row["of"].split()),
        row["agent"],
        row["patient"],
        row["amount"],
        row["english"],
        row["arabic"],
        bool(row.get("repeats")),
        bool(row.get("means")),
        bool(row.get("stands")),
    )


def _form(row: dict[str, str], types: dict[str, EventType], language: str) -> EventForm:
    where = f"{language}, events, {row['forms']}"
    _known(row["type"], types, where)
    _known(row["shape"], SHAPES, where)
    return EventForm(
        types[row["type"]],
        row["shape"],
        language,
        row["tense"],
        frozenset(tuple(words) for words in map(_words, row["needs"].split(";")) if words),
        row["example"],
        row["reading"],
    )


def _add_roles(roles: dict[tuple[str, str, str, str], str], row: dict[str, str], language: str) -> None:
    where = f"{language}/event-roles.tsv, {row['shapes']}"
    _known(row["role"], ROLES, where)
    for shape in row["shapes"].split():
        _known(shape, SHAPES, where)
        for word in row["words"].split(";"):
            roles[language, shape, row["side"], fold_text(word) if word != "-" else ""] = row["role"]


def _known(name: str, names: Collection[str], where: str) -> None:
    if name not in names:
        raise LexiconError(
            f"{name!r} is not known here", where=where, remedy=f"Use one of {', '.join(sorted(names))}."
        )
