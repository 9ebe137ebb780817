"""Patterns of frames on the pieces of a text, walked once from left to right: nothing is tried twice."""

from __future__ import annotations

from collections.abc import Container, Mapping
from dataclasses import dataclass, field

from musnad.meaning.actors import Named, match_class
from musnad.meaning.dates import DateMention
from musnad.meaning.frame_tables import NEAR, Element, Frame, FrameTables, Word, classes_of_word, future_stem
from musnad.meaning.pieces import Pieces, cut_clitics
from musnad.meaning.places import PlaceMention
from musnad.meaning.quantities import QuantityMention

__all__ = ["Ground", "Match", "classes_within", "match_frame"]

FILLERS = 3
MEMBERS = 8
COMMAS = frozenset(",،-\"'()")
# Marks a gap of a few words may cross, and those one of many may.
LIGHT, HEAVY = frozenset("\"'()-"), frozenset("\"'()-,،")


@dataclass(frozen=True, slots=True)
class Ground:
    """A text made ready for frames: its pieces, and what begins at each."""

    pieces: Pieces
    tables: FrameTables
    places: Mapping[int, tuple[int, PlaceMention]]
    dates: Mapping[int, tuple[int, DateMention]]
    quantities: Mapping[int, tuple[int, QuantityMention]]
    named: Mapping[int, Named]
    counted: Container[str]


@dataclass(slots=True)
class Match:
    """Where a frame was found, `[first:end]` on the pieces, and what filled its slots."""

    frame: Frame
    first: int
    end: int
    force: Named | None = None
    event: Named | None = None
    group: Named | None = None
    activity: str = ""
    actors: list[Named] = field(default_factory=list)
    places: list[PlaceMention] = field(default_factory=list)
    date: DateMention | None = None
    quantity: QuantityMention | None = None
    concept: str = ""
    tense: str = ""
    future: bool = False
    skipped: list[int] = field(default_factory=list)


def match_frame(ground: Ground, frame: Frame, at: int, limit: int) -> Match | None:
    """Match a frame's pattern at a piece, within the pieces before `limit`."""
    match = Match(frame, at, at)
    position, reach = at, 0
    for element in frame.elements:
        if element.kind == "gap":
            reach = element.reach
            continue
        end = _search(ground, element, match, range(position, min(position + reach + 1, limit)), limit)
        if end is None:
            return None
        position, reach = end, 0
    match.end = position
    return match


def classes_within(ground: Ground, first: int, limit: int) -> frozenset[str]:
    """Give the classes of frame-words.tsv that words of the pieces `[first:limit]` may begin."""
    words = set(ground.pieces.text[first:limit])
    return frozenset().union(*(classes_of_word(ground.tables, word) for word in words))


def _search(ground: Ground, element: Element, match: Match, where: range, limit: int) -> int | None:
    heavy = len(where) > NEAR + 1
    for at in where:
        end = _step(ground, element, match, at, limit)
        if end is not None:
            return end if end <= limit else None
        if at == where[-1] or _stops(ground, at, heavy=heavy):
            return None
        match.skipped.append(at)
    # An optional slot at the very end of the content is filled from elsewhere.
    return where.start if element.name.endswith("?") and where.start >= limit else None


def _stops(ground: Ground, at: int, *, heavy: bool) -> bool:
    pieces = ground.pieces
    text = pieces.text[at]
    if pieces.kind[at] == "mark":
        return text not in (HEAVY if heavy else LIGHT)
    if pieces.kind[at] == "break" or match_class(ground.tables, pieces, at, "stop") is not None:
        return True
    if text[0] != "و" or len(text) < 4 or text.startswith("وال") or at in ground.named:
        return False
    begins_value = at in ground.places or at in ground.dates or at in ground.quantities
    return (
        not begins_value
        and text[1:] not in ground.counted
        and match_class(ground.tables, pieces, at, "pass") is None
    )


def _step(ground: Ground, element: Element, match: Match, at: int, limit: int) -> int | None:
    """Give the piece after an element that begins at `at`, and keep what filled it."""
    pieces = ground.pieces
    if element.kind == "word":
        for _, stem, clitics in cut_clitics(pieces.text[at]):
            if stem in element.words and clitics in ("", "و", "ف"):
                return at + 1
        return None
    if element.kind == "class":
        return _class(ground, element.name, match, at)
    name = element.name
    if name.startswith("@"):
        found = match_class(ground.tables, pieces, at, name[1:])
        if found is not None:
            match.concept = found[1].value
            return found[0]
        return None
    if name.startswith("q:"):
        return _quantity(ground, name[2:], match, at)
    if name == "date":
        return _date(ground, match, at)
    if name in ("place", "places"):
        return _places(ground, match, at, limit, several=name == "places")
    return _named(ground, name, match, at)


def _class(ground: Ground, group: str, match: Match, at: int) -> int | None:
    found = match_class(ground.tables, ground.pieces, at, group)
    if found is None:
        if ground.pieces.kind[at] != "word":
            return None
        # سينسحب: the future is written together with its verb.
        for rest, word in ground.tables.phrases.get(future_stem(ground.pieces.text[at]), ()):
            end = at + 1 + len(rest)
            if word.group == group and tuple(ground.pieces.text[at + 1 : end]) == rest:
                match.future = True
                return end
        return None
    match.tense = match.tense or found[1].tense
    return found[0]


