"""Which positions can meet: the parts of a collection that rules can look at one by one.

Rules compare answers to one kind of question about one subject. What joins kinds of questions is what the
domains say of predicates (entails, excludes); what joins subjects is alignments; and a denied implication is
compared with answers about its consequent. Between parts that nothing of this joins, no rule finds anything.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from functools import cache
from typing import Final

from musnad.findings.facts import ASPECT, OBJECT, PROPOSITION, SLOT, SUBJECT, Facts
from musnad.graph.vocabulary import load_vocabulary
from musnad.terms import M

BOUND: Final = 100
"""How many positions of one slot are compared, pair by pair; the others are named as not compared."""


class Groups:
    """Things in groups that grow together (union–find)."""

    def __init__(self) -> None:
        self._above: dict[str, str] = {}

    def of(self, thing: str) -> str:
        """Give the name of a thing's group."""
        above = self._above
        while (parent := above.get(thing, thing)) != thing:
            above[thing] = above.get(parent, parent)
            thing = parent
        return thing

    def join(self, one: str, other: str) -> None:
        """Put the groups of two things together."""
        one, other = self.of(one), self.of(other)
        if one != other:
            self._above[max(one, other)] = min(one, other)


def components(facts: Facts) -> Iterator[list[str]]:
    """Give the positions that can meet, group by group; those set aside stand alone and are marked."""
    joined = align_things(facts)
    questions = Groups()
    homes: dict[str, str] = {}
    for position in facts.positions:
        proposition = facts.value(position, PROPOSITION) or ""
        home = homes[position] = _question(facts, proposition, joined)
        for implied in facts.values(proposition, OBJECT):
            if facts.value(implied, SLOT):
                questions.join(home, _question(facts, implied, joined))
    found: defaultdict[str, list[str]] = defaultdict(list)
    for position in set_aside(facts):
        yield [position]
        homes.pop(position)
    for position, home in homes.items():
        found[questions.of(home)].append(position)
    yield from found.values()


def align_things(facts: Facts) -> Groups:
    """Give things in groups, by the alignments that join them."""
    joined = Groups()
    for alignment in facts.alignments:
        one, other = facts.value(alignment, SUBJECT), facts.value(alignment, OBJECT)
        if one and other:
            joined.join(one, other)
    return joined


def set_aside(facts: Facts) -> list[str]:
    """Mark and give the positions of each slot beyond those that most claims hold."""
    slots: defaultdict[str, list[str]] = defaultdict(list)
    for position in facts.positions:
        slot = facts.value(facts.value(position, PROPOSITION) or "", SLOT)
        if slot:
            slots[slot].append(position)
    aside = []
    for positions in slots.values():
        if len(positions) > BOUND:
            positions.sort(key=lambda position: (-facts.held.get(position, 1), position))
            aside += positions[BOUND:]
    for position in aside:
        facts.add(position, SET_ASIDE, TRUE)
    return aside


SET_ASIDE: Final = "<https://w3id.org/musnad/working#setAside>"
TRUE: Final = '"true"^^<http://www.w3.org/2001/XMLSchema#boolean>'


def _question(facts: Facts, proposition: str, joined: Groups) -> str:
    slot = facts.value(proposition, SLOT) or ""
    kind = question_kinds().of(facts.value(slot, ASPECT) or "")
    return f"{kind} {joined.of(facts.value(slot, SUBJECT) or '')}"


@cache
def question_kinds() -> Groups:
    """Give the aspects in groups, by what the domains say that predicates entail and exclude."""
    vocabulary = load_vocabulary()
    kinds = Groups()
    joins = {M("entails"), M("excludes")}
    for quad in vocabulary.quads:
        if quad.predicate.value in joins:
            ends: Iterable[str | None] = (
                vocabulary.aspects.get(node.value) for node in (quad.subject, quad.object)  # type: ignore[union-attr]
            )
            one, other = ends
            if one and other:
                kinds.join(f"<{one}>", f"<{other}>")
    return kinds
