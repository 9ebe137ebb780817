"""Persons a text means without naming them: somebody's son, and whoever "his death" goes back to."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Mapping, Sequence

from musnad.meaning.actors import match_class
from musnad.meaning.frame_matching import Ground
from musnad.meaning.names import NameMention

__all__ = ["apposed", "kin_of", "last_person", "relative_of", "with_titles"]

# How many pieces may stand between a word for a relative and the name: the son of the group's leader Salim.
TITLES = 8
NAMES_BACK, PIECES_BACK = 5, 60


def relative_of(
    ground: Ground, starts: Mapping[int, NameMention], at: int
) -> tuple[int, str, NameMention | None] | None:
    """Give end, kind and person of a relative named at a piece: son of Salim, نجل زعيم التنظيم سالم.

    Without a person it is anybody's.
    """
    kin = match_class(ground.tables, ground.pieces, at, "kin")
    if kin is None:
        return None
    inner = _person_after(ground, starts, kin[0])
    return (kin[0] if inner is None else inner.end), kin[1].value, inner


def kin_of(ground: Ground, starts: Mapping[int, NameMention], name: NameMention) -> str:
    """Give the key of whom a name tells apart as a relative, or nothing: نجل سالم, "Karim, son of Salim"."""
    for at in range(name.first - 1, max(-1, name.first - TITLES), -1):
        found = relative_of(ground, starts, at)
        if found is not None:
            return f"{found[1]} of {name.key}" if found[2] is name else ""
    return apposed(ground, starts, name)


def apposed(ground: Ground, starts: Mapping[int, NameMention], name: NameMention) -> str:
    """Give the key of the relative a name is at once said to be, or nothing: "Karim, son of Salim"."""
    after = name.end + (ground.pieces.word(name.end) in (",", "،"))
    found = relative_of(ground, starts, after)
    return f"{found[1]} of {found[2].key}" if found is not None and found[2] is not None else ""


def last_person(names: Sequence[NameMention], at: int, first: int) -> NameMention | None:
    """Give the person named last before a piece, not before the piece `first` and not too far back."""
    before = bisect_left(names, at, key=lambda name: name.first)
    for name in reversed(names[max(0, before - NAMES_BACK) : before]):
        if name.kind == "person" and at - name.first <= PIECES_BACK and name.first >= first:
            return name
    return None


def with_titles(ground: Ground, names: Sequence[NameMention]) -> tuple[NameMention, ...]:
    """Give the names with those a title means: "the leader" is the one leader whom the article names.

    Titles are class `post` of frame-words.tsv; the name stands after the title (the group's leader Salim) or
    before it (سالم زعيم التنظيم).
    """
    starts = {name.first: name for name in names}
    ends = {name.end: name for name in names}
    holders: dict[str, set[str]] = {}
    alone: list[tuple[int, int, str]] = []
    for at in range(len(ground.pieces)):
        post = match_class(ground.tables, ground.pieces, at, "post")
        if post is None or at in starts:
            continue
        holder = _person_after(ground, starts, post[0]) or _holder_before(ground, ends, at)
        if holder is not None:
            holders.setdefault(post[1].value, set()).add(holder.key)
        elif _is_definite(ground, at, post[0]):
            alone.append((at, post[0], post[1].value))
    found = [
        NameMention(at, end, 0, "person", next(iter(holders[title])))
        for at, end, title in alone
        if len(holders.get(title, ())) == 1
    ]
    return tuple(sorted((*names, *found), key=lambda name: name.first))


def _holder_before(ground: Ground, ends: Mapping[int, NameMention], at: int) -> NameMention | None:
    """Give the person a title right after the name is of: سالم زعيم التنظيم, "Salim, the leader"."""
    for before in (at, at - 1, at - 2):
        name = ends.get(before)
        if name is not None and name.kind == "person":
            return name
        if ground.pieces.word(before - 1) not in ("the", ",", "،"):
            return None
    return None


def _is_definite(ground: Ground, at: int, end: int) -> bool:
    pieces = ground.pieces
    if pieces.text[at] >= "\u0600":
        return pieces.text[at][:2] == "ال" or pieces.text[at][-1] in "ها" or pieces.word(end)[:2] == "ال"
    return pieces.word(at - 1) in ("the", "its", "their", "s", "'s") or pieces.glued[at - 1]


def _person_after(ground: Ground, starts: Mapping[int, NameMention], at: int) -> NameMention | None:
    """Give the person a relative is of: titles, and the group of a group's leader, may stand between."""
    pieces, limit = ground.pieces, min(len(ground.pieces), at + TITLES)
    while at < limit:
        name = starts.get(at)
        if name is not None and name.kind == "person":
            return name
        if name is not None:
            at = name.end
            continue
        if pieces.kind[at] in ("mark", "break") and pieces.text[at] not in "\"'«»":
            return None
        if match_class(ground.tables, pieces, at, "preposition") is not None and pieces.text[at] != "of":
            return None
        at += 1
    return None
