"""SHACL: the shapes files of a profile, read and made ready for the engines, and what a shape found.

rdflib and pySHACL are imported where they are used: what validates nothing does not wait for them. pySHACL
also takes a pyoxigraph store, and needs six times as long for it (1.9 s against 0.3 s for a graph of 3,000
triples, two cores): it asks many small questions, which rdflib's in-memory graph answers faster.
"""

from __future__ import annotations

import logging
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Final

import pyoxigraph as ox

from musnad.graph.parameters import Wording
from musnad.resources import data_folder
from musnad.terms import RDF, SH, compact
from musnad.validation.report import Severity

if TYPE_CHECKING:
    import rdflib
    from rdflib.term import Node

_TARGETS: Final = (SH("targetClass"), SH("targetSubjectsOf"), SH("targetObjectsOf"))


@dataclass(frozen=True, slots=True)
class ShapeResult:
    """One result of SHACL, before it is placed: see `musnad.validation.report.Result`."""

    focus: str
    path: str
    value: str
    shape: str
    severity: Severity
    message: Wording


@dataclass(frozen=True, slots=True)
class Shapes:
    """Some shapes files, read.

    Attributes:
        stems: the names of the files, without their ending.
        graph: what they constrain, as pySHACL takes it: all but names, descriptions and messages.
        targets: the node shapes of each kind of target and class or property.
        constants: the IRIs that they name.
        paths: the path of each property shape, as a SPARQL property path of prefixed names.
        names: what each node shape is about.
        messages: what each shape says when it is broken.
    """

    stems: tuple[str, ...]
    graph: rdflib.Graph
    targets: dict[tuple[str, str], tuple[str, ...]]
    constants: frozenset[str]
    paths: dict[str, str]
    names: dict[str, Wording]
    messages: dict[str, Wording]


@cache
def load_shapes(stems: tuple[str, ...]) -> Shapes:
    """Read files of shapes/, named without their ending."""
    from rdflib import URIRef

    triples = [
        triple
        for stem in stems
        # One file's blank nodes must not meet another's.
        for triple in ox.parse(path=shapes_file(stem), rename_blank_nodes=True)
    ]
    texts = {SH("name"), SH("description"), SH("message")}
    # pySHACL compares each triple of a shape with each of its parameters anew for every node: without the
    # texts it is a third faster, and messages are looked up here.
    graph = to_rdflib(triple for triple in triples if triple.predicate.value not in texts)
    everything = to_rdflib(triples)
    return Shapes(
        stems,
        _lift(graph),
        _targets(graph),
        frozenset(str(term) for triple in graph for term in triple if isinstance(term, URIRef)),
        dict(_paths(graph)),
        dict(_names(everything)),
        dict(_messages(everything)),
    )


def shapes_file(stem: str) -> Path:
    """Give the path of one file of shapes/."""
    return data_folder("shapes") / f"{stem}.ttl"


def to_rdflib(triples: Iterable[ox.Triple | ox.Quad]) -> rdflib.Graph:
    """Give triples as one rdflib graph, literals spelled as they are; names of graphs are dropped."""
    import rdflib

    graph = rdflib.Graph()
    with quiet_rdflib():
        for triple in triples:
            graph.add(
                (rdflib_term(triple.subject), rdflib_term(triple.predicate), rdflib_term(triple.object))
            )
    return graph


def count_met(graph: Sequence[ox.Triple | ox.Quad], shapes: Shapes) -> dict[str, int]:
    """Count the nodes that each node shape meets: those of its target classes, and ends of its properties."""
    met: dict[str, set[object]] = {shape: set() for shape in shapes.names}
    kind = RDF("type")
    for triple in graph:
        predicate = triple.predicate.value
        if predicate == kind:
            target = triple.object
            if isinstance(target, ox.NamedNode):
                for shape in shapes.targets.get((SH("targetClass"), target.value), ()):
                    met[shape].add(triple.subject)
        for shape in shapes.targets.get((SH("targetSubjectsOf"), predicate), ()):
            met[shape].add(triple.subject)
        for shape in shapes.targets.get((SH("targetObjectsOf"), predicate), ()):
            met[shape].add(triple.object)
    return {shape: len(nodes) for shape, nodes in met.items()}


