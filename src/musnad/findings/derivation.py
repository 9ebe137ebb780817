"""Findings from claims: what is held is read once, events are aligned, and rules look at the parts.

The answer is the same whatever engine holds the graph, since the rules work in a store of their own.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import cache
from itertools import chain
from typing import Final

import pyoxigraph as ox

from musnad.findings.facts import (
    ALIGNMENT,
    CLASS,
    OBJECT,
    PREDICATE,
    SUBJECT,
    Facts,
    W,
    read_events,
    read_positions,
    read_things,
    read_told,
)  # fmt: skip
from musnad.findings.rules import the_rules, vocabulary_lines, work
from musnad.findings.sharing import Sweep
from musnad.findings.wordings import word_propositions
from musnad.graph.oxigraph_store import OxigraphStore
from musnad.graph.queries import Query, list_queries
from musnad.graph.sparql import Term
from musnad.graph.store import Store
from musnad.terms import FINDINGS_GRAPH, RDF, M

_TOLD_TO_RULES: Final = frozenset((CLASS, SUBJECT, PREDICATE, OBJECT, f"<{W}premise>"))
_EVENT_STEPS: Final = {"events", "both", "told"}
_NEAR_STEP: Final = "25-events-told-alike"  # the last of the steps that tell which events may be one
_DERIVED: Final = f"""
SELECT ?node ?part ?value WHERE {{
  {{ ?node a <{W}Derived> ; ?part ?value . FILTER(?value != <{W}Derived>) }}
  UNION
  {{ ?alignment <{W}premise> ?node . ?node ?part ?value . }}
}}
"""


def derive_findings(quads: Iterable[ox.Quad]) -> list[ox.Quad]:
    """Give the findings among the claims of `quads` (article graphs), as the findings graph, sorted."""
    quads = list(quads)
    with OxigraphStore() as store:
        store.extend_graphs(quads)
        text = "".join(find_findings(store))
    graph = ox.NamedNode(FINDINGS_GRAPH)
    found = {
        ox.Quad(triple.subject, triple.predicate, triple.object, graph)
        for triple in ox.parse(text, format=ox.RdfFormat.N_TRIPLES)
    }
    kind, proposition = ox.NamedNode(RDF("type")), ox.NamedNode(M("Proposition"))
    said = {quad.subject for quad in quads if quad.predicate == kind and quad.object == proposition}
    found.update(ox.Quad(t.subject, t.predicate, t.object, graph) for t in word_propositions(said, quads))
    return sorted(found, key=str)


def find_findings(store: Store, sweep: Sweep | None = None) -> Iterator[str]:
    """Give the findings among all claims of a store, as lines of N-Triples, one text for each part.

    A line may come more than once. `sweep` looks at the facts in place of the rules of this process.
    """
    facts = Facts()
    with ThreadPoolExecutor(1) as pool:
        # Counting who holds what is nearly all the engine's work; the rest is read meanwhile.
        counted = pool.submit(read_positions, store, facts)
        read_things(store, facts)
        events, places = read_events(store, facts)
        near = align_events(chain(places, *events.values()), None, told=None).near if events else ()
        if near:
            # An event that is near no other neither is one with any nor keeps any apart.
            lines = chain(places, *(events[str(event)] for event in near))
            aligned = align_events(lines, None, told=read_told(store, near))
            aligned.tell(facts)
        counted.result()
    if near:
        yield from aligned.said
    yield from (sweep or the_rules().findings)(facts)


@dataclass(frozen=True, slots=True)
class EventAlignments:
    """Which events are one: what rules are told, what the findings graph says, and all that were near."""

    about: Mapping[str, Sequence[str]]
    said: Sequence[str]
    near: frozenset[Term] = frozenset()

    def tell(self, facts: Facts) -> None:
        """Add the alignments to the facts."""
        for node, known in self.about.items():
            # Rules ask of an alignment what it joins and rests on, not in what words it is told.
            about = zip(known[::2], known[1::2], strict=True)
            facts.about[facts.text(node)] = [
                facts.text(text) for part, value in about if part in _TOLD_TO_RULES for text in (part, value)
            ]
        made = [facts.text(node) for node, known in self.about.items() if ALIGNMENT in known]
        facts.alignments = sorted({*facts.alignments, *made})

    def pairs(self) -> list[tuple[ox.NamedNode, ox.NamedNode]]:
        """Give the events that are one, two by two."""
        ends = (f"<{RDF('subject')}>", f"<{RDF('object')}>")
        return [
            tuple(ox.NamedNode(known[known.index(end) + 1][1:-1]) for end in ends)  # type: ignore[misc]
            for known in self.about.values()
            if ALIGNMENT in known
        ]


def align_events(
    lines: Iterable[str], start: Collection[Term] | None, *, told: Iterable[str] | None
) -> EventAlignments:
    """Find which events are one, from lines of N-Triples about events and their places.

    `told` is what tells which articles tell of an event. Without it the answer is only which events are near
    others in time and place, those that come to `start` step by step if it is given, and so need telling of.
    """
    with OxigraphStore() as bench:
        bench.load_lines(vocabulary_lines())
        bench.load_lines("".join((*lines, *(told or ()))))
        for query in _steps("prepare"):
            if told is not None or query.name <= _NEAR_STEP:
                work(bench, query)
        if told is None:
            return EventAlignments({}, (), _reach(bench, start))
        derived: dict[str, list[str]] = {}
        for node, part, value in bench.stream(_DERIVED):
            derived.setdefault(str(node), []).extend((str(part), str(value)))
        said = [f"{triple} .\n" for query in _steps("conclude") for triple in bench.construct(query.text)]
    return EventAlignments(derived, said)


@cache
def _steps(folder: str) -> tuple[Query, ...]:
    return tuple(query for query in list_queries(folder) if _EVENT_STEPS & set(query.header.tags))


def _reach(bench: OxigraphStore, start: Collection[Term] | None) -> frozenset[Term]:
    """Give the events that may be one with another, from those of `start` on."""
    beside: dict[Term, list[Term]] = {}
    for one, other in bench.column(f"{W}maybe"):
        beside.setdefault(one, []).append(other)
    todo = [event for event in (beside if start is None else start) if event in beside]
    found = set(todo)
    while todo:
        for other in beside[todo.pop()]:
            if other not in found:
                found.add(other)
                todo.append(other)
    return frozenset(found)
