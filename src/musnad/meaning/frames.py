"""Frames: what a statement's content says of forces, events and missions, as plain propositions.

The frames are rows of lexica/{ar,en}/frames.tsv. What no row reads gives nothing.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import TypeVar

from musnad.meaning.actors import ARABIC, Named, find_named, match_class
from musnad.meaning.dates import DateMention
from musnad.meaning.event_mentions import find_event_mentions
from musnad.meaning.event_tables import load_events
from musnad.meaning.events import Events
from musnad.meaning.frame_matching import Ground, Match, classes_within, match_frame
from musnad.meaning.frame_reading import INCIDENT, Scene, interpret
from musnad.meaning.frame_tables import Frame, FrameTables, begun_by_word, load_frames
from musnad.meaning.kin import with_titles
from musnad.meaning.main_event import find_main_event
from musnad.meaning.names import find_names
from musnad.meaning.pieces import Pieces, cut_pieces
from musnad.meaning.places import PlaceMention
from musnad.meaning.propositions import Actor, FramedProposition
from musnad.meaning.quantities import QuantityMention
from musnad.meaning.values import Values
from musnad.meaning.wordlists import load_wordlists
from musnad.text.folding import Folded, fold, fold_text

__all__ = ["Actor", "Content", "FramedProposition", "class_words", "find_propositions", "read_ground"]

V = TypeVar("V", DateMention, QuantityMention, PlaceMention)


@dataclass(frozen=True, slots=True)
class Content:
    """What one statement says: `[start:end]` of the untouched text, and the speaker by any stable name.

    `demanded` is "called for" or "rejected" where the cue is a demand, else empty; `denied` where it denies.
    A `clause` is a sentence of its own ("said that the talks …"), not a noun that the cue governs
    ("announced the talks"). It is `mourned` where the cue is: of the person named in it, it says he is dead.
    """

    start: int
    end: int
    speaker: str = ""
    demanded: str = ""
    denied: bool = False
    clause: bool = False
    mourned: bool = False


def find_propositions(
    folded: Folded,
    values: Values,
    contents: Sequence[Content],
    *,
    published: date,
    lexicon: Path | None = None,
    ground: Ground | None = None,
) -> tuple[tuple[FramedProposition, ...], ...]:
    """Read the contents of an article's statements; give the propositions of each, in its order.

    `values` are those of the whole text; `published` is the day it appeared. Words inside another content
    that a content encloses belong to the inner one alone. `lexicon` is a folder whose tables are added;
    `ground` is that of the text where it is at hand.

    >>> from musnad.meaning.values import find_values
    >>> from musnad.text.folding import fold
    >>> text, day = "French troops will withdraw from Niger by the end of 2023.", date(2023, 9, 25)
    >>> folded = fold(text)
    >>> for found in find_propositions(
    ...     folded, find_values(folded, published=day), [Content(0, len(text))], published=day
    ... )[0]:
    ...     print(found)
    forces of France | security:endsWithdrawal | by 2023 | affirmed | planned | future
    forces of France | security:withdrawsFrom | Niger | affirmed | planned | future
    """
    ground = ground or read_ground(cut_pieces(folded), values, lexicon)
    pieces = ground.pieces
    if not len(pieces):
        return tuple(() for _ in contents)
    ranges = [_range(pieces, content) for content in contents]
    owner = _owners(ranges, contents, len(pieces))
    scene = Scene(ground, published, _main_country(values), _last_phases(ground))
    names = with_titles(
        ground, find_names(pieces, ground.places, language=_language(pieces, 0), lexicon=lexicon)
    )
    speakers = {
        at: (ranges[number][0], contents[number].speaker, contents[number].denied)
        for at, number in enumerate(owner)
        if number >= 0
    }
    openings = frozenset(first for first, _ in ranges)
    happenings = load_events(lexicon)
    mentions = find_event_mentions(ground, happenings, names, openings)
    verbs = (
        Named("event", " ".join(pieces.text[found.first : found.end]), found.first, found.end)
        for found in mentions.values()
        if found.form.type.identity == "article"
    )
    scene.event = find_main_event(ground, published, verbs)
    events = Events(
        scene,
        mentions,
        names,
        speakers,
        demonyms=load_wordlists(lexicon).demonyms,
        kinds=happenings.types.values(),
    )
    own: dict[tuple[int, int], list[int]] = {}
    for at, number in enumerate(owner):
        if number >= 0:
            own.setdefault(ranges[number], []).append(at)
    return tuple(
        _telling(_read(scene, events, own.get(where, ()), where, content))
        for where, content in zip(ranges, contents, strict=True)
    )


def _telling(found: Iterable[FramedProposition]) -> tuple[FramedProposition, ...]:
    """Leave out that the article's event happened where more is said of it: who, why, how many."""
    said = tuple(found)
    told = {one.subject.name for one in said if one.predicate != "general:happens"}
    return tuple(
        one
        for one in said
        if one.predicate != "general:happens"
        or one.polarity == "denied"
        or one.subject.what != INCIDENT
        or one.subject.name not in told
    )


