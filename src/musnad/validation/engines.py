"""The two engines that hold graphs against shapes: pySHACL, the reference, and the Rust engine `shacl`.

Each graph is held against the shapes alone: what two of them say of one node never adds up to a violation.
A run of pySHACL costs some milliseconds whatever it is given, so several graphs share one, in which each has
its own names for the nodes that others describe. The package `shacl` comes with the extra `fast`; a
differential test holds the two against each other on every case of tests/validation. It renames blank nodes,
so graphs that have any go to pySHACL.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cache
from importlib.util import find_spec
from typing import TYPE_CHECKING, Any, Final, cast

import pyoxigraph as ox

from musnad.garbage import garbage_kept
from musnad.terms import SH
from musnad.validation.report import Severity
from musnad.validation.shapes import ShapeResult, Shapes, quiet_rdflib, rdflib_term, shapes_file

if TYPE_CHECKING:
    import rdflib
    from rdflib.store import Store
    from rdflib.term import Node

Graph = Sequence[ox.Triple | ox.Quad]

_SEVERITIES: Final[dict[str, Severity]] = {
    SH("Violation"): "violation",
    SH("Warning"): "warning",
    SH("Info"): "info",
}


def hold_against(
    graphs: Sequence[Graph], shapes: Shapes, texts: Sequence[str] | None = None
) -> set[ShapeResult]:
    """Hold each graph against shapes and give what SHACL finds, once for a shape and value.

    `texts` are the graphs as `lines_of` gives them, where that has been done.
    """
    if not has_fast_engine():
        return run_pyshacl(graphs, shapes)
    named = []
    others = []
    for graph, lines in zip(graphs, texts or map(lines_of, graphs), strict=True):
        # A literal may hold the sign of a blank node; then the reference takes longer, and finds the same.
        if "_:" in lines:
            others.append(graph)
        else:
            named.append(lines)
    return run_shacl(named, shapes) | run_pyshacl(others, shapes)


@cache
def has_fast_engine() -> bool:
    """Whether the extra `fast` is installed."""
    return find_spec("shacl") is not None


# --- pySHACL ---------------------------------------------------------------------------------------


def run_pyshacl(graphs: Sequence[Graph], shapes: Shapes) -> set[ShapeResult]:
    """Hold graphs against shapes by pySHACL, all of them in one run."""
    if not graphs:
        return set()
    import pyshacl

    homes = _homes(graphs)
    if len(graphs) > 1 and not shapes.constants.isdisjoint(homes):
        # A graph that describes what the shapes name cannot have a name of its own for it.
        return set().union(*(run_pyshacl([graph], shapes) for graph in graphs))
    with quiet_rdflib(), garbage_kept():
        merged, names = _merge(graphs, homes)
        _, found, _ = pyshacl.validate(merged, shacl_graph=shapes.graph, inplace=True)
        return set(_results(cast("rdflib.Graph", found), shapes, names))


def _homes(graphs: Sequence[Graph]) -> dict[str, int]:
    """Tell which graph describes an IRI, -1 for several of them."""
    homes: dict[str, int] = {}
    for number, graph in enumerate(graphs):
        for subject in {triple.subject for triple in graph}:
            if isinstance(subject, ox.NamedNode):
                home = homes.setdefault(subject.value, number)
                if home != number:
                    homes[subject.value] = -1
    return homes


def _merge(graphs: Sequence[Graph], homes: dict[str, int]) -> tuple[rdflib.Graph, dict[str, str]]:
    """Give graphs as one in rdflib, and what the nodes are called that were renamed to keep them apart."""
    import rdflib

    merged = rdflib.Graph(store=_store())
    names: dict[str, str] = {}
    for number, graph in enumerate(graphs):
        # Making a term costs rdflib more than anything else here, and each occurs some ten times.
        known: dict[object, Node] = {}
        for triple in graph:
            terms = []
            for term in (triple.subject, triple.predicate, triple.object):
                node = known.get(term)
                if node is None:
                    node = rdflib_term(term)
                    if isinstance(term, ox.NamedNode) and homes.get(term.value, number) != number:
                        node = rdflib.URIRef(f"{term.value}#{number}")
                        names[str(node)] = term.value
                    known[term] = node
                terms.append(node)
            merged.add((terms[0], terms[1], terms[2]))
    return merged, names


def _store() -> Store:
    """Give a store of rdflib's that keeps no account of named graphs, which pySHACL takes only if it says so.

    The usual one looks up for each triple in which graphs it is: a third of pySHACL's time.
    """
    from rdflib.plugins.stores.memory import SimpleMemory

    class OneGraph(SimpleMemory):
        def __init__(self) -> None:
            super().__init__()
            self.context_aware = self.graph_aware = True
            self._size: int | None = None

        def add(self, triple: Any, context: Any, quoted: bool = False) -> None:
            self._size = None
            super().add(triple, context, quoted)

        def __len__(self, context: Any = None) -> int:
            # It counts them one by one, and pySHACL asks for each result whether there are any.
            if self._size is None:
                self._size = super().__len__()
            return self._size

    return OneGraph()


def _results(found: rdflib.Graph, shapes: Shapes, names: dict[str, str]) -> Iterator[ShapeResult]:
    from rdflib.namespace import SH as TERMS

    for result in found.objects(None, TERMS.result):
        shape = str(found.value(result, TERMS.sourceShape))
        focus = _text(found.value(result, TERMS.focusNode))
        value = found.value(result, TERMS.value)
        text = "" if value is None else _text(value)
        yield ShapeResult(
            focus=names.get(focus, focus),
            path=shapes.paths.get(shape, ""),
            value=names.get(text, text),
            shape=shape,
            severity=_SEVERITIES[str(found.value(result, TERMS.resultSeverity))],
            message=shapes.messages[shape],
        )


def _text(term: Node | None) -> str:
    from rdflib import BNode

    return f"_:{term}" if isinstance(term, BNode) else str(term)


# --- shacl -----------------------------------------------------------------------------------------


def run_shacl(graphs: Sequence[str], shapes: Shapes) -> set[ShapeResult]:
    """Hold graphs without blank nodes, each as N-Triples, against shapes by the package `shacl`."""
    compiled = _compile(shapes.stems)
    results = set()
    for lines in graphs:
        for result in compiled.validate_text(lines, format="ntriples").results:
            shape = result.root_shape[1:-1]
            results.add(
                ShapeResult(
                    focus=result.focus_node[1:-1],
                    path=shapes.paths.get(shape, ""),
                    value=result.value_plain or "",
                    shape=shape,
                    severity=_SEVERITIES[result.severity_iri],
                    message=shapes.messages[shape],
                )
            )
    return results


@cache
def _compile(stems: tuple[str, ...]) -> Any:
    import shacl

    return shacl.Shapes.from_turtle("".join(shapes_file(stem).read_text(encoding="utf-8") for stem in stems))


def lines_of(graph: Graph) -> str:
    """Give a graph as N-Triples."""
    triples = (triple.triple if isinstance(triple, ox.Quad) else triple for triple in graph)
    return (ox.serialize(triples, format=ox.RdfFormat.N_TRIPLES) or b"").decode()
