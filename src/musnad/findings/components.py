"""Which positions can meet: the parts of a collection, and in each the pairs that rules look at.

Rules compare answers to one kind of question about one subject. What joins kinds of questions about a
subject is that a predicate said of it entails another, or that two said or entailed exclude each other;
what joins subjects is alignments; and a denied implication is compared with answers about its
consequent. Between parts that nothing of this joins, no rule finds anything.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from itertools import combinations
from typing import Final, Generic, TypeVar

from musnad.findings.facts import ASPECT, OBJECT, PREDICATE, PROPOSITION, SLOT, SUBJECT, Facts, W
from musnad.graph.vocabulary import load_vocabulary
from musnad.terms import M

BOUND: Final = 100
"""How many positions of one slot are compared, pair by pair; the others are named as not compared."""


Question = tuple[str, str]
"""A kind of question, and the group of what it is asked of."""
Thing = TypeVar("Thing", str, Question)


class Groups(Generic[Thing]):
    """Things in groups that grow together (union–find)."""

    def __init__(self) -> None:
        self._above: dict[Thing, Thing] = {}

    def of(self, thing: Thing) -> Thing:
        """Give the name of a thing's group."""
        above = self._above
        while (parent := above.get(thing, thing)) != thing:
            above[thing] = above.get(parent, parent)
            thing = parent
        return thing

    def join(self, one: Thing, other: Thing) -> None:
        """Put the groups of two things together."""
        one, other = self.of(one), self.of(other)
        if one != other:
            self._above[max(one, other)] = min(one, other)


def components(facts: Facts) -> Iterator[list[str]]:
    """Give the positions that can meet, group by group; those set aside stand alone and are marked."""
    joined = align_things(facts)
    questions = Groups[Question]()
    homes: dict[str, Question] = {}
    reached: set[tuple[str, str]] = set()
    for position in facts.positions:
        proposition = facts.value(position, PROPOSITION) or ""
        home = homes[position] = _question(facts, proposition, joined)
        subject = home[1]
        for predicate in entailed(facts.value(proposition, PREDICATE) or ""):
            reached.add((predicate, subject))
            questions.join(home, (aspects()[predicate], subject))
        for implied in facts.values(proposition, OBJECT):
            if facts.value(implied, SLOT):
                questions.join(home, _question(facts, implied, joined))
    for predicate, subject in reached:
        for excluded in excludes()[predicate]:
            if (excluded, subject) in reached:
                questions.join((aspects()[predicate], subject), (aspects()[excluded], subject))
    found: defaultdict[Question, list[str]] = defaultdict(list)
    for position in set_aside(facts):
        yield [position]
        homes.pop(position)
    for position, home in homes.items():
        found[questions.of(home)].append(position)
    yield from found.values()


def meetings(facts: Facts) -> Iterator[tuple[list[str], list[tuple[str, str]]]]:
    """Give the positions of each part, and the pairs of them that can meet."""
    joined = align_things(facts)
    for positions in components(facts):
        if len(positions) == 1:
            yield positions, []
            continue
        reaches = [_reach(facts, position, joined) for position in positions]
        pairs = combinations(zip(positions, reaches, strict=True), 2)
        yield positions, [(one, other) for (one, here), (other, there) in pairs if here.meets(there)]


@dataclass(frozen=True, slots=True)
class _Reach:
    """The questions that a position answers, what it says of subjects, and what this excludes."""

    questions: frozenset[Question]
    says: frozenset[tuple[str, str]]
    excludes: frozenset[tuple[str, str]]

    def meets(self, other: _Reach) -> bool:
        return not (
            self.questions.isdisjoint(other.questions)
            and self.excludes.isdisjoint(other.says)
            and other.excludes.isdisjoint(self.says)
        )


def _reach(facts: Facts, position: str, joined: Groups[str]) -> _Reach:
    proposition = facts.value(position, PROPOSITION) or ""
    home = _question(facts, proposition, joined)
    subject = home[1]
    said = entailed(facts.value(proposition, PREDICATE) or "")
    questions = {home, *((aspects()[predicate], subject) for predicate in said)}
    for implied in facts.values(proposition, OBJECT):
        if facts.value(implied, SLOT):
            questions.add(_question(facts, implied, joined))
    ruled_out = {(excluded, subject) for predicate in said for excluded in excludes()[predicate]}
    return _Reach(
        frozenset(questions), frozenset((predicate, subject) for predicate in said), frozenset(ruled_out)
    )


def align_things(facts: Facts) -> Groups[str]:
    """Give things in groups, by the alignments that join them."""
    joined = Groups[str]()
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


SET_ASIDE: Final = f"<{W}setAside>"
TRUE: Final = '"true"^^<http://www.w3.org/2001/XMLSchema#boolean>'


def _question(facts: Facts, proposition: str, joined: Groups[str]) -> Question:
    slot = facts.value(proposition, SLOT) or ""
    return facts.value(slot, ASPECT) or "", joined.of(facts.value(slot, SUBJECT) or "")


@cache
def aspects() -> dict[str, str]:
    """Give the aspect that each predicate answers."""
    return {f"<{predicate}>": f"<{aspect}>" for predicate, aspect in load_vocabulary().aspects.items()}


@cache
def excludes() -> defaultdict[str, tuple[str, ...]]:
    """Give the predicates that each predicate excludes."""
    return _related("excludes")


@cache
def entailed(predicate: str) -> tuple[str, ...]:
    """Give a predicate and all that it entails."""
    found = [predicate]
    for known in found:
        found += (other for other in _entails()[known] if other not in found)
    return tuple(found)


@cache
def _entails() -> defaultdict[str, tuple[str, ...]]:
    return _related("entails")


def _related(name: str) -> defaultdict[str, tuple[str, ...]]:
    related: defaultdict[str, tuple[str, ...]] = defaultdict(tuple)
    for quad in load_vocabulary().quads:
        if quad.predicate.value == M(name):
            related[str(quad.subject)] += (str(quad.object),)
    return related


@cache
def _question_groups() -> Groups[str]:
    groups = Groups[str]()
    for related in (_entails(), excludes()):
        for predicate, others in list(related.items()):
            for other in others:
                groups.join(aspects()[predicate], aspects()[other])
    return groups


def question_group(aspect: str) -> str:
    """Give the group of an aspect: all that could be joined by what predicates entail and exclude."""
    return _question_groups().of(aspect)
