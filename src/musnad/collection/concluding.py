"""Findings on their way into a store: lot by lot, while the next are being looked for."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from typing import Final

from musnad.collection.cluster import Workers
from musnad.findings.facts import Facts
from musnad.findings.sharing import Sweep, find_in_shares, share_out
from musnad.graph.sparql import quads_of
from musnad.graph.store import Store
from musnad.terms import FINDINGS_GRAPH

LOT: Final = 10_000_000  # characters of N-Triples that are written together


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
    lot: list[str] = []
    size = 0
    for text in texts:
        lot.append(text)
        size += len(text)
        if size > LOT:
            yield "".join(lot)
            lot, size = [], 0
    if lot:
        yield "".join(lot)


def sweep_on(workers: Workers) -> Sweep:
    """Give what has the workers of a cluster look for the findings among facts."""

    def sweep(facts: Facts) -> Iterator[str]:
        # What every worker dies of is looked at here: findings that lack some are no findings.
        shares = share_out(facts, hands=workers.hands)
        found = workers.map(find_in_shares, ([share] for share in shares), _find_here)
        return (text.decode() for texts in found for text in texts)

    return sweep


def _find_here(share: Facts) -> bytes:
    return find_in_shares([share])[0]
