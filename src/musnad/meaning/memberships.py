"""Whose forces are part of a group's forces, where the text says which state leads the group."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from musnad.meaning.actors import Named, forces_of, match_class
from musnad.meaning.frame_matching import Ground
from musnad.meaning.frames import read_ground
from musnad.meaning.pieces import cut_pieces
from musnad.meaning.values import Values
from musnad.text.folding import Folded
from musnad.text.spans import Span

__all__ = ["Membership", "find_memberships"]


@dataclass(frozen=True, slots=True)
class Membership:
    """That the forces `part` belong to the forces `whole`, by names as frames give them."""

    part: str
    whole: str
    evidence: Span


def find_memberships(
    folded: Folded, values: Values, *, lexicon: Path | None = None, ground: Ground | None = None
) -> tuple[Membership, ...]:
    """Find what states a text says to lead a group of forces; each pair once, in order.

    `ground` is that of the text where it is at hand.

    >>> from datetime import date
    >>> from musnad.meaning.values import find_values
    >>> from musnad.text.folding import fold
    >>> folded = fold("the naval alliance, led by Spain, met")
    >>> for found in find_memberships(folded, find_values(folded, published=date(2025, 10, 11))):
    ...     print(found.part, "in", found.whole, "|", found.evidence.text)
    forces of Spain in naval alliance forces | naval alliance, led by Spain
    """
    ground = ground or read_ground(cut_pieces(folded), values, lexicon)
    pieces = ground.pieces
    found: dict[tuple[str, str], Membership] = {}
    for named in ground.named.values():
        if named.kind != "group" and not named.of:
            continue
        country, end = named.country, named.end
        if not country:
            at = named.end + 1 if pieces.word(named.end) in (",", "،") else named.end
            headed = match_class(ground.tables, pieces, at, "headed") if at < len(pieces) else None
            place = ground.places.get(headed[0]) if headed is not None else None
            if place is None or place[1].level != 0:
                continue
            country, end = place[1].name_en, place[0]
        elif "led" not in pieces.text[named.first : named.end]:
            continue
        membership = _membership(pieces.raw_span(named.first, end - 1), named, country)
        found.setdefault((membership.part, membership.whole), membership)
    return tuple(found.values())


def _membership(evidence: tuple[int, int, str], named: Named, country: str) -> Membership:
    whole = forces_of(named.name) if named.kind == "group" else named.name
    return Membership(f"forces of {country}", whole, Span(*evidence))
