"""Measure how fast `musnad` reads articles, what memory it takes, and how cost grows with a text's length.

`python benchmarks/read.py [--peer-python PYTHON] [--quick] [--only PART]…` measures, one process after the
other, and writes the tables to benchmarks/results/read.md (with --quick or --only: prints them only). Seconds
are of the processor unless a table says otherwise: they are the same when other programs keep the machine
busy. The articles are made up (sample_articles.py); read-peer-requirements.txt says how the peer is
installed. Hostile texts have a benchmark of their own, hostile.py.
"""

from __future__ import annotations

import argparse
import json
import math
import os
import platform
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sample_articles import make_article_text, make_text_of

HERE = Path(__file__).resolve().parent
RESULTS = HERE / "results" / "read.md"
WORKER = HERE / "read_worker.py"
LANGUAGES = {"ar": "Arabic", "en": "English"}
KB = 1024
GOALS = "≥ 100 articles/s a core; ready in ≤ 1 s; ≤ 300 MB; exponent about 1"


@dataclass(frozen=True, slots=True)
class Scale:
    """How much is measured."""

    articles: int = 300
    runs: int = 5
    many: int = 2000
    sizes: tuple[int, ...] = (KB, 4 * KB, 16 * KB, 64 * KB, 256 * KB, KB * KB)
    patience: int = 300  # seconds for one text


QUICK = Scale(60, 2, 200, (KB, 4 * KB, 16 * KB, 64 * KB), 60)


class TooSlow(Exception):
    """A text took longer than the benchmark waits."""


