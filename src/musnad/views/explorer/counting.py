"""How much is said on questions and by sources, counted in a few passes over the store.

An engine takes four times as long for the queries that group and count all claims (question-index.rq and
source-index.rq in queries/read/); a test holds the two equal. What is kept for each claim is gone when the
counts are made.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field

import pyoxigraph as ox

from musnad.graph.store import Store
from musnad.terms import PROV, RDF, M

BUSY = 20  # claims of a proposition whose positions are read before somebody asks for them
_DENIED = M("denied")


@dataclass(slots=True)
class SlotCount:
    """What there is on a question: propositions, claims, sources, findings by the first part of a kind."""

    aspect: str
    subject: str
    positions: int = 0
    claims: int = 0
    sources: int = 0
    findings: dict[str, int] = field(default_factory=dict)


@dataclass(slots=True)
class SourceCount:
    """What a source says: articles it is heard in, statements, claims, and how many of these deny."""

    articles: int = 0
    statements: int = 0
    claims: int = 0
    denied: int = 0


@dataclass(frozen=True, slots=True)
class Counts:
    """Questions and sources, with what was counted of each, and the positions that many claims take.

    These come with the number of claims of their propositions, the largest first.
    """

    slots: dict[str, SlotCount]
    sources: dict[str, SourceCount]
    busy: list[tuple[str, int]]


def count(store: Store) -> Counts:
    """Count what a store holds, in so many passes as there are properties that matter."""
    article_of = _pairs(store, M("reportedIn"))
    statement_of = _pairs(store, M("statedIn"))
    speakers = _pairs(store, PROV("wasAttributedTo"))
    claims_on = Counter(
        proposition for claim, proposition in _column(store, M("proposition")) if claim in statement_of
    )
    busy = [
        (position, claims_on[proposition])
        for position, proposition in _column(store, M("proposition"))
        if claims_on[proposition] >= BUSY and position not in statement_of
    ]
    return Counts(
        busy=sorted(busy, key=lambda entry: (-entry[1], entry[0])),
        slots=_count_slots(store, statement_of, speakers),
        sources=_count_sources(store, article_of, statement_of, speakers),
    )


def _count_slots(
    store: Store, statement_of: dict[str, str], speakers: dict[str, str]
) -> dict[str, SlotCount]:
    subjects = _pairs(store, RDF("subject"))
    slots = {
        slot: SlotCount(aspect, subjects.get(slot, "")) for slot, aspect in _pairs(store, M("aspect")).items()
    }
    del subjects
    # Propositions and findings both name slots: a proposition one, a finding one or more.
    kinds = _pairs(store, M("findingKind"))
    answered: dict[str, str] = {}
    for thing, slot in _column(store, M("slot")):
        if slot not in slots:
            continue
        if thing in kinds:
            first = kinds[thing].partition("/")[0]
            found = slots[slot].findings
            found[first] = found.get(first, 0) + 1
        else:
            answered[thing] = slot
    held: set[str] = set()
    sources: dict[str, set[str]] = defaultdict(set)
    for claim, proposition in _column(store, M("proposition")):
        if claim not in statement_of or proposition not in answered:
            continue
        slot = answered[proposition]
        counted = slots[slot]
        counted.claims += 1
        sources[slot].add(speakers.get(claim, ""))
        if proposition not in held:
            held.add(proposition)
            counted.positions += 1
    for slot, found_sources in sources.items():
        slots[slot].sources = len(found_sources)
    return {slot: counted for slot, counted in slots.items() if counted.claims or counted.findings}


def _count_sources(
    store: Store, article_of: dict[str, str], statement_of: dict[str, str], speakers: dict[str, str]
) -> dict[str, SourceCount]:
    sources: dict[str, SourceCount] = defaultdict(SourceCount)
    heard: set[tuple[str, str]] = set()
    for statement, article in article_of.items():
        if statement not in speakers:
            continue
        source = speakers[statement]
        counted = sources[source]
        counted.statements += 1
        if (source, article) not in heard:
            heard.add((source, article))
            counted.articles += 1
    denials = {thing for thing, polarity in _column(store, M("polarity")) if polarity == _DENIED}
    for claim, statement in statement_of.items():
        if statement not in article_of or statement not in speakers:
            continue
        counted = sources[speakers[statement]]
        counted.claims += 1
        counted.denied += claim in denials
    return dict(sources)


def _pairs(store: Store, predicate: str) -> dict[str, str]:
    return dict(_column(store, predicate))


def _column(store: Store, predicate: str) -> Iterator[tuple[str, str]]:
    shared: dict[str, str] = {}  # one string for each object, however often it comes
    for subject, value in store.column(predicate):
        if isinstance(subject, ox.NamedNode) and not isinstance(value, ox.Triple):
            yield subject.value, shared.setdefault(value.value, value.value)
