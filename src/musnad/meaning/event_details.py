"""What stands beside the word for an event: how many, on what day, what somebody died of."""

from __future__ import annotations

from collections.abc import Mapping

from musnad.meaning.actors import match_class
from musnad.meaning.dates import DateMention
from musnad.meaning.event_mentions import EventMention
from musnad.meaning.frame_matching import Ground
from musnad.meaning.quantities import QuantityMention

__all__ = ["FAR", "NEAR", "amount_of", "day_of", "means_of", "told_just_before"]

# How many pieces after an event's word its number and its day may stand, and the day of what is well known.
NEAR, FAR = 8, 14
# How far before "it runs normally" that may be named which does.
BEFORE = 40
# How far after it a death's cause may stand.
MEANS = 16

Mentions = Mapping[int, EventMention]


def told_just_before(mentions: Mentions, mention: EventMention) -> bool:
    """Whether words that do not name their event have one to go back to: "… it runs normally"."""
    found = (mentions.get(at) for at in range(max(0, mention.first - BEFORE), mention.first))
    return any(other is not None and other.form.type is mention.form.type for other in found)


def means_of(ground: Ground, mentions: Mentions, mention: EventMention) -> str:
    """Give what somebody died of, as the words after it in the sentence say: an air strike, fighting."""
    for at in range(mention.end, min(len(ground.pieces), mention.end + MEANS)):
        other = mentions.get(at)
        if not ground.pieces.same_sentence(mention.first, at):
            return ""
        if other is not None and other.form.type is mention.form.type:
            return ""
        found = match_class(ground.tables, ground.pieces, at, "means-of-death")
        if found is not None:
            return found[1].value
    return ""


def amount_of(ground: Ground, mention: EventMention) -> QuantityMention | None:
    """Give the number beside an event's word in its sentence."""
    for at in range(mention.first - 2, mention.end + NEAR):
        if at in ground.quantities and ground.pieces.same_sentence(mention.first, at):
            return ground.quantities[at][1]
    return None


def day_of(ground: Ground, mentions: Mentions, mention: EventMention, reach: int) -> DateMention | None:
    """Give the day, month or year after an event's word in its sentence.

    A date after the word for another event is that one's, and one after *since* or *before* is of neither.
    """
    for at in range(mention.end, mention.end + reach):
        other = mentions.get(at)
        if other is not None and other.form.type is not mention.form.type:
            return None
        if match_class(ground.tables, ground.pieces, at, "apart-in-time") is not None:
            return None
        if at in ground.dates and ground.pieces.same_sentence(mention.first, at):
            day = ground.dates[at][1]
            return day if day.granularity in ("day", "month", "year") else None
    return None
