"""Facts shared out, so that rules can look at parts of a collection in several processes.

What can meet in a rule stays together, with all that is known around it: so each share has the findings that
it has as a part of the whole. Parts that are alike lie together, since whoever has learnt what rules find in
one shape need not learn it again; and a share is small, so that no process holds much of the whole.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Final

from musnad.findings.components import SET_ASIDE, alignments_by_thing, components
from musnad.findings.facts import OWN, PREDICATE, SLOT, Facts
from musnad.findings.rules import the_rules

__all__ = ["SHARE", "Sweep", "find_in_shares", "share_out"]

SHARE: Final = 1000  # positions in a share: some hundred kilobytes, and some tenths of a second's work

Sweep = Callable[[Facts], Iterator[str]]
"""What gives the findings among facts, as texts of N-Triples lines; a line may come more than once."""


def share_out(facts: Facts, size: int = SHARE, *, hands: int = 1) -> Iterator[Facts]:
    """Give the facts in shares of about so many positions; those that nothing can be found in are left out.

    All positions of one question stay together, those that are not compared for their number too: a share is
    as large as the largest question makes it. With several `hands` that take shares in turn, each gets those
    that are alike.
    """
    bearing = alignments_by_thing(facts)
    likely = sorted((_likeness(facts, positions), positions) for positions in _parts(facts))
    lots: list[list[list[str]]] = []
    held = size
    for _, positions in likely:
        if held >= size:
            lots.append([])
            held = 0
        lots[-1].append(positions)
        held += len(positions)
    turns = -(-len(lots) // hands)
    for turn in range(turns):
        for lot in lots[turn::turns]:
            share = Facts()
            for positions in lot:
                _copy(facts, share, positions, bearing)
            yield share


def find_in_shares(shares: Sequence[Facts]) -> list[bytes]:
    """Give the findings in each share, as N-Triples: the work of a process that is not the only one."""
    return ["".join(the_rules().findings(share)).encode() for share in shares]


def _parts(facts: Facts) -> Iterator[list[str]]:
    """Give the positions that can meet, with those of the same questions that are set aside."""
    aside: defaultdict[str, list[str]] = defaultdict(list)
    for positions in components(facts):
        first = positions[0]
        if first in facts.aside:  # they come first, each by itself
            aside[_slot(facts, first)].append(first)
            continue
        if len(positions) > 1 or first in facts.held:
            slots = dict.fromkeys(_slot(facts, position) for position in positions)
            yield sorted([*positions, *(other for slot in slots for other in aside.get(slot, ()))])


def _slot(facts: Facts, position: str) -> str:
    return facts.value(facts.positions[position], SLOT) or ""


def _likeness(facts: Facts, positions: Sequence[str]) -> tuple[int, list[str]]:
    """Give what is equal for parts that are likely to have one shape."""
    said = [facts.value(facts.positions[position], PREDICATE) or "" for position in positions]
    return len(positions), sorted(said)


def _copy(facts: Facts, share: Facts, positions: Sequence[str], bearing: Mapping[str, Sequence[str]]) -> None:
    """Put positions into a share, with all that is known around them."""
    share.positions.update((position, facts.positions[position]) for position in positions)
    share.held.update((position, facts.held[position]) for position in positions if position in facts.held)
    alignments = set(share.alignments)
    todo = list(positions)
    while todo:
        node = todo.pop()
        if node in share.about:
            continue
        known = facts.about.get(node, ())
        if SET_ASIDE in known:  # whoever looks at the share finds out for himself, and marks it
            known = [
                text
                for pair in zip(known[::2], known[1::2], strict=True)
                if pair[0] != SET_ASIDE
                for text in pair
            ]
        share.about[node] = list(known)
        todo += (value for value in known[1::2] if value.startswith(OWN))
        todo += bearing.get(node, ())
        alignments.update(bearing.get(node, ()))
    share.alignments = sorted(alignments)
