"""Propositions in words, stored beside the findings: queries show what is claimed and not only its parts."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Final

import pyoxigraph as ox

from musnad.findings.neighbourhood import After, Change, Node, lots, small_store_graph
from musnad.graph.store import Store
from musnad.graph.wording import Language, Wording
from musnad.terms import RDF, M

LANGUAGES: Final[tuple[Language, ...]] = ("en", "ar")
_WORDING: Final = ox.NamedNode(M("wording"))
_PROPOSITIONS: Final = f"SELECT ?proposition WHERE {{ ?proposition <{RDF('type')}> <{M('Proposition')}> }}"


def word_propositions(propositions: Iterable[Node], quads: Iterable[ox.Quad]) -> Iterator[ox.Triple]:
    """Put propositions into words, each language a triple; `quads` say what there is to know of them."""
    words = Wording(quads)
    for proposition in propositions:
        if isinstance(proposition, ox.NamedNode):
            for language in LANGUAGES:
                text = ox.Literal(words.proposition(proposition.value, language), language=language)
                yield ox.Triple(proposition, _WORDING, text)


def word_store(store: Store) -> Iterator[ox.Triple]:
    """Put every proposition of a store into words, some thousands at a time."""
    after = After(Change.of(store, {}, ()))
    graph = small_store_graph()
    said = {name for (name,) in store.stream(_PROPOSITIONS) if name is not None}
    for lot in lots(sorted(said, key=str)):
        triples = after.around(lot, set())
        yield from word_propositions(lot, [ox.Quad(t.subject, t.predicate, t.object, graph) for t in triples])
