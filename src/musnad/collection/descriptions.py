"""What the graph says of some things, and of all that these refer to: what a reader of one of them needs."""

from __future__ import annotations

from collections.abc import Iterable
from io import StringIO

import pyoxigraph as ox

from musnad.graph.exports import export
from musnad.graph.store import Store
from musnad.terms import ID

_BATCH = 500  # names in one query: long enough to be few, short enough for any endpoint


def describe(store: Store, names: Iterable[str]) -> str:
    """Write as Turtle what the graph says of `names` and of every thing of ours that they lead to."""
    found: set[ox.Triple] = set()
    seen: set[str] = set()
    waiting = sorted(set(names))
    while waiting:
        seen.update(waiting)
        triples: list[ox.Triple] = []
        for start in range(0, len(waiting), _BATCH):
            values = " ".join(f"<{name}>" for name in waiting[start : start + _BATCH])
            triples += store.construct(
                f"CONSTRUCT {{ ?s ?p ?o }} WHERE {{ VALUES ?s {{ {values} }} ?s ?p ?o }}"
            )
        found.update(triples)
        objects = {triple.object.value for triple in triples if isinstance(triple.object, ox.NamedNode)}
        waiting = sorted(name for name in objects - seen if name.startswith(ID))
    return write_triples(found)


def write_triples(triples: Iterable[ox.Triple]) -> str:
    """Write triples as Turtle; the same triples give the same text."""
    graph = ox.NamedNode(ID("graph/answer"))
    text = StringIO()
    export([ox.Quad(t.subject, t.predicate, t.object, graph) for t in triples], "turtle", text)
    return text.getvalue()
