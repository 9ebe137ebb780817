"""Findings on their way into a store: lot by lot, while the next are being looked for."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from itertools import islice
from typing import Final

from musnad.graph.sparql import quads_of
from musnad.graph.store import Store
from musnad.terms import FINDINGS_GRAPH

LOT: Final = 5000  # texts that are written together, some ten megabytes


def write_findings(store: Store, texts: Iterable[str]) -> None:
    """Put texts of N-Triples into the findings graph, lot by lot.

    One lot is written while the next is being made, and no more than two are in memory. Raises as
    `Store.load` does; the lots before are then in.
    """
    with ThreadPoolExecutor(1) as pool:
        writing: Future[None] | None = None
        for lot in _lots(texts):
            quads = quads_of(lot, FINDINGS_GRAPH)
            if writing is not None:
                writing.result()
            writing = pool.submit(store.load, {FINDINGS_GRAPH: quads}, whole=False)
        if writing is not None:
            writing.result()


def _lots(texts: Iterable[str]) -> Iterator[str]:
    texts = iter(texts)
    while lot := "".join(islice(texts, LOT)):
        yield lot
