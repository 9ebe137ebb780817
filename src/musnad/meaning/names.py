"""Names of those who act: states, organisations, groups and persons, each under one key within an article.

A state is meant by its own name, by an adjective (Russian warplanes, طائرات إسرائيلية) and, where it acts, by
its capital. Organisations and groups are those of lexica/actors.tsv, whose key is the same in both languages,
and whose short name in brackets stands for them later. A person is a run of names that begins with a given
name or follows a title; afterwards the last part alone is enough, as long as only one person bears it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Literal

from musnad.meaning.actors import ARABIC, match_class
from musnad.meaning.frame_tables import FrameTables, load_frames
from musnad.meaning.pieces import Pieces, cut_clitics
from musnad.meaning.places import PlaceMention
from musnad.meaning.wordlists import Wordlists, load_wordlists
from musnad.speech.lexicon import Lexicon, load_lexicon

__all__ = ["NameKind", "NameMention", "find_names"]

NameKind = Literal["person", "organisation", "state", "capital", "group"]
KINDS: tuple[tuple[str, NameKind], ...] = (
    ("actor", "group"),
    ("organisation", "organisation"),
    ("capital", "capital"),
)
# Parts of names that are no names: al-Muslat, bin Salman, أبو بكر, عبد الله.
PARTICLES = frozenset(
    [
        "al",
        "el",
        "bin",
        "ibn",
        "abu",
        "de",
        "van",
        "von",
        "der",
        "di",
        "da",
        "ben",
        "ابو",
        "ابي",
        "بن",
        "عبد",
        "ال",
        "ابن",
    ]
)
LONGEST = 6
# على is written as the name علي once folded.
UNSURE = "علي"


@dataclass(frozen=True, slots=True)
class NameMention:
    """A name on the pieces `[first:end]`; `cut` code points of the first are clitics.

    `key` is the identity: of a state the gazetteer's name, of an organisation or group that of actors.tsv, of
    a person the fullest name of the article. A `capital` stands for its state where it acts.
    """

    first: int
    end: int
    cut: int
    kind: NameKind
    key: str


def find_names(
    pieces: Pieces,
    places: Mapping[int, tuple[int, PlaceMention]],
    *,
    language: str,
    lexicon: Path | None = None,
) -> tuple[NameMention, ...]:
    """Find the names of a text, in order and without overlaps.

    `places` gives for the piece a place begins at the piece after it, and the place.

    >>> from musnad.meaning.pieces import cut_pieces
    >>> from musnad.text.folding import fold
    >>> text = "NATO said Salim al-Masri was hurt. Al-Masri met Russian officials."
    >>> [name.key for name in find_names(cut_pieces(fold(text)), {}, language="en")]
    ['NATO', 'Salim al-Masri', 'Salim al-Masri', 'Russia']
    """
    reader = _Reader(
        pieces, places, load_frames(lexicon), load_wordlists(lexicon), load_lexicon(language, lexicon)
    )
    found: list[NameMention] = []
    at = 0
    while at < len(pieces):
        name = reader.read(at)
        if name is not None:
            found.append(name)
        at = at + 1 if name is None else name.end
    return tuple(_resolve(pieces, found))


def _resolve(pieces: Pieces, found: list[NameMention]) -> list[NameMention]:
    """Give persons their fullest name, and name those whom the last part of a name alone means."""
    fullest: dict[str, set[str]] = {}
    for name in found:
        if name.kind == "person":
            fullest.setdefault(_last(pieces, name), set()).add(name.key)
    full = {last: max(keys, key=len) for last, keys in fullest.items() if _one_person(keys)}
    taken = {at for name in found for at in range(name.first, name.end)}
    resolved = [
        replace(name, key=full.get(_last(pieces, name), name.key)) if name.kind == "person" else name
        for name in found
    ]
    for at in range(len(pieces)):
        if at in taken or pieces.kind[at] != "word" or not (pieces.capital[at] or pieces.text[at] >= ARABIC):
            continue
        for cut, stem, _ in cut_clitics(pieces.text[at]):
            if stem in full:
                first = at - 1 if pieces.word(at - 1) in ("al", "el") and at - 1 not in taken else at
                resolved.append(NameMention(first, at + 1, cut if first == at else 0, "person", full[stem]))
                break
    return sorted(resolved, key=lambda name: name.first)


def _last(pieces: Pieces, name: NameMention) -> str:
    return pieces.text[name.end - 1]


def _one_person(keys: set[str]) -> bool:
    """Whether names that end alike may be one person's: each is a part of the longest."""
    longest = set(max(keys, key=len).casefold().split())
    return all(set(key.casefold().split()) <= longest for key in keys)


