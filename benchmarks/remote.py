"""Measure how a corpus loads into the real Oxigraph server over HTTP, and into the embedded store on disk.

`python benchmarks/remote.py [CLAIMS] [--lot ARTICLES]` (10,000 claims unless said otherwise) maps a made-up
corpus, and puts the graphs into either store in the lots of a build. Told are the seconds that pass, the
processor time of all processes concerned, and the ratio; then what a build's question for each article costs.

The figures go to benchmarks/results/remote.json too.
"""

from __future__ import annotations

import argparse
import os
import pickle
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterator
from itertools import islice
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "tests"))

from corpora import generate_records
from measuring import keep, machine

from musnad.collection.building import LOT
from musnad.collection.preparing import make_ready
from musnad.graph.store import Store, open_store
from sparql_server import serve_oxigraph

TICKS = os.sysconf("SC_CLK_TCK")


def write_lots(path: Path, claims: int, size: int) -> Counter[str]:
    """Write the graphs of a corpus to a file, lot by lot as a store loads them; gives what there is."""
    records = generate_records(claims)
    counts: Counter[str] = Counter()
    with path.open("wb") as file:
        while lot := list(map(make_ready, islice(records, size))):
            pickle.dump({one.name: one.quads for one in lot}, file)
            counts["articles"] += len(lot)
            counts["claims"] += sum(one.claims for one in lot)
            counts["bytes"] += sum(len(one.quads) for one in lot)
    return counts


def lots_of(path: Path) -> Iterator[dict[str, bytes]]:
    """Give the lots of a file, one by one."""
    with path.open("rb") as file:
        while file.peek(1):
            yield pickle.load(file)


def load(store: Store, lots: Path) -> None:
    """Put all graphs in."""
    for lot in lots_of(lots):
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
    with tempfile.TemporaryDirectory() as folder:
        lots = Path(folder) / "lots"
        counts = write_lots(lots, given.claims, given.lot)
        print(
            f"{counts['articles']:,} articles, {counts['claims']:,} claims, "
            f"{counts['bytes'] / 1e6:.0f} MB of N-Quads, lots of {given.lot}"
        )
        with open_store(Path(folder) / "embedded.musnad") as embedded:
            here, here_cpu = timed(lambda: load(embedded, lots))
        print(f"embedded {here:>7.1f} s, {here_cpu:>7.1f} s of processor time")
        server = Path(folder) / "server"
        server.mkdir()
        with serve_oxigraph(server) as address, open_store(address) as remote:
            there, there_cpu = timed(lambda: load(remote, lots))
            names = [name for lot in islice(lots_of(lots), 4) for name in lot][:200]
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
            "claims": counts["claims"],
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
