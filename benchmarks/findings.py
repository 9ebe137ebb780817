"""Measure what findings cost: all rules at once, article by article, and independence, beside their peers.

`make bench` or `python benchmarks/findings.py [--sizes 1000,10000] [--runs 3] [--folder FOLDER]` measures,
one process after the other, and writes the tables and a plot to benchmarks/results/findings.md and .svg.
Seconds are of the processor, all cores together, unless a table says that they are by the clock. The corpora
are made up; see corpora.py. Up to 100,000 claims the store is in memory, beyond it is in a folder. A peer
that takes longer than --patience is stopped, and the table says so. The plot needs matplotlib, the column
join polars: the extra `bench`.
"""

from __future__ import annotations

import argparse
import importlib.metadata
import json
import math
import os
import platform
import signal
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

HERE = Path(__file__).resolve().parent
RESULTS = HERE / "results"
WORKER = HERE / "findings_worker.py"
Result = dict[str, Any] | None
PEERS = {
    "pairwise-oxigraph": "four rules, claim by claim, in pyoxigraph",
    "pairwise-rdflib": "four rules, claim by claim, in rdflib",
    "tuples": "bound: four rules as a hash join over tuples",
    "polars": "bound: four rules as a join of columns",
}
IN_COLUMNS = ("tuples", "polars")  # peers that need no store in memory
IN_MEMORY = 100_000  # claims beyond which a store in memory takes more than most machines have
GOALS = (
    "100,000 claims in ≤ 5 s on two cores in memory, ≥ 200× pairwise rdflib and ≥ 10× pairwise pyoxigraph; "
    "1,000,000 in ≤ 60 s and ≤ 1 GB; exponent ≤ 1.1; an article of 30 claims in ≤ 50 ms"
)


class Bench:
    """Runs workers over corpora, each in a process of its own."""

    def __init__(self, folder: Path, *, runs: int, patience: int) -> None:
        self.folder, self.runs, self.patience = folder, runs, patience

    def corpus(self, size: int) -> None:
        """Make the files of a corpus, unless they are there."""
        if not (self.folder / f"{size}.nq").exists():
            self.run("corpus", size)

    def store(self, size: int) -> None:
        """Make a store in a folder; one that takes long to make is kept, with the findings it has."""
        if size <= IN_MEMORY or not (self.folder / f"{size}.musnad").exists():
            self.run("folder", size)

    def run(self, what: str, size: int, *, patience: int | None = None) -> Result:
        """Give what a worker measured, None where it took more than `patience` seconds of the processor."""
        command = [sys.executable, str(WORKER), what, str(size), str(self.folder), str(patience or 0)]
        done = subprocess.run(command, stdout=subprocess.PIPE, text=True, check=False)
        if done.returncode == -signal.SIGXCPU:
            return None
        done.check_returncode()
        result: dict[str, Any] = json.loads(done.stdout)
        return result

    def median(self, what: str, size: int, *, patience: int | None = None) -> Result:
        """Give the medians of several runs, and the spread of seconds as `low` and `high`.

        Peers, and what has to make a large corpus for it, run once.
        """
        results = []
        once = what in PEERS or (what == "independence" and size >= IN_MEMORY)
        for _ in range(1 if once else self.runs):
            result = self.run(what, size, patience=patience)
            if result is None:
                return None
            results.append(result)
        medians = {key: statistics.median(result[key] for result in results) for key in results[0]}
        seconds = [result["cpu"] for result in results]
        return medians | {"low": min(seconds), "high": max(seconds)}


def measure(bench: Bench, sizes: Sequence[int]) -> Iterator[str]:
    """Measure everything and give the lines of the report."""
    sweeps: dict[int, dict[str, Any]] = {}
    peers: dict[str, dict[int, Result]] = {name: {} for name in PEERS}
    for size in sizes:
        bench.corpus(size)
        if size > IN_MEMORY:
            bench.store(size)
            sweeps[size] = bench.run("folder-sweep", size) or {}
        else:
            sweeps[size] = bench.median("sweep", size) or {}
        for name, results in peers.items():
            # Who took too long for a size, or more memory than there is, is not tried on a larger one.
            tried = all(result is not None for result in results.values())
            tried = tried and (size <= IN_MEMORY or name.startswith(IN_COLUMNS))
            if tried:
                results[size] = bench.median(name, size, patience=bench.patience)
    yield "## All rules over everything"
    yield ""
    heads = ("claims", "seconds (spread)", "by the clock", "once shapes are known", "findings", "µs a claim")
    yield f"| {' | '.join(heads)} | memory added, MB | whole process, MB |"
    yield "|---|---|---|---|---|---|---|---|"
    for size, result in sweeps.items():
        again = f"{result['again']:.2f}" if "again" in result else "–"
        yield (
            f"| {size:,} | {_seconds(result)} | {result['wall']:.2f} | {again} | {result['findings']:,.0f} | "
            f"{result['cpu'] / size * 1e6:.0f} | {result['grown']:.0f} | {result['memory']:.0f} |"
        )
    yield ""
    exponent = _slope([(size, result["cpu"]) for size, result in sweeps.items()])
    yield (
        f"Fitted exponent of seconds: {exponent}. Findings are computed and written to the store, in memory "
        f"up to {IN_MEMORY:,} claims, in a folder beyond, which counts little towards the process's memory."
    )
    yield ""
    yield "## Beside others"
    yield ""
    yield f"| | {' | '.join(f'{size:,}' for size in sizes)} |"
    yield f"|---|{'---|' * len(sizes)}"
    yield f"| musnad, all rules | {' | '.join(_seconds(sweeps[size]) for size in sizes)} |"
    for name, what in PEERS.items():
        results = peers[name]
        cells = [
            _beside(results[size], sweeps[size], bench.patience) if size in results else "not tried"
            for size in sizes
        ]
        yield f"| {what} | {' | '.join(cells)} |"
    yield ""
    yield from _article_by_article(bench, sizes)
    yield from _independence(bench, sizes)
    plot(RESULTS / "findings.svg", sizes, sweeps, peers)
    yield "![Time and memory against size](findings.svg)"


