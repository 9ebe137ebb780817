"""Names of those who act: states, organisations, groups and persons, each under one key within an article.

A state is meant by its own name, by an adjective (Russian warplanes, طائرات إسرائيلية) and, where it acts, by
its capital. Organisations and groups are those of lexica/actors.tsv, whose key is the same in both languages,
the offices of a state (foreign ministry of Turkey), and those whose form says that they are names; a short
name in brackets stands for them later. Persons are read by `musnad.meaning.person_names`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import pairwise
from pathlib import Path

from musnad.meaning.name_tables import Known, NameKind, NameTables, Office, load_names
from musnad.meaning.organisation_names import Body, BodyReader
from musnad.meaning.person_names import PersonReader, find_again, name_persons, speaking_words
from musnad.meaning.pieces import Phrases, Pieces, cut_clitics
from musnad.meaning.places import PlaceMention
from musnad.meaning.wordlists import Wordlists, load_wordlists
from musnad.speech.lexicon import Lexicon, load_lexicon
from musnad.text.folding import fold_text

__all__ = ["NameKind", "NameMention", "find_names"]

ARABIC = "\u0600"
# How many adjectives may stand between a state and the noun for its office: Spanish military aircraft.
BETWEEN = 2
AIRCRAFT, MAKE = "air force", 3
DUALS = (("تين", "ه"), ("تان", "ه"), ("ين", ""), ("ون", ""), ("ان", ""))


@dataclass(frozen=True, slots=True)
class NameMention:
    """A name on the pieces `[first:end]`; `cut` code points of the first are clitics.

    `key` is the identity: of a state the gazetteer's name, of an organisation or group that of actors.tsv, of
    an office its own and the state's, of anyone else the fullest name of the article. A `capital` stands for
    its state where it acts. `head` is the row of offices.tsv by which a state is meant or an office named.
    """

    first: int
    end: int
    cut: int
    kind: NameKind
    key: str
    head: str = ""


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
    >>> text = "NATO said Salim al-Masri was hurt. Al-Masri met Russian pilots, not the Turkish army."
    >>> [name.key for name in find_names(cut_pieces(fold(text)), {}, language="en")]
    ['NATO', 'Salim al-Masri', 'Salim al-Masri', 'Russia', 'Turkey']
    """
    tables, words, lexica = load_names(lexicon), load_wordlists(lexicon), load_lexicon(language, lexicon)
    bodies = BodyReader(pieces, tables, words, lexica)
    introduced = tuple(bodies.find_introduced())
    placed = frozenset(at for first, (end, _) in places.items() for at in range(first, end))
    reader = _Reader(
        pieces,
        places,
        tables,
        words,
        lexica,
        PersonReader(pieces, placed, tables, words, lexica, speaking_words(pieces, lexica)),
        bodies,
        {body.first: body for body in introduced},
        Phrases((" ".join(body.short), body) for body in introduced),
    )
    found: list[NameMention] = []
    at, count = 0, len(pieces)
    while at < count:
        name = reader.read(at)
        if name is not None:
            found.append(name)
        at = at + 1 if name is None else name.end
    return _resolve(pieces, found, placed, tables, lexica)


def _resolve(
    pieces: Pieces, found: list[NameMention], placed: frozenset[int], tables: NameTables, lexicon: Lexicon
) -> tuple[NameMention, ...]:
    """Give persons their fullest name and all others one spelling; add persons whom a last name means."""
    full = name_persons(name.key for name in found if name.kind == "person")
    spelled: dict[str, str] = {}
    resolved = [
        replace(name, key=full[name.key])
        if name.kind == "person"
        else replace(name, key=spelled.setdefault(fold_text(name.key), name.key))
        for name in found
    ]
    aliases = {
        name.key: before.key
        for before, name in pairwise(resolved)
        if before.kind == name.kind == "person" and _is_alias(pieces, before, name, tables)
    }
    resolved = [
        replace(name, key=aliases.get(name.key, name.key)) if name.kind == "person" else name
        for name in resolved
    ]
    taken = placed.union(at for name in found for at in range(name.first, name.end))
    for first, end, cut, key in find_again(pieces, full, taken, tables, lexicon):
        resolved.append(NameMention(first, end, cut, "person", key))
    return tuple(sorted(resolved, key=lambda name: name.first))


def _is_alias(pieces: Pieces, before: NameMention, name: NameMention, tables: NameTables) -> bool:
    """Whether the second name is said to be another name of the first: alias, المكنى."""
    start = before.end + 1 if pieces.word(before.end) == "," else before.end
    found = tables.aliases.longest(pieces, start) if start < name.first else None
    return found is not None and found[0] == name.first


