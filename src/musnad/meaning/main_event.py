"""The event an article is about, and whether words in it speak of that one or of another."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from musnad.meaning.actors import ARABIC, Named, match_class
from musnad.meaning.dates import DateMention
from musnad.meaning.frame_matching import Ground
from musnad.meaning.places import PlaceMention

__all__ = ["MainEvent", "find_main_event", "is_main", "is_recent"]

REACH = 14
FIRST = 4
# An article tells of an event within days; an older date belongs to another.
DAYS = 7
RECENT = 60
LEAD = 60
# How far into an article the place that it was written in may stand.
DATELINE = 6
# From this level on a gazetteer has roads, camps and bases, whose town it does not know.
LANDMARK = 4


@dataclass(frozen=True, slots=True)
class MainEvent:
    """The event: where it is first named, its place, and the words for its day, as far as the text has them.

    `on` is the day it is known by in other articles as well, that of publication where the text has none;
    without it the name is good in this article only.
    """

    named: Named
    place: PlaceMention | None
    date: DateMention | None
    name: str
    on: datetime.date | None

    @property
    def shared(self) -> bool:
        """Whether the name means the same in every article."""
        return self.on is not None


def find_main_event(
    ground: Ground, published: datetime.date, verbs: Iterable[Named] = ()
) -> MainEvent | None:
    """Give the first event of an article, with the first place and day its first mentions are given.

    `verbs` stand for it where no noun does: *was shelled*.
    """
    events = {at: named for at, named in ground.named.items() if named.kind == "event"}
    events = events or {named.first: named for named in verbs}
    order = sorted(events)[:FIRST]
    if not order:
        return None
    places = [place for at in order if (place := _place(ground, events[at])) is not None]
    days = [day for at in order if (day := _day(ground, at)) is not None and _near(day, published)]
    lead = range(min(LEAD, len(ground.pieces)))
    places += [
        ground.places[at][1]
        for at in lead
        if at in ground.places and ground.places[at][1].level != 0 and not _is_dateline(ground, at)
    ]
    days += [
        ground.dates[at][1] for at in lead if at in ground.dates and _near(ground.dates[at][1], published)
    ]
    # A sea lies nowhere: a town named beside it says more.
    place = next((found for found in places if found.within), next(iter(places), None))
    day = next(iter(days), None)
    first = events[order[0]]
    words = ground.pieces.raw_span(first.first, first.end - 1, cut=first.cut)[2]
    if place is None or (day is None and _older(ground, order)):
        return MainEvent(first, place, day, words, None)
    # News without a day is of the day it appears on.
    on = published if day is None else day.earliest
    # Sources may disagree on what it was, so that place and day name it.
    return MainEvent(first, place, day, f"event in {place.name_en} on {on.isoformat()}", on)


def _older(ground: Ground, order: Sequence[int]) -> bool:
    """Whether the sentences that name the event first give it a time of their own, such as last May."""
    return any(
        ground.pieces.same_sentence(min(at, near), max(at, near)) for at in order[:2] for near in ground.dates
    )


def is_recent(ground: Ground, at: int, published: datetime.date) -> bool:
    """Whether nothing dates what stands at a piece to a time well before the article."""
    day = _day(ground, at)
    return day is None or (day.granularity != "year" and abs((published - day.earliest).days) <= RECENT)


def is_main(ground: Ground, main: MainEvent, at: int, published: datetime.date) -> bool:
    """Whether what stands at a piece may be said of the article's event: no other place or day is near.

    "Similar attacks", هجوم آخر are others in so many words.
    """
    near = (at + 1,) if ground.pieces.text[at] >= ARABIC else (at - 1, at - 2)
    if any(match_class(ground.tables, ground.pieces, beside, "distinct") is not None for beside in near):
        return False
    day = _day(ground, at)
    if day is not None and not (_near(day, published) and _fits(day, main)):
        return False
    place = _place(ground, ground.named[at]) if at in ground.named else None
    if place is None or main.place is None or not place.id:
        return True  # where a place lies that no gazetteer knows, nobody can tell
    if len(place.within) > 1 and place.within[0] in main.place.within and (place.level or 0) >= LANDMARK:
        return True  # a road or a camp of the same province may well lie in the town
    return not {place.name_en, *place.within}.isdisjoint({main.place.name_en, *main.place.within}) and (
        place.name_en in (main.place.name_en, *main.place.within) or main.place.name_en in place.within
    )


def _is_dateline(ground: Ground, at: int) -> bool:
    """Whether a place is where an article was written, not what it is about: GAO (Agency) -, غاو - ."""
    pieces, end = ground.pieces, ground.places[at][0]
    if at > DATELINE:
        return False
    written = pieces.raw_span(at, end - 1)[2]
    return pieces.word(end) in ("-", "–", "—", "(", ":") or (len(written) > 3 and written.isupper())


def _fits(day: DateMention, main: MainEvent) -> bool:
    """Whether a day is the event's own or beside it: night and time zone make one of two."""
    own = main.date
    return own is None or abs((day.earliest - own.earliest).days) <= 1


def _near(day: DateMention, published: datetime.date) -> bool:
    return day.granularity == "day" and abs((published - day.earliest).days) <= DAYS


def _place(ground: Ground, named: Named) -> PlaceMention | None:
    after: Sequence[int] = range(named.end, min(named.end + REACH, len(ground.pieces)))
    before: Sequence[int] = range(named.first - 1, max(-1, named.first - REACH // 2), -1)
    nowhere = None
    for at in (*after, *before):
        if at in ground.places and ground.pieces.same_sentence(min(at, named.first), max(at, named.first)):
            found = ground.places[at][1]
            if found.within:
                return found
            if found.level != 0:
                nowhere = nowhere or found  # a sea; a town named beside it says more
    return nowhere


def _day(ground: Ground, at: int) -> DateMention | None:
    for step in range(2 * REACH):
        for near in (at + step, at - step):
            if (
                near in ground.dates
                and ground.pieces.same_sentence(min(at, near), max(at, near))
                and ground.dates[near][1].granularity in ("day", "month", "year")
            ):
                return ground.dates[near][1]
    return None
