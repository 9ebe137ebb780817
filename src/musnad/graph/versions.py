"""Versions of an article: what an outlet published at one address, in the order of its days."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from itertools import pairwise
from typing import Final

import pyoxigraph as ox

from musnad.graph.mapping import node
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