def _beside(result: Result, ours: dict[str, Any], patience: int) -> str:
    if result is None:
        return f"not within {patience} s, over {patience / ours['cpu']:.2g}×"
    return f"{_seconds(result)}, {result['cpu'] / ours['cpu']:.2g}×"


def _article_by_article(bench: Bench, sizes: Sequence[int]) -> Iterator[str]:
    yield "## An article of 30 claims that comes to a store on disk"
    yield ""
    yield "| claims in the store | ms to revise (worst) | the first article, ms | ms to write |"
    yield "|---|---|---|---|"
    for size in sizes:
        if size <= IN_MEMORY:
            bench.store(size)
            bench.run("folder-sweep", size)
        result = bench.run("incremental", size) or {}
        cells = (result[key] * 1000 for key in ("cpu", "worst", "first", "write"))
        median, worst, first, write = (f"{cell:.0f}" for cell in cells)
        yield f"| {size:,} | {median} ({worst}) | {first} | {write} |"
    yield ""


def _independence(bench: Bench, sizes: Sequence[int]) -> Iterator[str]:
    yield "## Independence of every answer"
    yield ""
    yield "| claims | sources | claims of the largest answer | seconds | µs a claim |"
    yield "|---|---|---|---|---|"
    points = []
    # Beyond, making the records takes a quarter of an hour: `findings_worker.py independence 1000000 . 0`.
    for size in (size for size in sizes if size <= IN_MEMORY):
        result = bench.median("independence", size) or {}
        points.append((size, result["cpu"]))
        yield (
            f"| {size:,} | {result['sources']:,.0f} | {result['largest']:,.0f} | {_seconds(result)} | "
            f"{result['cpu'] / size * 1e6:.1f} |"
        )
    yield ""
    yield f"Fitted exponent: {_slope(points)}."
    yield ""


def plot(
    path: Path, sizes: Sequence[int], sweeps: dict[int, dict[str, Any]], peers: dict[str, dict[int, Result]]
) -> None:
    """Draw seconds and memory against size, both axes logarithmic."""
    import matplotlib as mpl

    mpl.use("svg")
    mpl.rcParams["svg.hashsalt"] = "musnad"
    from matplotlib import pyplot as plt

    figure, (left, right) = plt.subplots(1, 2, figsize=(11, 4.5))
    points = [(size, sweeps[size]["cpu"]) for size in sizes]
    left.plot(*zip(*points, strict=True), "o-", label=f"musnad, all rules (exponent {_slope(points)})")
    for name, what in PEERS.items():
        known = [(size, found["cpu"]) for size in sizes if (found := peers[name].get(size))]
        if known:
            left.plot(*zip(*known, strict=True), "o--", label=f"{what} ({_slope(known)})")
    right.plot(sizes, [sweeps[size]["grown"] for size in sizes], "o-", label="added by the rules")
    right.plot(
        sizes, [sweeps[size]["memory"] for size in sizes], "o--", label="whole process, store included"
    )
    for axis, name in ((left, "seconds of the processor"), (right, "MB")):
        axis.set(xscale="log", yscale="log", xlabel="claims", ylabel=name)
        axis.grid(visible=True, alpha=0.3)
        axis.legend(fontsize=8)
    figure.tight_layout()
    figure.savefig(path, metadata={"Date": None})


def _seconds(result: dict[str, Any]) -> str:
    return f"{result['cpu']:.3g} ({result['low']:.3g}–{result['high']:.3g})"


def _slope(points: Sequence[tuple[float, float]]) -> str:
    """Give the exponent of the power that fits best, as text; nothing to fit with one point."""
    if len(points) < 2:
        return "–"
    logs = [(math.log(size), math.log(max(cost, 1e-6))) for size, cost in points]
    return f"{statistics.linear_regression(*zip(*logs, strict=True)).slope:.2f}"


def _machine() -> str:
    info = Path("/proc/cpuinfo")
    lines = info.read_text().splitlines() if info.is_file() else []
    models = [line.partition(": ")[2] for line in lines if line.startswith("model name")]
    names = ("pyoxigraph", "rdflib", "networkx", "polars")
    versions = ", ".join(f"{name} {importlib.metadata.version(name)}" for name in names)
    cpu = models[0] if models else platform.machine()
    return f"{cpu}, {os.cpu_count()} cores, one used; Python {platform.python_version()}; {versions}."


def main() -> None:
    """Measure and write."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--sizes", default="1000,10000", help="claims of the corpora, with commas between")
    parser.add_argument("--runs", type=int, default=3, help="runs of which the median is taken (3)")
    parser.add_argument(
        "--patience",
        type=int,
        default=120,
        help="seconds by the clock, loading included, after which a peer is stopped (120)",
    )
    parser.add_argument("--folder", type=Path, help="where corpora are kept from one run to the next")
    options = parser.parse_args()
    sizes = [int(size) for size in options.sizes.split(",")]
    RESULTS.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory() as scratch:
        folder = options.folder or Path(scratch)
        folder.mkdir(parents=True, exist_ok=True)
        bench = Bench(folder, runs=options.runs, patience=options.patience)
        lines = [f"# What findings cost\n\nWritten by `make bench`. Goals: {GOALS}.\n\n{_machine()}\n"]
        for line in measure(bench, sizes):
            print(line, flush=True)
            lines.append(line)
    (RESULTS / "findings.md").write_text("\n".join(lines) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