@dataclass(frozen=True, slots=True)
class _Reader:
    pieces: Pieces
    places: Mapping[int, tuple[int, PlaceMention]]
    tables: FrameTables
    words: Wordlists
    lexicon: Lexicon

    def read(self, at: int) -> NameMention | None:
        pieces = self.pieces
        if pieces.kind[at] != "word":
            return None
        arabic = pieces.text[at] >= ARABIC
        for group, kind in KINDS:
            hit = match_class(self.tables, pieces, at, group)
            if hit is not None and (arabic or any(pieces.capital[at : hit[0]])):
                return NameMention(at, hit[0], hit[2], kind, hit[1].value)
        person = self._arabic_person(at) if arabic else self._english_person(at)
        if person is not None:
            return person
        placed = self.places.get(at)
        if placed is not None and placed[1].level == 0:
            return NameMention(at, placed[0], 0, "state", placed[1].name_en)
        if not arabic and not pieces.capital[at]:
            return None
        for cut, stem, _ in cut_clitics(pieces.text[at]):
            stem = self._demonym(stem)
            if stem in self.words.demonyms and not self._titled(at + 1):
                return NameMention(at, at + 1, cut, "state", self.words.demonyms[stem])
        return None

    def _demonym(self, stem: str) -> str:
        """Give the form of an Arabic adjective that the table has, of its dual and plural."""
        for suffix, ending in (("تين", "ه"), ("تان", "ه"), ("ين", ""), ("ون", ""), ("ان", "")):
            bare = stem.removesuffix(suffix) + ending
            if stem.endswith(suffix) and stem >= ARABIC and bare in self.words.demonyms:
                return bare
        return stem

    def _titled(self, at: int) -> bool:
        """Whether a capitalised title follows, so that the adjective is of an office: Iraqi President …"""
        pieces = self.pieces
        return at < len(pieces) and pieces.capital[at] and pieces.text[at] in self.lexicon.heads

    def _english_person(self, at: int) -> NameMention | None:
        pieces = self.pieces
        end = at
        while end < len(pieces) and end - at < LONGEST and self._is_part(end):
            end += 1
        while end > at and pieces.text[end - 1] in PARTICLES:
            end -= 1
        if sum(pieces.capital[at:end]) < 2:
            return None
        known = pieces.text[at] in self.lexicon.given_names or pieces.text[at] in PARTICLES
        if not known and not self._title(at - 1):
            return None
        if any(pieces.text[part] in self.lexicon.heads for part in range(at, end)):
            return None
        return NameMention(at, end, 0, "person", self._called(at, end, 0))

    def _is_part(self, at: int) -> bool:
        pieces = self.pieces
        if pieces.kind[at] != "word" or pieces.text[at] >= ARABIC:
            return False
        return pieces.capital[at] or pieces.text[at] in PARTICLES

    def _title(self, at: int) -> bool:
        pieces = self.pieces
        if at < 0 or pieces.kind[at] != "word":
            return False
        return (
            pieces.text[at] in self.lexicon.heads or match_class(self.tables, pieces, at, "title") is not None
        )

    def _arabic_person(self, at: int) -> NameMention | None:
        pieces, given = self.pieces, self.lexicon.given_names
        for cut, stem, clitics in cut_clitics(pieces.text[at]):
            if clitics not in ("", "و", "ف", "ل", "ب", "ول") or not (stem in given or stem in PARTICLES):
                continue
            end = at + 1
            while end < len(pieces) and end - at < LONGEST and self._is_arabic_part(end):
                end += 1
            if pieces.text[end - 1] in PARTICLES or end - at < 2:
                return None
            if stem == UNSURE and pieces.text[at + 1] not in given and not self._title(at - 1):
                return None
            return NameMention(at, end, cut, "person", self._called(at, end, cut))
        return None

    def _is_arabic_part(self, at: int) -> bool:
        """Whether a word goes on a name: a given name, a particle, or one with the article that is no noun."""
        pieces = self.pieces
        text = pieces.text[at]
        if pieces.kind[at] != "word" or text < ARABIC:
            return False
        if text in self.lexicon.given_names or text in PARTICLES or pieces.text[at - 1] in PARTICLES:
            return text != UNSURE or pieces.text[at - 1] in self.lexicon.given_names
        if not text.startswith("ال") or at in self.places or text in self.words.demonyms:
            return False
        return (
            len(text) > 4
            and text not in self.lexicon.heads
            and not any(text in members for members in self.lexicon.words.values())
        )

    def _called(self, first: int, end: int, cut: int) -> str:
        return " ".join(self.pieces.raw_span(first, end - 1, cut=cut)[2].split())
