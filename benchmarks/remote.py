"""Measure how a corpus loads into the real Oxigraph server over HTTP, and into the embedded store on disk.

`python benchmarks/remote.py [CLAIMS] [--lot ARTICLES]` (10,000 claims unless said otherwise) maps a made-up
corpus, and puts the graphs into either store in the lots of a build. Told are the seconds that pass, the
processor time of all processes concerned, and the ratio; then what a build's question for each article costs.

The figures go to benchmarks/results/remote.json too.
"""

from __future__ import annotations

import argparse
import os
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from itertools import islice
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "tests"))

from corpora import generate_records
from measuring import keep, machine

from musnad.collection.building import LOT
from musnad.collection.preparing import Ready, make_ready
from musnad.graph.store import Store, open_store
from sparql_server import serve_oxigraph

TICKS = os.sysconf("SC_CLK_TCK")


def lots_of(graphs: list[Ready], size: int) -> Iterator[dict[str, bytes]]:
    """Give the graphs in lots, as a store loads them."""
    left = iter(graphs)
    while lot := list(islice(left, size)):
        yield {one.name: one.quads for one in lot}


def load(store: Store, graphs: list[Ready], size: int) -> None:
    """Put all graphs in."""
    for lot in lots_of(graphs, size):
        store.load(lot)


def child_seconds() -> float:
    """Give the processor time of the processes started here that still run."""
    total = 0.0
    for task in Path(f"/proc/{os.getpid()}/task").iterdir():
        for child in (task / "children").read_text().split():
            fields = Path(f"/proc/{child}/stat").read_text().rpartition(")")[2].split()
            total += (int(fields[11]) + int(fields[12])) / TICKS
    return total


def timed(work: Callable[[], None]) -> tuple[float, float]:
    """Give the seconds that passed, and the processor time of this process and its children."""
    before, began = time.process_time() + child_seconds(), time.perf_counter()
    work()
    return time.perf_counter() - began, time.process_time() + child_seconds() - before


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("claims", nargs="?", type=int, default=10_000)
    parser.add_argument("--lot", type=int, default=LOT)
    given = parser.parse_args()
    graphs = [make_ready(record) for record in generate_records(given.claims)]
    claims = sum(one.claims for one in graphs)
    megabytes = sum(len(one.quads) for one in graphs) / 1e6
    print(f"{len(graphs):,} articles, {claims:,} claims, {megabytes:.0f} MB of N-Quads, lots of {given.lot}")
    with tempfile.TemporaryDirectory() as folder:
        with open_store(Path(folder) / "embedded.musnad") as embedded:
            here, here_cpu = timed(lambda: load(embedded, graphs, given.lot))
        print(f"embedded {here:>7.1f} s, {here_cpu:>7.1f} s of processor time")
        server = Path(folder) / "server"
        server.mkdir()
        with serve_oxigraph(server) as address, open_store(address) as remote:
            there, there_cpu = timed(lambda: load(remote, graphs, given.lot))
            names = [one.name for one in graphs[:200]]
            asked, _ = timed(
                lambda: [remote.ask(f"ASK {{ GRAPH <{n}> {{ ?s ?p ?o }} }}") for n in names] and None
            )
    print(f"remote   {there:>7.1f} s, {there_cpu:>7.1f} s of processor time, both processes")
    print(
        f"remote / embedded: {there / here:.2f} (seconds passed), {there_cpu / here_cpu:.2f} (processor time)"
    )
    print(f"a question over HTTP: {1000 * asked / len(names):.1f} ms")
    keep(
        "remote",
        {
            "claims": claims,
            "articles a lot": given.lot,
            "embedded seconds": round(here, 2),
            "remote seconds": round(there, 2),
            "embedded processor seconds": round(here_cpu, 2),
            "remote processor seconds": round(there_cpu, 2),
            "ratio of seconds": round(there / here, 2),
            "ratio of processor seconds": round(there_cpu / here_cpu, 2),
            "ms a question": round(1000 * asked / len(names), 2),
        },
    )
    print(machine())


if __name__ == "__main__":
    main()
