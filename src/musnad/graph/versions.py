"""Versions of an article: what an outlet published at one address, in the order of its days."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from itertools import pairwise
from typing import Final

import pyoxigraph as ox

from musnad.graph.mapping import node
from musnad.graph.sparql import term_text
from musnad.graph.store import Store
from musnad.terms import VERSIONS_GRAPH

_PUBLISHER: Final = node("schema:publisher")
_ADDRESS: Final = node("schema:url")
_DAY: Final = node("schema:datePublished")


def link_versions(quads: Iterable[ox.Quad]) -> list[ox.Quad]:
    """Give the links from each article to the one it revises (`prov:wasRevisionOf`), among article graphs.

    Articles of one outlet at one address are versions of one another. A day's versions revise those of the
    day before that has any; which of two on one day came first is not known, and they are not linked.
    """
    facts: dict[str, dict[ox.NamedNode, str]] = defaultdict(dict)
    for quad in quads:
        subject, value = quad.subject, quad.object
        told = quad.predicate in (_PUBLISHER, _ADDRESS, _DAY)
        if told and isinstance(subject, ox.NamedNode) and isinstance(value, ox.NamedNode | ox.Literal):
            facts[subject.value][quad.predicate] = value.value
    places: dict[tuple[str, str], dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
    for article, known in facts.items():
        if len(known) == len((_PUBLISHER, _ADDRESS, _DAY)):
            places[known[_PUBLISHER], known[_ADDRESS]][known[_DAY]].append(article)
    graph, revises = ox.NamedNode(VERSIONS_GRAPH), node("prov:wasRevisionOf")
    links = [
        ox.Quad(ox.NamedNode(later), revises, ox.NamedNode(earlier), graph)
        for days in places.values()
        for before, after in pairwise(sorted(days))
        for later in days[after]
        for earlier in days[before]
    ]
    return sorted(links, key=str)


def find_versions(store: Store) -> list[ox.Quad]:
    """Give the links between versions among all articles that a store's queries see; see `link_versions`."""
    told = (_PUBLISHER, _ADDRESS, _DAY)
    return link_versions(ox.Quad(s, part, o) for part in told for s, o in store.column(part.value))  # type: ignore[arg-type]


def revise_versions(store: Store, fresh: Mapping[str, Iterable[ox.Quad]]) -> list[ox.Quad]:
    """Give the graph of versions of a store as it is once graphs of articles are put in.

    Only what was published at the addresses of these articles is looked at.
    """
    told = [
        quad for quads in fresh.values() for quad in quads if quad.predicate in (_PUBLISHER, _ADDRESS, _DAY)
    ]
    addresses = sorted({term_text(quad.object) for quad in told if quad.predicate == _ADDRESS})
    known = list(store.quads(VERSIONS_GRAPH))
    if not addresses:
        return known
    rows = store.query(
        f"SELECT ?article ?publisher ?address ?day WHERE {{ VALUES ?address {{ {' '.join(addresses)} }} "
        f"?article {_ADDRESS} ?address ; {_PUBLISHER} ?publisher ; {_DAY} ?day . }}"
    )
    for article, publisher, address, day in rows:
        for predicate, value in ((_PUBLISHER, publisher), (_ADDRESS, address), (_DAY, day)):
            told.append(ox.Quad(article, predicate, value))  # type: ignore[arg-type]
    touched = {quad.subject for quad in told}
    kept = [quad for quad in known if quad.subject not in touched]
    return sorted([*kept, *link_versions(told)], key=str)
