"""Whether a noun refers back to a happening that is known, or brings up a new one."""

from __future__ import annotations

from musnad.meaning.actors import match_class
from musnad.meaning.event_tables import EventForm
from musnad.meaning.frame_matching import Ground

__all__ = ["DETERMINERS", "is_definite"]

# After one of these an English word is a noun: "the hit".
DETERMINERS = frozenset(["the", "a", "an", "this", "these", "that", "such", "no", "any", "more"])
INDEFINITE = frozenset(["a", "an", "no", "any", "another", "more"])
DEFINITE = DETERMINERS - INDEFINITE
# How many words may stand between an article and its noun.
MODIFIERS = 3


def is_definite(ground: Ground, form: EventForm, at: int, end: int) -> bool:
    """Whether words refer back to an event: the talks, his death, هذه المحادثات, مقتله."""
    pieces, tables = ground.pieces, ground.tables
    back = match_class(tables, pieces, at - 1, "back") is not None
    if form.language == "en":
        back = back or (form.shape.startswith("noun") and _has_article(ground, at))
        return back or pieces.text[at] in DEFINITE
    if form.shape == "passive":
        # قتل في …: the verb has its subject in itself, so it was named before.
        return match_class(tables, pieces, end, "preposition") is not None
    if form.shape in ("verb", "meeting"):
        return False
    own = match_class(tables, pieces, at, "own-event") is not None
    return back or own or "ال" in pieces.text[at][:4] or "لل" in pieces.text[at][:3]


def _has_article(ground: Ground, at: int) -> bool:
    """Whether an English noun is definite by what stands further before it: the deadly train crash."""
    pieces, tables = ground.pieces, ground.tables
    for before in range(at - 1, max(-1, at - MODIFIERS - 1), -1):
        if pieces.kind[before] != "word" or pieces.text[before] in INDEFINITE:
            return False
        if match_class(tables, pieces, before, "back") is not None:
            return True
        for group in ("preposition", "clause", "be", "light", "occurs", "causes"):
            if match_class(tables, pieces, before, group) is not None:
                return False
    return False
