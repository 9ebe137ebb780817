"""Measure the findings sweep on a cluster of this machine: one worker, two workers, and none.

`python benchmarks/cluster.py [CLAIMS] [--runs N]` (10,000 claims and 3 runs unless said otherwise) puts a
made-up corpus into a store in memory and has all findings derived: by this process alone, by one worker, and
by two, each time by processes that have learnt nothing yet. Told are the seconds that pass, the processor
time of this process and of the workers, and how many times as fast two are as one; the same
without the reading of facts, which one process does. The lines that come back are compared.

Meaningful on a machine with two cores to spare: this process hands out facts and takes findings meanwhile.

The figures go to benchmarks/results/cluster.json too.
"""

from __future__ import annotations

import argparse
import os
import time
from collections.abc import Callable, Iterator
from hashlib import sha256

from corpora import generate_records
from measuring import keep, median, peak_memory

from musnad.collection.cluster import Workers
from musnad.collection.preparing import make_ready
from musnad.findings import find_findings
from musnad.findings.facts import Facts
from musnad.findings.rules import the_rules
from musnad.findings.sharing import find_in_shares, share_out
from musnad.graph.oxigraph_store import OxigraphStore

Sweep = Callable[[Facts], Iterator[str]]


def fill(claims: int) -> OxigraphStore:
    """Give a store in memory with a corpus."""
    store = OxigraphStore()
    for record in generate_records(claims):
        one = make_ready(record)
        store.load({one.name: one.quads})
    return store


def forget() -> None:
    """Let the rules of this process forget all shapes."""
    the_rules.cache_clear()


class Measured:
    """A sweep, and the moment at which it began."""

    def __init__(self, workers: Workers | None) -> None:
        self.workers = workers
        self.began = 0.0

    def __call__(self, facts: Facts) -> Iterator[str]:
        """Find, here or on the workers."""
        self.began = time.perf_counter()
        if self.workers is None:
            yield from the_rules().findings(facts)
            return
        shares = share_out(facts, hands=self.workers.hands)
        found = self.workers.map(find_in_shares, ([share] for share in shares), _lost)
        for texts in found:
            yield from (text.decode() for text in texts)


def _lost(_: Facts) -> bytes:
    raise SystemExit("a worker was lost")


def once(store: OxigraphStore, workers: Workers | None) -> dict[str, float | str]:
    """Sweep once, with nothing learnt before."""
    forget()
    if workers is not None:
        workers._client.run(forget)
    cpu = [time.process_time(), *(workers._client.run(time.process_time).values() if workers else ())]
    began = time.perf_counter()
    sweep = Measured(workers)
    lines: set[bytes] = set()
    size = 0
    for text in find_findings(store, sweep):
        size += len(text)
        lines.update(sha256(line.encode()).digest()[:8] for line in text.splitlines()) if CHECKED else None
    ended = time.perf_counter()
    spent = [time.process_time(), *(workers._client.run(time.process_time).values() if workers else ())]
    return {
        "seconds": ended - began,
        "seconds without reading": ended - sweep.began,
        "processor seconds here": spent[0] - cpu[0],
        "processor seconds of workers": sum(spent[1:]) - sum(cpu[1:]),
        "MB of findings": size / 1e6,
        "lines": sha256(b"".join(sorted(lines))).hexdigest(),
    }


CHECKED = False


def main() -> None:
    """Measure and print."""
    global CHECKED  # noqa: PLW0603
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("claims", nargs="?", type=int, default=10_000)
    parser.add_argument("--runs", type=int, default=3)
    given = parser.parse_args()
    store = fill(given.claims)
    ways: dict[str, str | None] = {"alone": None, "one worker": "local:1", "two workers": "local:2"}
    found: dict[str, dict[str, float]] = {}
    digests = set()
    for name, where in ways.items():
        workers = Workers(where) if where else None
        try:
            runs = [once(store, workers) for _ in range(given.runs)]
            CHECKED = True
            digests.add(once(store, workers)["lines"])
            CHECKED = False
        finally:
            if workers is not None:
                workers.close()
        found[name] = {
            key: round(median([float(run[key]) for run in runs]), 2) for key in runs[0] if key != "lines"
        }
        print(f"{name:<12} {', '.join(f'{key} {value}' for key, value in found[name].items())}")
    if len(digests) != 1:
        raise SystemExit("the findings differ")
    one, two = found["one worker"], found["two workers"]
    ratios = {key: round(one[key] / two[key], 2) for key in ("seconds", "seconds without reading")}
    print(f"two workers are {ratios} times as fast as one; the findings are the same")
    keep(
        "cluster",
        {
            "claims": given.claims,
            "ways": found,
            "two workers, times as fast as one": ratios,
            "MB at the peak here": round(peak_memory()),
            "load": os.getloadavg()[0],
        },
    )


if __name__ == "__main__":
    main()
