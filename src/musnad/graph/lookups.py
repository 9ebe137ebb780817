"""What a store says of many things, asked some hundreds at a time."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from typing import Final

from musnad.graph.descriptions import Descriptions
from musnad.graph.store import Store
from musnad.terms import ID

__all__ = ["AT_ONCE", "ask_about", "ask_with_words", "iri_list", "lots_of"]

AT_ONCE: Final = 500  # names in one question: long enough to be few, short enough for any endpoint
# What the words for a claim, a position or a proposition are made from.
_WORDED: Final = (
    "m:compares", "m:premise", "m:proposition", "m:slot", "rdf:subject", "rdf:object", "m:member",
    "m:quantity", "m:time", "m:unit", "m:place", "m:role",
)  # fmt: skip


def ask_about(store: Store, names: Iterable[str], *, only: str = "") -> Descriptions:
    """Give what queries see said of things (IRIs); `only` is a SPARQL filter on `?s ?p ?o`."""
    found = Descriptions.of_triples()
    for lot in lots_of(names, AT_ONCE):
        text = store.lines(
            f"CONSTRUCT {{ ?s ?p ?o }} WHERE {{ VALUES ?s {{ {iri_list(lot)} }} ?s ?p ?o {only} }}"
        )
        found.said.update(Descriptions.of_triples(text).said)
    return found


def ask_with_words(store: Store, names: Iterable[str], *, only: str = "") -> Descriptions:
    """Give what is said of things, and of all that words for what they propose are made from."""
    found = Descriptions.of_triples()
    waiting = list(names)
    while waiting:
        found.said.update(ask_about(store, waiting, only=only).said)
        referred = dict.fromkeys(other for name in waiting for other in found.iris(name, *_WORDED))
        waiting = [name for name in referred if name.startswith(ID) and name not in found]
    return found


def iri_list(names: Sequence[str]) -> str:
    """Write IRIs as SPARQL lists them."""
    return " ".join(f"<{name}>" for name in names)


def lots_of(names: Iterable[str], size: int) -> Iterator[list[str]]:
    """Give names in lots of so many."""
    names = iter(names)
    while lot := list(islice(names, size)):
        yield lot
