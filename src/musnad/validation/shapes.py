"""SHACL: the shapes files of a profile, and graphs held against them by pySHACL.

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
from typing import TYPE_CHECKING, Final, cast

import pyoxigraph as ox

from musnad.graph.parameters import Wording
from musnad.resources import data_folder
from musnad.terms import RDF, SH, compact
from musnad.validation.report import Severity

if TYPE_CHECKING:
    import rdflib
    from rdflib.term import Node

_SEVERITIES: Final[dict[str, Severity]] = {
    SH("Violation"): "violation",
    SH("Warning"): "warning",
    SH("Info"): "info",
}


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
        graph: what they constrain, as pySHACL takes it: all but names, descriptions and messages.
        paths: the path of each property shape, as a SPARQL property path of prefixed names.
        names: what each node shape is about.
        messages: what each shape says when it is broken.
    """

    graph: rdflib.Graph
    paths: dict[str, str]
    names: dict[str, Wording]
    messages: dict[str, Wording]


@cache
def load_shapes(stems: tuple[str, ...]) -> Shapes:
    """Read files of shapes/, named without their ending."""
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
    return Shapes(graph, dict(_paths(graph)), dict(_names(everything)), dict(_messages(everything)))


def shapes_file(stem: str) -> Path:
    """Give the path of one file of shapes/."""
    return data_folder("shapes") / f"{stem}.ttl"


def to_rdflib(triples: Iterable[ox.Triple | ox.Quad]) -> rdflib.Graph:
    """Give triples as one rdflib graph, literals spelled as they are; names of graphs are dropped."""
    import rdflib

    graph = rdflib.Graph()
    with _quiet_rdflib():
        for triple in triples:
            graph.add(
                (_rdflib_term(triple.subject), _rdflib_term(triple.predicate), _rdflib_term(triple.object))
            )
    return graph


def hold_against(triples: Sequence[ox.Triple | ox.Quad], shapes: Shapes) -> set[ShapeResult]:
    """Hold one graph against shapes and give what SHACL finds, once for a shape and value."""
    import pyshacl

    with _quiet_rdflib():
        _, found, _ = pyshacl.validate(to_rdflib(triples), shacl_graph=shapes.graph, inplace=True)
        return set(_results(cast("rdflib.Graph", found), shapes))


def count_met(triples: Sequence[ox.Triple | ox.Quad], shapes: Shapes) -> dict[str, int]:
    """Count the nodes that each node shape meets: those of its target classes, and ends of its properties."""
    ends: dict[tuple[str, str], set[str]] = {}
    for triple in triples:
        predicate = triple.predicate.value
        if predicate == RDF("type"):
            ends.setdefault((SH("targetClass"), str(triple.object)), set()).add(str(triple.subject))
        ends.setdefault((SH("targetSubjectsOf"), str(triple.predicate)), set()).add(str(triple.subject))
        ends.setdefault((SH("targetObjectsOf"), str(triple.predicate)), set()).add(str(triple.object))
    met = {}
    for shape in shapes.names:
        nodes: set[str] = set()
        for target, thing in _targets(shapes.graph, shape):
            nodes |= ends.get((target, f"<{thing}>"), set())
        met[shape] = len(nodes)
    return met


def _targets(graph: rdflib.Graph, shape: str) -> Iterator[tuple[str, str]]:
    from rdflib import URIRef

    for target in ("targetClass", "targetSubjectsOf", "targetObjectsOf"):
        for thing in graph.objects(URIRef(shape), URIRef(SH(target))):
            yield SH(target), str(thing)


def _results(found: rdflib.Graph, shapes: Shapes) -> Iterator[ShapeResult]:
    from rdflib.namespace import SH as TERMS

    for result in found.objects(None, TERMS.result):
        shape = str(found.value(result, TERMS.sourceShape))
        value = found.value(result, TERMS.value)
        yield ShapeResult(
            focus=_text(found.value(result, TERMS.focusNode)),
            path=shapes.paths.get(shape, ""),
            value="" if value is None else _text(value),
            shape=shape,
            severity=_SEVERITIES[str(found.value(result, TERMS.resultSeverity))],
            message=shapes.messages[shape],
        )


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


def _text(term: Node | None) -> str:
    from rdflib import BNode

    return f"_:{term}" if isinstance(term, BNode) else str(term)


def _rdflib_term(term: ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple) -> Node:
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
def _quiet_rdflib() -> Iterator[None]:
    """Keep rdflib from logging each literal that its datatype does not allow: the report says it better."""
    logger = logging.getLogger("rdflib.term")
    was = logger.disabled
    logger.disabled = True
    try:
        yield
    finally:
        logger.disabled = was