class Bench:
    """Runs workers on texts, each in a process of its own."""

    def __init__(self, folder: Path, scale: Scale, peer_python: str) -> None:
        self.folder, self.scale, self.peer_python = folder, scale, peer_python
        self.versions: dict[str, str] = {}

    def read(self, texts: Sequence[str], *, peer: bool = False) -> dict[str, Any] | None:
        """Read texts in a fresh process; `None` when the peer is absent. Raises `TooSlow`."""
        file = self.folder / "texts.json"
        file.write_text(json.dumps(texts), encoding="utf-8")
        command = [self.peer_python, str(WORKER), "peer"] if peer else [sys.executable, str(WORKER)]
        limit = self.scale.patience * max(1, len(texts) // 100)
        try:
            done = subprocess.run(
                [*command, str(file)], stdout=subprocess.PIPE, text=True, timeout=limit, check=False
            )
        except subprocess.TimeoutExpired as error:
            raise TooSlow from error
        if peer and done.returncode == 3:
            return None
        done.check_returncode()
        result: dict[str, Any] = json.loads(done.stdout)
        self.versions.update(result["versions"])
        return result

    def command(self, *arguments: str) -> tuple[float, float, float]:
        """Run `musnad` in a fresh process; give seconds of processor and of clock, and peak memory in MB."""
        program = Path(sys.executable).with_name("musnad")
        start = time.perf_counter()
        process = subprocess.Popen([program, *arguments], stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)
        assert process.stderr is not None
        told = process.stderr.read().decode()
        _, status, usage = os.wait4(process.pid, 0)
        wall = time.perf_counter() - start
        process.returncode = os.waitstatus_to_exitcode(status)
        process.stderr.close()
        if process.returncode:
            raise RuntimeError(f"musnad {arguments[0]} failed: {told}")
        return usage.ru_utime + usage.ru_stime, wall, usage.ru_maxrss / 1024


def throughput(bench: Bench) -> Iterator[str]:
    """Articles per second, the peer between our own runs."""
    yield "## Articles per second on one core, after start-up\n"
    yield f"{bench.scale.articles} articles of about 300 words, {bench.scale.runs} processes each.\n"
    yield "| reader | articles | articles/s, median | least … most | by the clock | statements | ready, s |"
    yield "|---|---|---|---|---|---|---|"
    texts = {
        code: [make_article_text(code, n) for n in range(-1, bench.scale.articles)] for code in LANGUAGES
    }
    readers = [("musnad", "ar", False), ("musnad", "en", False), ("spaCy + textacy", "en", True)]
    runs: dict[tuple[str, str, bool], list[dict[str, Any]]] = {}
    for _ in range(bench.scale.runs):
        for reader in readers:
            result = bench.read(texts[reader[1]], peer=reader[2])
            if result is not None:
                runs.setdefault(reader, []).append(result)
    for reader in readers:
        if reader not in runs:
            yield f"| {reader[0]} | {LANGUAGES[reader[1]]} | not installed, not measured | | | | |"
            continue
        rates = [run["articles"] / run["cpu"] for run in runs[reader]]
        clock = statistics.median(run["articles"] / run["wall"] for run in runs[reader])
        ready = statistics.median(run["ready"] for run in runs[reader])
        yield (
            f"| {reader[0]} | {LANGUAGES[reader[1]]} | {statistics.median(rates):.0f} "
            f"| {min(rates):.0f} … {max(rates):.0f} | {clock:.0f} "
            f"| {runs[reader][0]['statements']:,} | {ready:.2f} |"
        )
    yield (
        "\nmusnad reads to the draft record: statements, speakers, values, names, events and claims. The "
        "peer parses, tags and names entities, and finds direct quotations only; its statements are those."
    )


def start_up(bench: Bench) -> Iterator[str]:
    """A fresh `musnad read` of one short article."""
    yield "\n## Start-up: `musnad read` of one short article in a fresh process\n"
    yield "| language | processor s, median | least … most | clock s, median |"
    yield "|---|---|---|---|"
    for code, name in LANGUAGES.items():
        file = bench.folder / f"short-{code}.txt"
        file.write_text(make_article_text(code, 7, 60), encoding="utf-8")
        arguments = ("read", str(file), "--date", "2025-10-11")
        bench.command(*arguments)  # the files come from the disk only now
        runs = [bench.command(*arguments) for _ in range(5)]
        times, clock = [run[0] for run in runs], statistics.median(run[1] for run in runs)
        spread = f"{min(times):.2f} … {max(times):.2f}"
        yield f"| {name} | {statistics.median(times):.2f} | {spread} | {clock:.2f} |"


def memory_and_jobs(bench: Bench) -> Iterator[str]:
    """Many articles by one command, in one process and in two."""
    yield f"\n## `musnad read` of {bench.scale.many:,} articles, half Arabic, half English\n"
    yield "| --jobs | seconds by the clock | articles/s by the clock | processor s | peak MB of a process |"
    yield "|---|---|---|---|---|"
    file = bench.folder / "many.jsonl"
    with file.open("w", encoding="utf-8") as stream:
        for number in range(bench.scale.many):
            text = make_article_text(("ar", "en")[number % 2], number)
            print(json.dumps({"id": f"n{number}", "text": text, "date": "2025-10-11"}), file=stream)
    for jobs in ("1", "2"):
        cpu, wall, megabytes = bench.command(
            "read", str(file), "--jobs", jobs, "--output", str(bench.folder / "records.jsonl")
        )
        yield f"| {jobs} | {wall:.1f} | {bench.scale.many / wall:.0f} | {cpu:.1f} | {megabytes:.0f} |"
    yield f"\nOn {os.cpu_count()} cores; start-up of every process included."


def growth(bench: Bench) -> Iterator[str]:
    """Cost against length in one article."""
    yield "\n## One article, ever longer: processor seconds\n"
    sizes = bench.scale.sizes
    yield f"| text | {' | '.join(_size(size) for size in sizes)} | exponent | of the last step | MB |"
    yield f"|---|{'---|' * (len(sizes) + 3)}"
    for code, name in LANGUAGES.items():
        long = make_text_of(code, sizes[-1])
        yield _row(bench, name, {size: _seconds(bench, long[:size]) for size in sizes})


def _seconds(bench: Bench, text: str) -> tuple[float, float] | None:
    """Give seconds for one text, several times when short, and peak memory; none when it takes too long."""
    times = max(1, 64 * KB // len(text))
    try:
        result = bench.read([make_article_text("ar", 3), *[text] * times])
    except TooSlow:
        return None
    assert result is not None
    return result["cpu"] / times, result["megabytes"]


def _row(bench: Bench, name: str, costs: dict[int, tuple[float, float] | None]) -> str:
    cells = [f"> {bench.scale.patience}" if cost is None else f"{cost[0]:.3f}" for cost in costs.values()]
    points = [(math.log(size), math.log(cost[0])) for size, cost in costs.items() if cost is not None]
    slopes = ["–", "–"]
    if len(points) == len(costs):
        slopes = [f"{_slope(points):.2f}", f"{_slope(points[-2:]):.2f}"]
    last = list(costs.values())[-1]
    return f"| {name} | {' | '.join([*cells, *slopes])} | {'–' if last is None else round(last[1])} |"


def _slope(points: Sequence[tuple[float, float]]) -> float:
    """Give the slope of the line that fits best: the exponent, when the points are logarithms."""
    return statistics.linear_regression(*zip(*points, strict=True)).slope


def _size(size: int) -> str:
    return f"{size // (KB * KB)} MB" if size >= KB * KB else f"{size // KB} KB"


PARTS: dict[str, Callable[[Bench], Iterator[str]]] = {
    "throughput": throughput,
    "start-up": start_up,
    "memory": memory_and_jobs,
    "growth": growth,
}


def _machine(bench: Bench) -> str:
    cpu = platform.processor() or platform.machine()
    info = Path("/proc/cpuinfo")
    if info.is_file():
        models = [line for line in info.read_text().splitlines() if line.startswith("model name")]
        cpu = models[0].partition(": ")[2] if models else cpu
    versions = ", ".join(f"{name} {number}" for name, number in bench.versions.items())
    return f"{cpu}, {os.cpu_count()} cores; Python {platform.python_version()}; {versions}."


def main() -> None:
    """Measure and write."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--peer-python", default=sys.executable, help="the Python in which the peer is")
    parser.add_argument("--quick", action="store_true", help="less of everything, to see that it works")
    parser.add_argument("--only", action="append", choices=PARTS, help="one part; may be repeated")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        bench = Bench(Path(folder), QUICK if options.quick else Scale(), options.peer_python)
        lines = []
        for part in options.only or PARTS:
            for line in PARTS[part](bench):
                print(line, flush=True)
                lines.append(line)
        heading = (
            "# What reading costs\n\nWritten by `python benchmarks/read.py`. Goals: "
            f"{GOALS}.\n\n{_machine(bench)}\n"
        )
    if not options.quick and not options.only:
        RESULTS.write_text("\n".join([heading, *lines]) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