def class_words(text: str, group: str, *, lexicon: Path | None = None) -> tuple[int, ...]:
    """Give where in a text, counted in words, the words of a class of frame-words.tsv stand.

    >>> class_words("the accusation", "report")
    (1,)
    """
    tables, seen = load_frames(lexicon), fold_text(text)
    # Most texts hold no such words, which shows without cutting them into words.
    if not any(
        first in seen and all(word in seen for word in rest) for first, rest in _seen_of_class(tables, group)
    ):
        return ()
    pieces = cut_pieces(fold(text))
    return tuple(at for at in range(len(pieces)) if match_class(tables, pieces, at, group) is not None)


@lru_cache(maxsize=64)
def _seen_of_class(tables: FrameTables, group: str) -> frozenset[tuple[str, tuple[str, ...]]]:
    """Give what is seen in a text of a class's phrases, whatever is written together with the first word.

    للحرب is الحرب after ل: the article's alef is not written.
    """
    return frozenset(
        (first.removeprefix("ا") if first.startswith("ال") else first, rest)
        for first, found in tables.phrases.items()
        for rest, row in found
        if row.group == group
    )


def read_ground(pieces: Pieces, values: Values, lexicon: Path | None = None) -> Ground:
    """Give what frames are matched on: the pieces of a text with the values and names that begin at each."""
    tables, words = load_frames(lexicon), load_wordlists(lexicon)
    starts = [pieces.folded.offsets[start] for start in pieces.start]
    places = _placed(starts, values.places)
    named = find_named(pieces, tables, words, {at: found for at, (_, found) in places.items()})
    return Ground(
        pieces,
        tables,
        places,
        _placed(starts, values.dates),
        _placed(starts, values.quantities),
        named,
        words.units.keys(),
    )


def _placed(starts: Sequence[int], mentions: Sequence[V]) -> dict[int, tuple[int, V]]:
    """Give for the piece a mention begins in the piece after it, and the mention."""
    placed = {}
    for mention in mentions:
        first = bisect_left(starts, mention.start + 1) - 1
        placed[max(first, 0)] = (bisect_left(starts, mention.end), mention)
    return placed


def _range(pieces: Pieces, content: Content) -> tuple[int, int]:
    offsets = pieces.folded.offsets
    first = bisect_left(pieces.start, content.start, key=lambda start: offsets[start])
    if first and offsets[pieces.end[first - 1] - 1] >= content.start:
        first -= 1  # بمقتل: the preposition belongs to the cue, the noun to what is said
    return first, bisect_left(pieces.start, content.end, key=lambda start: offsets[start])


def _owners(ranges: Sequence[tuple[int, int]], contents: Sequence[Content], count: int) -> list[int]:
    """Give for each piece the smallest content it is in, by number, or -1. Two may say the same words.

    "It said it believes …" is one voice: what is said inside one's own words belongs to the outer content.
    """
    owner = [-1] * count
    for number in sorted(range(len(ranges)), key=lambda number: ranges[number][0] - ranges[number][1]):
        first, limit = ranges[number]
        outer = owner[first] if first < count else -1
        inside = outer >= 0 and limit <= ranges[outer][1] and ranges[outer] != ranges[number]
        if inside and contents[number].speaker and contents[outer].speaker == contents[number].speaker:
            continue
        owner[first:limit] = [number] * (limit - first)
    return owner