def _targets(graph: rdflib.Graph) -> dict[tuple[str, str], tuple[str, ...]]:
    """Give the node shapes of each target: the kind of target and the class or property."""
    from rdflib import URIRef
    from rdflib.namespace import RDF as TYPES
    from rdflib.namespace import SH as TERMS

    found: dict[tuple[str, str], tuple[str, ...]] = {}
    for kind in _TARGETS:
        for shape, thing in sorted(graph.subject_objects(URIRef(kind))):
            if (shape, TYPES.type, TERMS.NodeShape) in graph:
                found[kind, str(thing)] = (*found.get((kind, str(thing)), ()), str(shape))
    return found


def _lift(graph: rdflib.Graph) -> rdflib.Graph:
    """Give each property shape the targets of its node shapes, in place of a link from these.

    It says the same. pySHACL follows such a link once for each node, and goes through the whole property
    shape each time; a shape with targets of its own it goes through once for all nodes.
    """
    import rdflib

    link = rdflib.URIRef(SH("property"))
    lifted = rdflib.Graph()
    for triple in graph:
        if triple[1] != link:
            lifted.add(triple)
    for node, shape in graph.subject_objects(link):
        for kind in map(rdflib.URIRef, _TARGETS):
            for thing in graph.objects(node, kind):
                lifted.add((shape, kind, thing))
    return lifted


def _names(graph: rdflib.Graph) -> Iterator[tuple[str, Wording]]:
    from rdflib.namespace import RDF as TYPES
    from rdflib.namespace import SH as TERMS

    for shape in sorted(graph.subjects(TYPES.type, TERMS.NodeShape), key=str):
        yield str(shape), _wording(graph, shape, TERMS.name)


def _messages(graph: rdflib.Graph) -> Iterator[tuple[str, Wording]]:
    from rdflib.namespace import SH as TERMS

    for shape in set(graph.subjects(TERMS.message)):
        yield str(shape), _wording(graph, shape, TERMS.message)


def _paths(graph: rdflib.Graph) -> Iterator[tuple[str, str]]:
    from rdflib.namespace import SH as TERMS

    for shape, path in graph.subject_objects(TERMS.path):
        yield str(shape), path_text(graph, path)


def path_text(graph: rdflib.Graph, path: Node) -> str:
    """Write a SHACL path as a SPARQL property path of prefixed names; knows the kinds that our shapes use."""
    from rdflib import URIRef
    from rdflib.collection import Collection
    from rdflib.namespace import SH as TERMS

    if isinstance(path, URIRef):
        return compact(str(path))
    if (inverse := graph.value(path, TERMS.inversePath)) is not None:
        return f"^{path_text(graph, inverse)}"
    if (alternatives := graph.value(path, TERMS.alternativePath)) is not None:
        return "|".join(path_text(graph, step) for step in Collection(graph, alternatives))
    raise NotImplementedError(f"a path that is no property, inverse or alternative: {path}")


def _wording(graph: rdflib.Graph, node: Node, predicate: Node) -> Wording:
    texts = {getattr(text, "language", None): str(text) for text in graph.objects(node, predicate)}
    return Wording(texts.get("en", ""), texts.get("ar", ""))


def rdflib_term(term: ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple) -> Node:
    """Give a term as rdflib has it, its spelling kept. Raises `TypeError` for a triple term."""
    import rdflib

    if isinstance(term, ox.NamedNode):
        return rdflib.URIRef(term.value)
    if isinstance(term, ox.BlankNode):
        return rdflib.BNode(term.value)
    if isinstance(term, ox.Literal):
        if term.language is not None:
            return rdflib.Literal(term.value, lang=term.language)
        return rdflib.Literal(term.value, datatype=rdflib.URIRef(term.datatype.value), normalize=False)
    raise TypeError(f"rdflib has no triple terms: {term}")


@contextmanager
def quiet_rdflib() -> Iterator[None]:
    """Keep rdflib from logging each literal that its datatype does not allow: the report says it better."""
    logger = logging.getLogger("rdflib.term")
    was = logger.disabled
    logger.disabled = True
    try:
        yield
    finally:
        logger.disabled = was