@dataclass(frozen=True, slots=True)
class _Reader:
    pieces: Pieces
    places: Mapping[int, tuple[int, PlaceMention]]
    tables: NameTables
    words: Wordlists
    lexicon: Lexicon
    persons: PersonReader
    bodies: BodyReader
    introduced: Mapping[int, Body]
    short: Phrases[Body]

    def read(self, at: int) -> NameMention | None:
        pieces = self.pieces
        if pieces.kind[at] != "word":
            return None
        if at in self.introduced:
            return self._body(self.introduced[at])
        if not self._may_begin(at):
            return None
        arabic = pieces.text[at] >= ARABIC
        found = self._known(at) or (self._arabic_office(at) if arabic else self._english_office(at))
        if found is not None:
            return found
        person = self.persons.read(at)
        if person is not None:
            return self._person(at, *person)
        body = self.bodies.read(at)
        if body is not None:
            return self._body(body)
        state = self._state(at)
        if state is None or self._of_no_state(at, state[0]):
            return None
        return NameMention(at, state[0], state[1], "state", state[2])

    def _may_begin(self, at: int) -> bool:
        """Whether anything speaks for a name here; most words begin none, and need no closer look."""
        pieces = self.pieces
        if at in self.places or pieces.capital[at]:
            return True
        if may_begin_name(pieces.text[at], self.tables, self.words, self.lexicon):
            return True
        if pieces.text[at] < ARABIC:
            return False
        if pieces.word(at + 1) in self.persons.spoken:
            return True
        return bool(self.introduced) and any(
            stem in self.short for _, stem, _ in cut_clitics(pieces.text[at])
        )

    def _body(self, body: Body) -> NameMention:
        return NameMention(body.first, body.end, body.cut, body.kind, body.key)

    def _person(self, at: int, end: int, cut: int) -> NameMention:
        called = self.pieces.raw_span(at, end - 1, cut=cut)[2]
        return NameMention(at, end, cut, "person", " ".join(called.split()))

    def _known(self, at: int) -> NameMention | None:
        """Read a name of actors.tsv or a short name of the article, and a state's adjective beside it."""
        pieces = self.pieces
        first = at
        if pieces.text[at] < ARABIC and pieces.capital[at] and pieces.text[at] in self.words.demonyms:
            first = at + 1  # Iranian Revolutionary Guards
            if first >= len(pieces) or pieces.kind[first] != "word":
                return None
        best: tuple[int, int, Known | Body] | None = None
        for cut, stem, _ in cut_clitics(pieces.text[first]):
            for hit in (self.tables.actor(pieces, first, stem), self._short(first, stem)):
                if hit is not None and (best is None or hit[0] > best[0]):
                    best = hit[0], cut, hit[1]
        if best is None or (first > at and best[2].kind not in ("organisation", "group")):
            return self._known_plain(at) if first > at else None
        end, cut, known = best
        if known.kind != "capital" and pieces.word(end) >= ARABIC and pieces.text[end] in self.words.demonyms:
            end += 1
        return NameMention(at, end, cut, known.kind, known.key)

    def _known_plain(self, at: int) -> NameMention | None:
        """Read a known name that itself begins with the adjective: Syrian Democratic Forces."""
        found = self.tables.actor(self.pieces, at)
        return None if found is None else NameMention(at, found[0], 0, found[1].kind, found[1].key)

    def _short(self, at: int, stem: str) -> tuple[int, Body] | None:
        found = self.short.longest(self.pieces, at, stem)
        return found if found is not None and (stem >= ARABIC or self.pieces.capital[at]) else None

    def _state(self, at: int) -> tuple[int, int, str] | None:
        """Give end, clitics cut and name of the state that a piece names, itself or by an adjective."""
        pieces = self.pieces
        placed = self.places.get(at)
        if placed is not None and placed[1].level == 0:
            return placed[0], self._cut(at, placed[1]), placed[1].name_en
        if at >= len(pieces) or pieces.kind[at] != "word":
            return None
        if pieces.text[at] < ARABIC and not pieces.capital[at]:
            return None
        for cut, stem, _ in cut_clitics(pieces.text[at]):
            country = self.words.demonyms.get(_singular(stem, self.words))
            if country is not None:
                return at + 1, cut, country
        return None

    def _cut(self, at: int, place: PlaceMention) -> int:
        """Give how many clitics stand before the name of a place in its first piece: لروسيا."""
        pieces, cut = self.pieces, 0
        length = pieces.end[at] - pieces.start[at]
        while cut + 1 < length and pieces.folded.offsets[pieces.start[at] + cut] < place.start:
            cut += 1
        return cut

    def _of_no_state(self, at: int, end: int) -> bool:
        """Whether the adjective is of an office's holder (Iraqi President …) or people who are no state."""
        pieces = self.pieces
        if at in self.places:
            return False
        if pieces.text[at] >= ARABIC:
            return at > 0 and any(
                self._word("no-actor", form)
                for _, stem, _ in cut_clitics(pieces.text[at - 1])
                for form in (stem, stem.removeprefix("ال"))
            )
        after = pieces.word(end)
        if self._word("no-actor", after):
            return True
        return end < len(pieces) and pieces.capital[end] and after in self.lexicon.heads

    def _word(self, name: str, text: str) -> bool:
        return text in self.tables.words.get(name, ())

    def _office(self, office: Office, state: str, first: int, end: int, cut: int) -> NameMention:
        key = state if office.kind == "state" else f"{office.key} of {state}"
        return NameMention(first, end, cut, office.kind, key, office.key)

    def _english_office(self, at: int) -> NameMention | None:
        """Read Turkish foreign ministry, Iraq's parliament, foreign ministry of Turkey."""
        pieces = self.pieces
        state = self._state(at)
        if state is None:
            hit = self.tables.offices.longest(pieces, at)
            if hit is None or pieces.word(hit[0]) != "of":
                return None
            of = hit[0] + (2 if pieces.word(hit[0] + 1) == "the" else 1)
            state = self._state(of)
            if state is None or of not in self.places:
                return None
            return self._office(hit[1], state[2], at, state[0], 0)
        after = state[0]
        for _ in range(BETWEEN + 1):
            if after >= len(pieces) or pieces.kind[after] != "word":
                return None
            hit = self.tables.offices.longest(pieces, after) or self._aircraft(after)
            between = self._word("between", pieces.text[after])
            # "military" is the army, but not before "aircraft".
            later = between and self.tables.offices.longest(pieces, after + 1)
            if hit is not None and (hit[0] > after + 1 or not later):
                return self._office(hit[1], state[2], at, hit[0], 0)
            if not between:
                return None
            after += 1
        return None

    def _aircraft(self, at: int) -> tuple[int, Office] | None:
        """Read the make of an aircraft: F-16s, MiG-29, Su-34."""
        pieces = self.pieces
        after = pieces.word(at + 1)
        made = pieces.capital[at] and len(pieces.text[at]) <= MAKE and after[:1].isdecimal()
        return (at + 2, Office(AIRCRAFT, "state")) if made and pieces.glued[at + 1] else None

    def _arabic_office(self, at: int) -> NameMention | None:
        """Read الخارجية التركية, طائرات حربية إسرائيلية, حكومة العراق."""
        pieces = self.pieces
        for cut, stem, _ in cut_clitics(pieces.text[at]):
            hit = self.tables.offices.longest(pieces, at, stem)
            if hit is None:
                continue
            after, office = hit
            for _ in range(BETWEEN + 1):
                state = self._state(after)
                if state is not None and state[1] == 0:
                    return self._office(office, state[2], at, state[0], cut)
                if after >= len(pieces) or not self._between(pieces.text[after]):
                    break
                after += 1
        return None

    def _between(self, text: str) -> bool:
        return self._word("between", text) or self._word("between", text.removeprefix("ال"))


