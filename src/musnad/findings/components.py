"""Which positions can meet: the parts of a collection, and in each the pairs that rules look at.

Rules compare answers to one kind of question about one subject. What joins kinds of questions about a
subject is that a predicate said of it entails another, or that two said or entailed exclude each other;
what joins subjects is alignments; and a denied implication is compared with answers about its
consequent. Between parts that nothing of this joins, no rule finds anything.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from itertools import combinations
from typing import Final, Generic, TypeVar

from musnad.findings.facts import ASPECT, OBJECT, PREDICATE, SLOT, SUBJECT, Facts, W
from musnad.graph.vocabulary import load_vocabulary
from musnad.terms import M

BOUND: Final = 100
"""How many positions of one slot are compared, pair by pair; the others are named as not compared."""


Question = tuple[str, str]
"""A kind of question, or what is said, and the group of things that it is asked or said of."""
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
    yield from _components(facts, _Reaches(facts))


def meetings(facts: Facts) -> Iterator[tuple[list[str], list[tuple[str, str]]]]:
    """Give the positions of each part, and the pairs of them that can meet."""
    reaches = _Reaches(facts)
    for positions in _components(facts, reaches):
        if len(positions) == 1:
            yield positions, []
            continue
        reached = [(position, reaches.of(facts.positions[position])) for position in positions]
        yield (
            positions,
            [(one, other) for (one, here), (other, there) in combinations(reached, 2) if here.meets(there)],
        )


@dataclass(frozen=True, slots=True)
class _Reach:
    """The question of a proposition and all that it bears on, what it says, and what this excludes."""

    home: Question
    questions: frozenset[Question]
    says: frozenset[Question]
    excludes: frozenset[Question]

    def meets(self, other: _Reach) -> bool:
        return self is other or not (
            self.questions.isdisjoint(other.questions)
            and self.excludes.isdisjoint(other.says)
            and other.excludes.isdisjoint(self.says)
        )


class _Reaches:
    """How far propositions reach: as far as others of the question and predicate, unless they imply one."""

    def __init__(self, facts: Facts) -> None:
        self._facts = facts
        self._joined = align_things(facts)
        self._known: dict[tuple[str, str], _Reach] = {}

    def of(self, proposition: str) -> _Reach:
        facts = self._facts
        slot = facts.value(proposition, SLOT) or ""
        predicate = facts.value(proposition, PREDICATE) or ""
        implied = [other for other in facts.values(proposition, OBJECT) if facts.value(other, SLOT)]
        if implied:
            return self._reach(slot, predicate, implied)
        reach = self._known.get((slot, predicate))
        if reach is None:
            reach = self._known[slot, predicate] = self._reach(slot, predicate, ())
        return reach

    def _reach(self, slot: str, predicate: str, implied: Iterable[str]) -> _Reach:
        home = self._question(slot)
        subject = home[1]
        said = entailed(predicate)
        questions = {home, *((aspects()[name], subject) for name in said)}
        questions.update(self._question(self._facts.value(other, SLOT) or "") for other in implied)
        return _Reach(
            home,
            frozenset(questions),
            frozenset((name, subject) for name in said),
            frozenset((excluded, subject) for name in said for excluded in excludes()[name]),
        )

    def _question(self, slot: str) -> Question:
        facts = self._facts
        return facts.value(slot, ASPECT) or "", self._joined.of(facts.value(slot, SUBJECT) or "")


def _components(facts: Facts, reaches: _Reaches) -> Iterator[list[str]]:
    questions = Groups[Question]()
    homes: dict[str, Question] = {}
    reached: dict[Question, None] = {}
    for position, proposition in facts.positions.items():
        reach = reaches.of(proposition)
        homes[position] = reach.home
        reached.update(dict.fromkeys(reach.says))
        for question in reach.questions:
            questions.join(reach.home, question)
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


def align_things(facts: Facts) -> Groups[str]:
    """Give things in groups, by the alignments that join them."""
    joined = Groups[str]()
    for alignment in facts.alignments:
        one, other = facts.value(alignment, SUBJECT), facts.value(alignment, OBJECT)
        if one and other:
            joined.join(one, other)
    return joined


def alignments_by_thing(facts: Facts) -> dict[str, list[str]]:
    """Give the alignments that may bear on a thing: all those of its group."""
    joined = align_things(facts)
    groups: defaultdict[str, list[str]] = defaultdict(list)
    things: dict[str, str] = {}
    for alignment in facts.alignments:
        for end in (facts.value(alignment, SUBJECT), facts.value(alignment, OBJECT)):
            if end:
                group = things[end] = joined.of(end)
                if groups[group][-1:] != [alignment]:
                    groups[group].append(alignment)
    return {thing: groups[group] for thing, group in things.items()}


def set_aside(facts: Facts) -> list[str]:
    """Mark and give the positions of each slot beyond those that most claims hold."""
    slots: defaultdict[str, list[str]] = defaultdict(list)
    for position, proposition in facts.positions.items():
        if slot := facts.value(proposition, SLOT):
            slots[slot].append(position)
    aside = []
    for positions in slots.values():
        if len(positions) > BOUND:
            positions.sort(key=lambda position: (-facts.held.get(position, 1), position))
            aside += positions[BOUND:]
    for position in aside:
        facts.add(position, SET_ASIDE, _TRUE)
    facts.aside.update(aside)
    return aside


SET_ASIDE: Final = f"<{W}setAside>"
_TRUE: Final = '"true"^^<http://www.w3.org/2001/XMLSchema#boolean>'


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
