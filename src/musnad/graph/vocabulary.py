"""The vocabulary as the program needs it: aspects of predicates, kinds of events, and the files as quads."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path

import pyoxigraph as ox

from musnad.resources import data_folder
from musnad.terms import RDFS, VOCABULARY_GRAPH, M


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """The ontology's quads in the vocabulary graph, the aspect of each predicate, and the kinds of events."""

    quads: tuple[ox.Quad, ...]
    aspects: dict[str, str]
    event_kinds: frozenset[str] = frozenset()


def ontology_files() -> list[Path]:
    """List the Turtle files of the ontology, domains included, in a stable order."""
    return sorted(data_folder("ontology").rglob("*.ttl"))


@cache
def load_vocabulary() -> Vocabulary:
    """Read the ontology that musnad ships."""
    graph = ox.NamedNode(VOCABULARY_GRAPH)
    triples = set()
    for path in ontology_files():
        # One file's blank nodes must not meet another's.
        for quad in ox.parse(path=path, rename_blank_nodes=True):
            triples.add(quad.triple)
    quads = sorted(
        (ox.Quad(triple.subject, triple.predicate, triple.object, graph) for triple in triples), key=str
    )
    answers = ox.NamedNode(M("answers"))
    aspects = {
        quad.subject.value: quad.object.value
        for quad in quads
        if quad.predicate == answers
        and isinstance(quad.subject, ox.NamedNode)
        and isinstance(quad.object, ox.NamedNode)
    }
    below, event = ox.NamedNode(RDFS("subClassOf")), ox.NamedNode(M("Event"))
    kinds = (quad.subject for quad in quads if quad.predicate == below and quad.object == event)
    event_kinds = frozenset(kind.value for kind in kinds if isinstance(kind, ox.NamedNode))
    return Vocabulary(tuple(quads), aspects, event_kinds)