def _main_country(values: Values) -> str | None:
    """Give the country that most places named lie in, if at least half of them do."""
    countries = Counter(
        place.within[-1] if place.within else place.name_en
        for place in values.places
        if place.within or place.level == 0
    )
    if not countries:
        return None
    country, count = countries.most_common(1)[0]
    return country if 2 * count >= countries.total() else None


def _last_phases(ground: Ground) -> int | None:
    """Give how many phases the text speaks of in so many words."""
    counts = {
        int(quantity.value)
        for _, quantity in ground.quantities.values()
        if quantity.unit == "phase" and quantity.value is not None
    }
    return counts.pop() if len(counts) == 1 else None


def _read(
    scene: Scene, events: Events, own: Sequence[int], where: tuple[int, int], content: Content
) -> Iterator[FramedProposition]:
    first, limit = where
    seen: set[object] = set()
    led = False
    taken: dict[str, int] = {}
    scene.mood = None
    ground = scene.ground
    language = _language(ground.pieces, first)
    here = classes_within(ground, first, limit)
    if content.mourned:
        yield from events.mourned(own)
    for at in own:
        if ground.pieces.text[at] in ".!?؟":
            scene.mood, led = None, False
        named = ground.named.get(at)
        if named is not None:
            scene.heard(named, content.speaker)
        matches: list[Match] = []
        for frame in _candidates(ground, at, language):
            match = match_frame(ground, frame, at, limit) if frame.classes <= here else None
            if match is not None:
                matches.append(match)
        matches.sort(key=lambda match: -match.end)
        for match in matches:
            found = interpret(scene, match, first, content.speaker)
            if found is None or (found.quantity is None and at < taken.get(found.predicate, 0)):
                continue
            key = _in_short(found)
            if key not in seen:
                seen.add(key)
                taken[found.predicate] = match.end
                yield found
        if at not in events.mentions:
            continue
        leading, led = not led, True
        for found in events.read(
            at,
            first,
            leading=leading,
            wanted=content.demanded,
            denied=content.denied,
            clause=content.clause,
        ):
            said = _in_short(found)
            if said not in seen:
                seen.add(said)
                yield found


def _in_short(found: FramedProposition) -> tuple[object, ...]:
    """Give what a proposition says, whatever words say it."""
    values = tuple(
        one if isinstance(one, str) else getattr(one, "name_en", None) or one for one in found.objects
    )
    named = tuple(one.name if isinstance(one, Actor) else one for one in values)
    return (
        found.subject.name,
        found.predicate,
        named,
        found.quantity,
        found.date,
        found.unit,
        found.polarity,
        found.modality,
    )


def _language(pieces: Pieces, first: int) -> str:
    words = (pieces.text[at] for at in range(first, len(pieces)) if pieces.kind[at] == "word")
    return "ar" if next(words, "") >= ARABIC else "en"


def _candidates(ground: Ground, at: int, language: str) -> Iterable[Frame]:
    """Give the frames of the content's language whose first element may begin at a piece, each once."""
    tables, pieces = ground.tables, ground.pieces
    frames = begun_by_word(tables, pieces.text[at], language) if pieces.kind[at] == "word" else ()
    if at in ground.named or at in ground.places or at in ground.quantities:
        slots = (frame for key in _slot_keys(ground, at) for frame in tables.starts.get(key, ()))
        return dict.fromkeys((*frames, *(frame for frame in slots if frame.language == language)))
    return frames


def _slot_keys(ground: Ground, at: int) -> Iterator[str]:
    named: Named | None = ground.named.get(at)
    if named is not None:
        yield "<event>" if named.kind == "event" else "<actor>"
        if named.kind in ("force", "group"):
            yield from ("<force>", "<activity>", "<actors>")
    elif at in ground.places:
        yield from ("<actor>", "<actors>", "<places>", "<place>")
    if at in ground.quantities:
        quantity = ground.quantities[at][1]
        yield from (f"<q:{quantity.role or 'person'}>", f"<q:{quantity.unit}>")