@lru_cache(maxsize=65536)
def may_begin_name(word: str, tables: NameTables, words: Wordlists, lexicon: Lexicon) -> bool:
    """Whether a table has a name, an office, a given name, a state's adjective or a body's noun for a word.

    >>> tables = load_names(), load_wordlists(), load_lexicon("ar")
    >>> [may_begin_name(word, *tables) for word in ("ومجلس", "انهم")]
    [True, False]
    """
    if word < ARABIC:
        return word in tables.actors or word in tables.offices or word in tables.words.get("particle", ())
    firsts = tables.words.get("start", frozenset())
    return any(
        stem in tables.actors
        or stem in tables.offices
        or stem in lexicon.given_names
        or stem in firsts
        or stem in lexicon.heads
        or stem.removeprefix("ال") in lexicon.heads
        or _singular(stem, words) in words.demonyms
        for _, stem, _ in cut_clitics(word)
    )


def _singular(stem: str, words: Wordlists) -> str:
    """Give the form of an Arabic adjective that the table has, of its dual and plural."""
    if stem >= ARABIC and stem not in words.demonyms:
        for suffix, ending in DUALS:
            if stem.endswith(suffix) and stem.removesuffix(suffix) + ending in words.demonyms:
                return stem.removesuffix(suffix) + ending
    return stem
