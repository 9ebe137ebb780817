"""Findings from claims: the query files of queries/prepare, derive and conclude, run one after the other.

prepare lays out what is compared (positions, the slots they answer, the pairs of answers and how their
values stand), derive holds one file per rule, conclude writes what the rules showed as findings. All of it
happens in a store of its own in memory, so that the answer is the same whatever engine holds the graph.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Final

import pyoxigraph as ox

from musnad.graph.oxigraph_store import OxigraphStore
from musnad.graph.queries import Query, list_queries
from musnad.graph.vocabulary import load_vocabulary
from musnad.graph.wording import Language, Wording
from musnad.terms import FINDINGS_GRAPH, RDF, M

LANGUAGES: Final[tuple[Language, ...]] = ("en", "ar")


def derive_findings(quads: Iterable[ox.Quad]) -> list[ox.Quad]:
    """Give the findings among the claims of `quads` (article graphs), as the findings graph, sorted."""
    quads = list(quads)
    with OxigraphStore() as store:
        store.extend(quads)
        store.extend(load_vocabulary().quads)
        for query in (*list_queries("prepare"), *list_queries("derive")):
            _work(store, query)
        graph = ox.NamedNode(FINDINGS_GRAPH)
        findings = set(_wordings(quads, graph))
        for query in list_queries("conclude"):
            triples = store.construct(query.text)
            findings.update(ox.Quad(t.subject, t.predicate, t.object, graph) for t in triples)
            # What is concluded last may ask about what was concluded first.
            store.extend(findings)
    return sorted(findings, key=str)


def _wordings(quads: list[ox.Quad], graph: ox.NamedNode) -> Iterator[ox.Quad]:
    """Put every proposition into words, so that queries can show what is claimed and not only its parts."""
    words = Wording(quads)
    kind, proposition = ox.NamedNode(RDF("type")), ox.NamedNode(M("Proposition"))
    for quad in quads:
        if quad.predicate == kind and quad.object == proposition and isinstance(quad.subject, ox.NamedNode):
            for language in LANGUAGES:
                text = ox.Literal(words.proposition(quad.subject.value, language), language=language)
                yield ox.Quad(quad.subject, ox.NamedNode(M("wording")), text, graph)


def _work(store: OxigraphStore, query: Query) -> None:
    """Run a query into the store; one tagged `repeat` gives only what is new, until nothing is."""
    while triples := store.construct(query.text):
        store.extend(ox.Quad(t.subject, t.predicate, t.object) for t in triples)
        if "repeat" not in query.header.tags:
            return
