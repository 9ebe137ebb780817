"""Who and what frames are about: forces, groups, activities and events, as the text names them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from musnad.meaning.frame_tables import FrameTables, Word, class_phrases
from musnad.meaning.pieces import Pieces, cut_clitics
from musnad.meaning.places import PlaceMention
from musnad.meaning.wordlists import Wordlists

__all__ = ["Named", "find_named", "match_class"]

ARABIC = "\u0600"
MODIFIERS = 3


@dataclass(frozen=True, slots=True)
class Named:
    """A noun phrase on the pieces `[first:end]`; `bare` when it only refers back to a name.

    `of` is the group whose forces they are.
    """

    kind: str
    name: str
    first: int
    end: int
    cut: int = 0
    country: str = ""
    bare: bool = False
    of: str = ""


def match_class(tables: FrameTables, pieces: Pieces, at: int, group: str) -> tuple[int, Word, int] | None:
    """Give end, word and clitics cut of the longest phrase of a class that begins at a piece."""
    text = pieces.text
    if not 0 <= at < len(text) or pieces.kind[at] != "word":
        return None
    for cut, rest, word in class_phrases(tables, text[at]).get(group, ()):
        end = at + 1 + len(rest)
        if not rest or tuple(text[at + 1 : end]) == rest:
            return end, word, cut
    return None


def find_named(
    pieces: Pieces, tables: FrameTables, words: Wordlists, places: Mapping[int, PlaceMention]
) -> dict[int, Named]:
    """Find the forces, groups, activities, events and actors of a text, by the piece each begins at."""
    found: dict[int, Named] = {}
    reader = _Reader(pieces, tables, words, places)
    at, count = 0, len(pieces)
    while at < count:
        named = reader.read(at)
        if named is None:
            at += 1
        else:
            found[named.first] = named
            at = named.end
    return _complete(found)


def forces_of(group: str) -> str:
    """Give the name of a group's forces.

    >>> forces_of("NATO"), forces_of("الناتو")
    ('NATO forces', 'قوات الناتو')
    """
    return f"قوات {group}" if group[:1] >= ARABIC else f"{group} forces"


def _complete(found: dict[int, Named]) -> dict[int, Named]:
    """Give groups that only the noun names (the coalition) the first full name with that noun."""
    full: dict[str, str] = {}
    for named in found.values():
        if named.kind == "group" and not named.bare:
            for word in named.name.split():
                full.setdefault(word.casefold(), named.name)
    completed = {}
    for at, named in found.items():
        if named.kind == "group":
            name = full.get(named.name.casefold(), named.name)
            completed[at] = replace(named, name=name, bare=False)
        elif named.of:
            completed[at] = replace(named, name=forces_of(full.get(named.of.casefold(), named.of)))
        else:
            completed[at] = named
    return completed


@dataclass(frozen=True, slots=True)
class _Reader:
    pieces: Pieces
    tables: FrameTables
    words: Wordlists
    places: Mapping[int, PlaceMention]

    def read(self, at: int) -> Named | None:
        if self.pieces.kind[at] != "word":
            return None
        known, text = class_phrases(self.tables, self.pieces.text[at]), self.pieces.text[at]
        # Most words are in no class; then only an English state, or its adjective, can begin a name.
        if not known and (text >= ARABIC or not (self.pieces.capital[at] or at in self.places)):
            return None
        for kind in ("actor", "event"):
            found = match_class(self.tables, self.pieces, at, kind) if kind in known else None
            if found is not None:
                end, word, cut = found
                return Named(kind, word.value or self._text(at, end, cut), at, end, cut)
        return self._arabic(at) if text >= ARABIC else self._english(at)

    def _text(self, first: int, end: int, cut: int = 0) -> str:
        return " ".join(self.pieces.raw_span(first, end - 1, cut=cut)[2].split())

    def _arabic(self, at: int) -> Named | None:
        known = class_phrases(self.tables, self.pieces.text[at])
        for kind in ("force", "group"):
            found = match_class(self.tables, self.pieces, at, kind) if kind in known else None
            if found is None:
                continue
            first_end, _, cut = found
            end, country, generic = first_end, "", True
            definite = "ال" in self.pieces.text[at][:4] or self.pieces.text[at].startswith(("لل", "ولل"))
            if not definite and kind == "force" and first_end < len(self.pieces):
                inner = self._arabic(first_end) or self._actor(first_end)
                if inner is not None and inner.kind in ("group", "actor"):
                    return Named(kind, forces_of(inner.name), at, inner.end, cut, of=inner.name)
            while (
                end < len(self.pieces) and end - first_end < MODIFIERS and self._modifies(end, definite, kind)
            ):
                text = self.pieces.text[end]
                country = country or self.words.demonyms.get(text, "")
                generic = generic and match_class(self.tables, self.pieces, end, "plain") is not None
                end += 1
            if kind == "force" and country:
                return Named(kind, f"forces of {country}", at, end, cut, country)
            if not definite and kind == "force":
                return None
            name = self._text(at, end)
            stem = cut_clitics(self.pieces.text[at])
            # للتحالف: the article's alef is not written, so the name is put together again.
            if stem[-1].clitics.endswith("لل"):
                name = " ".join(
                    ["ال" + self._text(at, at + 1).split("لل", 1)[-1], name.partition(" ")[2]]
                ).strip()
            elif cut:
                name = name[cut:]
            return Named(kind, name, at, end, cut, country, bare=generic)
        return None

    def _actor(self, at: int) -> Named | None:
        found = match_class(self.tables, self.pieces, at, "actor")
        return None if found is None else Named("actor", found[1].value, at, found[0], found[2])

    def _modifies(self, at: int, definite: bool, kind: str) -> bool:
        if self.pieces.kind[at] != "word" or at in self.places:
            return False
        if match_class(self.tables, self.pieces, at, "function") is not None:
            return False  # إلى folds to what looks like an adjective
        text = self.pieces.text[at]
        if kind == "group" and match_class(self.tables, self.pieces, at, "plain") is not None:
            return False  # جهود الحلف المدنية: the adjective is of the first noun
        if definite:
            return text.startswith("ال") and text.endswith(("ه", "ي", "ين"))
        return text in self.words.demonyms

    def _english(self, at: int) -> Named | None:
        """Read a force or group: modifiers first, the noun last."""
        end, country, generic = at, "", True
        while end < len(self.pieces) and end - at <= MODIFIERS and self.pieces.kind[end] == "word":
            known = class_phrases(self.tables, self.pieces.text[end])
            if not (known or self.pieces.capital[end] or end in self.places):
                return None
            for kind in ("force", "group"):
                found = match_class(self.tables, self.pieces, end, kind) if kind in known else None
                if found is None:
                    continue
                last = found[0]
                if kind == "group" and match_class(self.tables, self.pieces, last, "force") is not None:
                    continue
                name = f"forces of {country}" if country and kind == "force" else self._text(at, last)
                if kind == "force" and last - at == 2 and self._is_in("group", at):
                    group = self._text(at, at + 1)
                    return Named(kind, forces_of(group), at, last, of=group)
                return Named(kind, name, at, last, country=country, bare=generic)
            text = self.pieces.text[end]
            own = self.words.demonyms.get(text) if self.pieces.capital[end] else None
            if own is None and end in self.places and self.places[end].level == 0:
                own = self.places[end].name_en
            if own is None and text in ("us", "u.s.", "uk", "u.k.") and self.pieces.capital[end]:
                own = "United States" if "s" in text else "United Kingdom"
            if own is not None:
                country, generic = country or own, False
            elif any(self._is_in(kind, end) for kind in ("group", "modifier") if kind in known):
                generic = False
            elif not self._is_in("plain", end):
                return None
            end += 1
        return None

    def _is_in(self, group: str, at: int) -> bool:
        return match_class(self.tables, self.pieces, at, group) is not None
