"""Findings from claims: what is held is read once, alignments of events are made, and rules look at the parts.

The answer is the same whatever engine holds the graph, since the rules work in a store of their own.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Final

import pyoxigraph as ox

from musnad.findings.facts import Facts, W, read_events, read_facts
from musnad.findings.rules import the_rules, vocabulary_lines, work
from musnad.graph.oxigraph_store import OxigraphStore
from musnad.graph.queries import list_queries
from musnad.graph.store import Store
from musnad.graph.wording import Language, Wording
from musnad.terms import FINDINGS_GRAPH, RDF, M

LANGUAGES: Final[tuple[Language, ...]] = ("en", "ar")
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
    found.update(_wordings(quads, graph))
    return sorted(found, key=str)


def find_findings(store: Store) -> Iterator[str]:
    """Give the findings among all claims of a store, as lines of N-Triples, a text for each part that has any.

    A line may come more than once.
    """
    facts = read_facts(store)
    yield align_events(store, facts)
    yield from the_rules().findings(facts)


def align_events(store: Store, facts: Facts) -> str:
    """Find which events are one, add it to the facts, and give what the findings graph says of it."""
    events = read_events(store, facts)
    if not events:
        return ""
    with OxigraphStore() as bench:
        bench.load_lines(vocabulary_lines())
        bench.load_lines("".join(events))
        for query in list_queries("prepare"):
            if {"events", "both"} & set(query.header.tags):
                work(bench, query)
        derived: dict[str, list[str]] = {}
        for node, part, value in bench.stream(_DERIVED):
            derived.setdefault(facts.text(node), []).extend((facts.text(part), facts.text(value)))
        facts.about.update(derived)
        made = [node for node, known in derived.items() if f"<{M('Alignment')}>" in known]
        facts.alignments = sorted({*facts.alignments, *made})
        said = [
            bench.construct(query.text) for query in list_queries("conclude") if "events" in query.header.tags
        ]
    return "".join(f"{triple} .\n" for triples in said for triple in triples)


def _wordings(quads: list[ox.Quad], graph: ox.NamedNode) -> Iterator[ox.Quad]:
    """Put every proposition into words, so that queries can show what is claimed and not only its parts."""
    words = Wording(quads)
    kind, proposition = ox.NamedNode(RDF("type")), ox.NamedNode(M("Proposition"))
    for quad in quads:
        if quad.predicate == kind and quad.object == proposition and isinstance(quad.subject, ox.NamedNode):
            for language in LANGUAGES:
                text = ox.Literal(words.proposition(quad.subject.value, language), language=language)
                yield ox.Quad(quad.subject, ox.NamedNode(M("wording")), text, graph)
