"""When a thing that happens again and again is told of: now, or in a time gone by."""

from __future__ import annotations

from datetime import date, timedelta

from musnad.meaning.dates import DateMention
from musnad.meaning.frame_matching import Ground

__all__ = ["episode"]

# How many pieces back a date of an earlier sentence may stand that what follows still happens at.
BACK = 45
# How many pieces off in its own sentence a date may stand; sentences are rarely longer.
FAR = 80
RECENT = timedelta(days=60)


def episode(ground: Ground, at: int, published: date) -> str:
    """Give the month or year before the article's own time that something at a piece happened in, or nothing.

    A visit of last May is not the one of this week. Its time is the date in its sentence, else the last one
    before it: what is told after "in May" goes on in May until another date comes.
    """
    day = _date_of(ground, at)
    if day is None or published - day.latest <= RECENT:
        return ""
    return day.iso[:7]


def _date_of(ground: Ground, at: int) -> DateMention | None:
    pieces, dates = ground.pieces, ground.dates
    for distance in range(FAR):
        for near in (at - distance, at + distance):
            if near in dates and pieces.same_sentence(min(near, at), max(near, at)):
                return dates[near][1]
    before = [near for near in range(max(0, at - BACK), at) if near in dates]
    return dates[before[-1]][1] if before else None