def _quantity(ground: Ground, wanted: str, match: Match, at: int) -> int | None:
    found = ground.quantities.get(at)
    if found is None or match.quantity is not None:
        return None
    end, quantity = found
    if wanted in ("killed", "wounded", "arrested"):
        fits = quantity.role == wanted
    elif wanted == "person":
        fits = not quantity.role and match_unit(ground, quantity.unit)
    else:
        fits = quantity.unit == wanted
    if not fits:
        return None
    match.quantity = quantity
    after = end
    for piece in range(end, min(end + FILLERS, len(ground.pieces)) if quantity.unit else end):
        if ground.pieces.text[piece] in quantity.noun.casefold().split():
            after = piece + 1
    return after


def match_unit(ground: Ground, unit: str) -> bool:
    """Whether a unit counts people."""
    return any(word.group == "person-unit" for _, word in ground.tables.phrases.get(unit, ()))


def _date(ground: Ground, match: Match, at: int) -> int | None:
    found = ground.dates.get(at)
    if found is None:
        return None
    match.date = found[1]
    return found[0]


def _named(ground: Ground, name: str, match: Match, at: int) -> int | None:
    optional, kind = name.endswith("?"), name.removesuffix("?")
    named = ground.named.get(at)
    if kind == "force" and named is not None and named.kind in ("force", "group"):
        match.force = named
        return named.end
    if kind == "event" and named is not None and named.kind == "event":
        match.event = named
        return named.end
    if kind == "activity":
        return _activity(ground, match, at)
    if kind in ("actor", "actors"):
        return _actors(ground, match, at, several=kind == "actors")
    if optional and (
        ground.pieces.kind[at] == "mark"
        or match_class(ground.tables, ground.pieces, at, "function") is not None
        or match_class(ground.tables, ground.pieces, at, "stop") is not None
    ):
        return at
    return None


def _activity(ground: Ground, match: Match, at: int) -> int | None:
    """Read the work of a group: مهام الحلف, the alliance's mission; or with a pronoun: its mission."""
    group = ground.named.get(at)
    if group is not None and group.kind in ("group", "force"):
        found = _mission(ground, group.end)
        if found is None:
            return None
        match.group, match.activity = group, found[1].value
        return found[0]
    found = _mission(ground, at)
    if found is None:
        return None
    end, match.activity = found[0], found[1].value
    after = end
    while after < end + FILLERS and match_class(ground.tables, ground.pieces, after, "plain"):
        after += 1
    if ground.pieces.word(after) in ("of", "for"):
        after += 2 if ground.pieces.word(after + 1) == "the" else 1
    group = ground.named.get(after)
    if group is not None and group.kind in ("group", "force"):
        match.group = group
        return group.end
    return end if found[1].tense == "pronoun" or ground.pieces.word(at - 1) in ("its", "their") else None


def _mission(ground: Ground, at: int) -> tuple[int, Word] | None:
    while match_class(ground.tables, ground.pieces, at, "plain"):
        at += 1
    found = match_class(ground.tables, ground.pieces, at, "mission")
    return None if found is None else found[:2]


def _actors(ground: Ground, match: Match, at: int, *, several: bool) -> int | None:
    """Read one who acts: a group, a force, an organisation the tables know, or a state."""
    named = ground.named.get(at)
    end: int | None = None
    if named is not None and named.kind in ("force", "group", "actor") and not named.bare:
        match.actors.append(named)
        end = named.end
    elif (found := ground.places.get(at)) is not None and found[1].level == 0:
        match.places.append(found[1])
        end = found[0]
    if end is None or not several:
        return end
    for _ in range(MEMBERS):
        at = end + 1 if ground.pieces.word(end) in ("and", ",") else end
        more = _actors(ground, match, at, several=False) if at > end or _joined(ground, at) else None
        if more is None:
            break
        end = more
    return end


def _joined(ground: Ground, at: int) -> bool:
    return ground.pieces.word(at).startswith("و")


def _places(ground: Ground, match: Match, at: int, limit: int, *, several: bool) -> int | None:
    """Read a place, past nouns that say what it is (the town of …), and those joined to it."""
    end = _place(ground, match, at, limit)
    if end is None or not several:
        return end
    for _ in range(MEMBERS):
        word = ground.pieces.word(end)
        start = end + 1 if word in ("and", ",", "،") else end
        if start >= limit or (start == end and not word.startswith("و")):
            break
        if word in (",", "،") and ground.pieces.word(start) == "and":
            start += 1
        if word == "،" and not _joined(ground, start):
            break
        more = _place(ground, match, start, limit)
        if more is None:
            break
        end = more
    return end


def _place(ground: Ground, match: Match, at: int, limit: int) -> int | None:
    for piece in range(at, min(at + FILLERS + 1, limit)):
        found = ground.places.get(piece)
        if found is not None:
            match.places.append(found[1])
            return found[0]
        if ground.pieces.text[piece] != '"' and not match_class(
            ground.tables, ground.pieces, piece, "place-head"
        ):
            return None
    return None
