"""Pairs of positions that are alike but for their names, so that rules need look at one of them only.

What queries tell of names is whether two are the same; of numbers and days, which is the larger. (The
names that queries make from content, and the order in which they write pairs, are made again in
`templates`.) So two pairs that become equal when names are replaced by numbers in order of appearance,
and numbers and days by their rank, have the same findings with the names exchanged.

A position is profiled once, with all that is known around it, and two profiles are fitted together for
each pair. Rules compare numbers with nought, one and the widest bounds, and days of speaking apart from
days spoken of: the ranks keep to that.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from functools import cache, lru_cache
from typing import Final, TypeVar

import pyoxigraph as ox

from musnad.findings.facts import (
    ALIGNMENT,
    CLASS,
    OBJECT,
    OWN,
    SUBJECT,
    Facts,
    W,
    plain_value,
)  # fmt: skip
from musnad.graph.vocabulary import load_vocabulary
from musnad.terms import SCHEMA, M

Shape = tuple[object, ...]
Number = int | Decimal
Value = TypeVar("Value", bound=int | Decimal | str)

_HOLDER: Final = f"<{W}soleHolder>"
_SAID: Final = frozenset(f"<{W}{name}>" for name in ("firstSaid", "lastSaid"))
_COUNTS: Final = frozenset(f"<{W}{name}>" for name in ("holders", "claims"))
_OF_HOLDERS: Final = _COUNTS | _SAID | {_HOLDER}
_DAYS: Final = frozenset(f"<{M(name)}>" for name in ("startEarliest", "endLatest", "validFrom", "validUntil"))
_NUMBERS: Final = frozenset(f"<{SCHEMA(name)}>" for name in ("minValue", "maxValue"))
_MARKED: Final = f"<{M('edtf')}>"  # only whether there is one matters
_NUMBER: Final = re.compile(r"[+-]?(?:\d+(?:\.\d*)?|\.\d+)", re.ASCII)
_DAY: Final = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)
# What the ranks of numbers and days are counted from: the constants that queries compare with.
_FIXED_NUMBERS: Final[tuple[Number, ...]] = (-(10**15), 0, 1, 10**15)
_FIXED_DAYS: Final = ("0001-01-01", "9999-12-31")


@dataclass(slots=True)
class Profile:
    """One position with all that is known around it.

    `form` stands for what there is, numbers and days aside; `names` are the names in order of appearance,
    the position's own first. All that is known of `deep` names was looked at, of the others what they are.
    """

    form: int
    names: list[str]
    index: dict[str, int]
    deep: list[str]
    numbers: list[Number] = field(default_factory=list)
    days: list[str] = field(default_factory=list)
    counts: list[str] = field(default_factory=list)
    holder: str | None = None
    said: list[str] = field(default_factory=list)
    grows: bool = False


class Profiler:
    """Profiles positions, and numbers the forms that it meets."""

    def __init__(self) -> None:
        self._forms: dict[Shape, int] = {}

    def profile(self, facts: Facts, position: str, joined: Mapping[str, Sequence[str]]) -> Profile:
        """Profile a position; `joined` gives the alignments that bear on a thing."""
        profile = Profile(0, [position], {position: 0}, [position])
        form = tuple(_go_around(profile, facts, joined))
        profile.form = self._forms.setdefault(form, len(self._forms))
        profile.grows = not _cumulative().isdisjoint(facts.about[facts.positions[position]])
        return profile


def _go_around(profile: Profile, facts: Facts, joined: Mapping[str, Sequence[str]]) -> list[object]:
    """Go from a position to all that is known around it, and give what makes its form."""
    about, deep = facts.about, profile.deep
    form: list[object] = []
    ends: dict[str, None] = {}
    at = 0
    while at < len(deep):
        for node in deep[at:]:
            at += 1
            _look_at(profile, node, about.get(node, ()), form, ends)
            if node in joined:
                _join(profile, joined[node], form)
        # Of what a question or an alignment is about rules ask what it is, and for its alignments, no more.
        for node in [node for node in ends if node not in deep]:
            form += (-3, profile.index[node])
            form += facts.values(node, CLASS)
            if node in joined:
                _join(profile, joined[node], form)
        ends.clear()
    return form


def _look_at(
    profile: Profile, node: str, known: Sequence[str], form: list[object], ends: dict[str, None]
) -> None:
    """Note all that is known of a node."""
    index, names, deep = profile.index, profile.names, profile.deep
    is_alignment = ALIGNMENT in known
    form += (-1, index[node])
    pairs = iter(known)
    for predicate, value in zip(pairs, pairs, strict=True):
        if value.startswith(OWN) and predicate != _HOLDER:
            number = index.get(value)
            if number is None:
                number = index[value] = len(names)
                names.append(value)
            form += (predicate, number)
            if predicate == SUBJECT or (is_alignment and predicate == OBJECT):
                ends[value] = None
            elif value not in deep:
                deep.append(value)
        elif predicate in _NUMBERS and (amount := _number(value)) is not None:
            form.append(predicate)
            profile.numbers.append(amount)
        elif predicate in _DAYS and _DAY.fullmatch(day := plain_value(value)):
            form.append(predicate)
            profile.days.append(day)
        elif predicate == _MARKED:
            form.append(predicate)
        elif predicate not in _OF_HOLDERS:
            form += (predicate, value)
        elif predicate == _HOLDER:
            profile.holder = value
        elif predicate in _SAID:
            profile.said.append(plain_value(value))
        else:
            profile.counts.append(value)


def _join(profile: Profile, alignments: Sequence[str], form: list[object]) -> None:
    for alignment in alignments:
        if alignment not in profile.index:
            profile.index[alignment] = len(profile.names)
            profile.names.append(alignment)
            profile.deep.append(alignment)
            form.append(-2)


@lru_cache(maxsize=100_000)
def _number(text: str) -> Number | None:
    """Give a number; none for what is no number, as a graph that was changed by hand may hold."""
    plain = plain_value(text)
    if not _NUMBER.fullmatch(plain):
        return None
    return Decimal(plain) if "." in plain else int(plain)


@cache
def _cumulative() -> frozenset[str]:
    graph = load_vocabulary().quads
    grow = {quad.subject for quad in graph if quad.object == ox.NamedNode(M("cumulative"))}
    answers = M("answers")
    return frozenset(str(q.subject) for q in graph if q.predicate.value == answers and q.object in grow)


def shape_of_one(one: Profile) -> Shape:
    """Give the shape of a position by itself: what it is, and how many hold it how often."""
    return (one.form, *one.counts, *_ranks(one.numbers, _FIXED_NUMBERS), *_ranks(one.days, _FIXED_DAYS))


def shape_of_two(one: Profile, other: Profile) -> tuple[Shape, list[str]]:
    """Give the shape of a pair of positions, and its names in order of appearance.

    How many hold a position is asked only where it is compared with itself (59, agreement), which is done
    for each by itself; who holds it, where two may have one holder; on what days, and then only which spoke
    before the other had, where one holder may have changed his word (71) or a figure have grown (74).
    """
    if (other.form, other.numbers, other.days) < (one.form, one.numbers, one.days):
        one, other = other, one
    index = one.index
    places = [index.get(name, -1) for name in other.names]
    names = one.names + [name for name, place in zip(other.names, places, strict=True) if place < 0]
    alone = one.holder is not None and one.holder == other.holder
    order = 0
    if alone or one.grows or other.grows:
        order = 1 if one.said[1] < other.said[0] else 2 if other.said[1] < one.said[0] else 3
    shape = (
        one.form,
        other.form,
        *places,
        *_ranks(one.numbers + other.numbers, _FIXED_NUMBERS),
        *_ranks(one.days + other.days, _FIXED_DAYS),
        alone,
        order,
    )
    return shape, names


def _ranks(values: list[Value], fixed: tuple[Value, ...]) -> list[int]:
    """Give the rank of each value among all of them and what is fixed."""
    if not values:
        return []
    rank = dict(zip(sorted({*values, *fixed}), range(len(values) + len(fixed)), strict=False))
    return [rank[value] for value in values]
