"""The end of a build: findings from all that a store holds, written as they come.

The graph of the vocabulary goes in last: a store without it is one whose findings are not all there, which
whoever opens it is told, and the next build derives them anew. So no part of the findings passes for all of
them, on stores of which no request may be as large as that.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from itertools import chain
from typing import Final

import pyoxigraph as ox

from musnad.collection.cluster import Workers
from musnad.findings import find_findings
from musnad.findings.derivation import word_propositions
from musnad.findings.facts import Facts
from musnad.findings.sharing import find_in_shares, share_out
from musnad.graph.lookups import AT_ONCE, ask_with_words, lots_of
from musnad.graph.mapping import node
from musnad.graph.store import Store
from musnad.graph.versions import link_versions
from musnad.graph.vocabulary import load_vocabulary
from musnad.terms import FINDINGS_GRAPH, RDF, VERSIONS_GRAPH, VOCABULARY_GRAPH, M, expand

__all__ = ["conclude", "unmake"]

_AT_ONCE: Final = 2_000_000  # characters of N-Triples in one request
_DERIVED: Final = (VOCABULARY_GRAPH, FINDINGS_GRAPH, VERSIONS_GRAPH)


def unmake(store: Store) -> None:
    """Take out all that is derived from articles, if any of it is there."""
    known = set(store.graphs())
    if gone := [name for name in _DERIVED if name in known]:
        store.replace({}, drop=gone)


def conclude(store: Store, workers: Workers | None = None) -> None:
    """Derive the findings, and the links between versions, from all that a store holds.

    `workers` look at the facts, if there are any; the store is the same.
    """
    unmake(store)
    sweep = None if workers is None else _by(workers)
    propositions = [
        subject.value for subject in _of_class(store, M("Proposition")) if isinstance(subject, ox.NamedNode)
    ]
    worded = chain.from_iterable(_words(store, lot) for lot in lots_of(sorted(propositions), AT_ONCE))
    end = f" <{FINDINGS_GRAPH}> .\n"
    for text in _joined(chain(find_findings(store, sweep), worded)):
        # A line end within a literal is written as an escape, so this ends lines and nothing else.
        store.load({FINDINGS_GRAPH: text.replace(" .\n", end).encode()})
    versions = link_versions(_dated(store))
    store.replace({VERSIONS_GRAPH: versions, VOCABULARY_GRAPH: load_vocabulary().quads})


def _by(workers: Workers) -> Callable[[Facts], Iterator[str]]:
    def sweep(facts: Facts) -> Iterator[str]:
        # What every worker dies of is looked at here: findings that lack some are no findings.
        found = workers.map(find_in_shares, ([share] for share in share_out(facts)), _find_here)
        return (text.decode() for texts in found for text in texts)

    return sweep


def _find_here(share: Facts) -> bytes:
    return find_in_shares([share])[0]


def _of_class(store: Store, name: str) -> Iterator[object]:
    rows = store.stream(f"SELECT ?thing WHERE {{ ?thing <{RDF('type')}> <{name}> }}")
    return (thing for (thing,) in rows)


def _words(store: Store, propositions: list[str]) -> Iterator[str]:
    said = ask_with_words(store, propositions)
    return (f"{triple} .\n" for triple in word_propositions(said, propositions))


def _dated(store: Store) -> Iterator[ox.Quad]:
    """Give what tells of an article which outlet published it where, and when."""
    articles = set(_of_class(store, M("Article")))
    for name in ("schema:publisher", "schema:url", "schema:datePublished"):
        for subject, value in store.column(expand(name)):
            if subject in articles:
                yield ox.Quad(subject, node(name), value)  # type: ignore[arg-type]


def _joined(texts: Iterable[str]) -> Iterator[str]:
    held: list[str] = []
    size = 0
    for text in texts:
        held.append(text)
        size += len(text)
        if size > _AT_ONCE:
            yield "".join(held)
            held, size = [], 0
    if held:
        yield "".join(held)
