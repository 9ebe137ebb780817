"""The tables names are read with: who acts, the offices of states, and words that make or break a name.

lexica/NAMES.md says how a row is written.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Literal, cast

from musnad.meaning.pieces import Phrases, Pieces, cut_pieces
from musnad.speech.lexicon import LEXICA, Lexicon, LexiconError, read_table
from musnad.text.folding import fold, fold_text

__all__ = [
    "ActorLabels",
    "Known",
    "NameKind",
    "NameTables",
    "Office",
    "load_actor_labels",
    "load_names",
    "plain_words",
]

NameKind = Literal["person", "organisation", "state", "capital", "group"]
ActorLabels = Mapping[str, tuple[str, str | None]]
KINDS = ("organisation", "state", "capital", "group")
# Longer short names (Nato, Unicef) are also written with one capital; WHO is not.
SHORT = 3


@dataclass(frozen=True, slots=True)
class Known:
    """A row of actors.tsv: its key in all articles, its kind, and whether this form is all capitals."""

    key: str
    kind: NameKind
    capitals: bool = False


@dataclass(frozen=True, slots=True)
class Office:
    """A row of offices.tsv: a body of its own (`organisation`), or its state in another word (`state`)."""

    key: str
    kind: NameKind


@dataclass(frozen=True, slots=True, eq=False)
class NameTables:
    """Names and words of both languages; `words` are the classes of name-words.tsv, folded."""

    actors: Phrases[Known]
    offices: Phrases[Office]
    aliases: Phrases[bool]
    words: Mapping[str, frozenset[str]]
    spelled: Mapping[str, Known]

    def actor(self, pieces: Pieces, at: int, first: str | None = None) -> tuple[int, Known] | None:
        """Give the piece after the longest known name that begins at a piece, and the name.

        `first` stands for the piece without its clitics.
        """
        found = self.actors.longest(pieces, at, first)
        if found is None:
            return None
        end, known = found
        arabic = pieces.text[at] >= "\u0600"
        if arabic or (known.capitals and pieces.raw_span(at, end - 1)[2].isupper()):
            return found
        return found if not known.capitals and any(pieces.capital[at:end]) else None


@lru_cache(maxsize=4)
def load_names(extra: Path | None = None) -> NameTables:
    """Give the tables, with the rows of a folder `extra` and of `extra/<language>` added.

    Raises:
        LexiconError: when a table is malformed.

    >>> load_names().spelled["وكاله الطاقه الدوليه"].key
    'International Energy Agency'

    """
    forms = [(form, known) for row in _rows(extra, "actors.tsv") for form, known in _known(row)]
    words: dict[str, set[str]] = {}
    aliases: list[tuple[str, bool]] = []
    for language in ("ar", "en"):
        for row in _rows(extra, f"{language}/name-words.tsv"):
            words.setdefault(row["class"], set()).add(fold_text(row["word"]))
            if row["class"] == "alias":
                aliases.append((row["word"], True))
    return NameTables(
        Phrases(forms),
        Phrases(
            (form, Office(row["key"], _kind(row)))
            for row in _rows(extra, "offices.tsv")
            for form in f"{row['en']};{row['ar']}".split(";")
        ),
        Phrases(aliases),
        {name: frozenset(members) for name, members in words.items()},
        {" ".join(cut_pieces(fold(form)).text): known for form, known in reversed(forms)},
    )


@lru_cache(maxsize=4)
def load_actor_labels(extra: Path | None = None) -> ActorLabels:
    """Give the English and the Arabic name of organisations and groups, by their keys.

    >>> load_actor_labels()["Arab League"]
    ('Arab League', 'جامعة الدول العربية')
    """
    return {
        row["key"]: (row["key"], row["ar"].split(";")[0] or None)
        for row in _rows(extra, "actors.tsv")
        if row["kind"] in ("organisation", "group")
    }


@lru_cache(maxsize=8)
def plain_words(lexicon: Lexicon) -> frozenset[str]:
    """Give the words of a language's closed classes, and its cues and outlets: no part of a name.

    >>> from musnad.speech.lexicon import load_lexicon
    >>> "although" in plain_words(load_lexicon("en"))
    True
    """
    return frozenset[str]().union(lexicon.cues, *lexicon.words.values())


def _rows(extra: Path | None, name: str) -> Iterator[dict[str, str]]:
    for folder in (LEXICA, extra):
        if folder is not None and (folder / name).is_file():
            yield from read_table(folder / name)


def _known(row: Mapping[str, str]) -> Iterator[tuple[str, Known]]:
    kind = _kind(row)
    for form in f"{row['en']};{row['ar']}".split(";"):
        if form.strip():
            yield form, Known(row["key"], kind, form.isupper() and len(form) <= SHORT)


def _kind(row: Mapping[str, str]) -> NameKind:
    if row["kind"] not in KINDS:
        raise LexiconError(
            f"{row['kind']!r} is no kind of name", where=row["key"], remedy=f"Use {', '.join(KINDS)}."
        )
    return cast("NameKind", row["kind"])
