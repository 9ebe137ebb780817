"""The store while its pages are served: who writes to it tells first what will be otherwise."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from pathlib import Path

import pyoxigraph as ox

from musnad.graph.oxigraph_store import OxigraphStore
from musnad.terms import ARTICLE_GRAPHS, RDF, RDFS, SKOS, M

_TYPE, _FINDING = ox.NamedNode(RDF("type")), ox.NamedNode(M("Finding"))
_NAMES = (RDFS("label"), SKOS("prefLabel"))


@dataclass(frozen=True, slots=True)
class Change:
    """What a write makes otherwise: graphs of articles, things that are named anew, findings (all IRIs).

    `whole` where findings are made anew from everything; `triples` is how many more there are in all graphs.
    """

    graphs: frozenset[str] = frozenset()
    named: frozenset[str] = frozenset()
    gone: frozenset[str] = frozenset()
    come: frozenset[str] = frozenset()
    whole: bool = False
    triples: int = 0


class ServedStore(OxigraphStore):
    """The store in a folder while its pages are served.

    `during` is entered with the change for every write, and keeps out whoever must not see half of it.
    """

    __slots__ = ("_change", "_during")

    def __init__(self, path: Path, during: Callable[[Change], AbstractContextManager[None]]) -> None:
        super().__init__(path, create=False)
        self._during = during
        self._change = Change(whole=True)

    def revise(
        self,
        graphs: Mapping[str, Iterable[ox.Quad]],
        drop: Sequence[str],
        graph: str,
        gone: Iterable[ox.Triple],
        come: Iterable[ox.Triple],
    ) -> None:
        """Write as every store does, and tell the change."""
        whole = {name: list(quads) for name, quads in graphs.items()}
        name = ox.NamedNode(graph)
        gone = list(gone)
        # Of what is to come, most is there already.
        come = [t for t in come if ox.Quad(t.subject, t.predicate, t.object, name) not in self._engine]
        old, new = _findings(gone), _findings(come)
        self._change = Change(
            graphs=frozenset(name for name in whole if name.startswith(ARTICLE_GRAPHS)),
            named=_named(whole),
            gone=old - new,
            come=new - old,
            triples=self._growth(whole, drop) + len(come) - len(gone),
        )
        super().revise(whole, drop, graph, gone, come)

    def replace(self, graphs: Mapping[str, Iterable[ox.Quad]], drop: Sequence[str] = ()) -> None:
        """Write as every store does, and tell the change."""
        whole = {name: list(quads) for name, quads in graphs.items()}
        self._change = Change(
            graphs=frozenset(whole), named=_named(whole), whole=True, triples=self._growth(whole, drop)
        )
        super().replace(whole, drop)

    def _growth(self, graphs: Mapping[str, list[ox.Quad]], drop: Iterable[str]) -> int:
        former = {*graphs, *drop}
        return sum(map(len, graphs.values())) - sum(1 for name in former for _ in self.quads(name))

    def _carry_out(self, sparql: str) -> None:
        change, self._change = self._change, Change(whole=True)
        with self._during(change):
            super()._carry_out(sparql)


def _findings(triples: Iterable[ox.Triple]) -> frozenset[str]:
    return frozenset(
        triple.subject.value
        for triple in triples
        if triple.predicate == _TYPE
        and triple.object == _FINDING
        and isinstance(triple.subject, ox.NamedNode)
    )


def _named(graphs: Mapping[str, Iterable[ox.Quad]]) -> frozenset[str]:
    return frozenset(
        quad.subject.value
        for quads in graphs.values()
        for quad in quads
        if quad.predicate.value in _NAMES and isinstance(quad.subject, ox.NamedNode)
    )
