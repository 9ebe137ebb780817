"""Keep a newsroom's stores busy for minutes in both ways there are, and see that nothing is lost or wrong.

`python benchmarks/soak.py [--minutes 10] [--claims 300]` runs, at once:

* a **desk**: `musnad serve` on a folder. Readers ask pages, their JSON twins and SPARQL; where this musnad
  serves with --review, claims are rejected and taken back over HTTP meanwhile. Now and then it is handed
  over: the server stops, `musnad build` puts an article in, claims are decided, and it is served again; so a
  folder that one process owns takes builds. Who asks meanwhile finds nobody there.
* a **wire**: the real `oxigraph` server. Readers query it over HTTP, while builds put articles in, replace
  their readings by others and back, and claims are accepted, rejected and taken back by `musnad.connect`.

Every answer is held against the records: it must be right, or an honest 503. Every write that was accepted is
looked up afterwards, and `musnad verify` derives both stores again. The memory of the servers is sampled each
second; the slope of the line through the last half of it is printed. Results go to
benchmarks/results/soak.md (with --seconds: printed only). Exit status 1 where something was lost or wrong, or
memory grew.
"""

from __future__ import annotations

import argparse
import socket
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from statistics import linear_regression, mean

import httpx
from corpora import generate_records, late_article
from measuring import machine
from soak_places import PROGRAM, Desk, Run, Wire
from soak_truth import expect, told

import musnad

RESULTS = Path(__file__).resolve().parent / "results" / "soak.md"
READERS = {"desk": 4, "wire": 2}
FLAT = 0.1  # of its mean size that a server may grow by in a run
SLACK = 30.0  # MB that it may grow by in any case: caches and the engine's tables fill


@contextmanager
def oxigraph(folder: Path, run: Run) -> Iterator[str]:
    """Run the real server over a folder of its own; gives its address."""
    program = Path(sys.executable).with_name("oxigraph")
    with (folder.parent / "oxigraph.log").open("w") as log:
        port = _free_port()
        command = [program, "serve", "--location", folder, "--bind", f"127.0.0.1:{port}"]
        server = subprocess.Popen(command, stdout=log, stderr=log)
        try:
            address = f"http://127.0.0.1:{port}"
            for _ in range(200):
                try:
                    httpx.get(address, trust_env=False)
                    break
                except httpx.TransportError:
                    time.sleep(0.05)
            threading.Thread(target=run.sample, args=("wire", server.pid), daemon=True).start()
            yield address
        finally:
            server.terminate()
            server.wait(20)


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def verify(location: Path | str) -> str:
    """Have everything derived again; gives the last line that it says."""
    done = subprocess.run(
        [*PROGRAM, "verify", "--store", str(location)], check=False, capture_output=True, text=True
    )
    expect(done.returncode == 0, f"musnad verify: {(done.stdout + done.stderr)[-500:]}")
    return done.stderr.strip().splitlines()[-1]


def load(folder: Path, run: Run, claims: int, turn: float) -> list[str]:
    """Run the desk and the wire to the end, and look at what they leave; gives what verifying said."""
    records = list(generate_records(claims))
    late = (late_article(100 * number, claims, count=12) for number in range(1, 10_000))
    with musnad.open(folder / "desk.musnad") as news:
        news.add(*records)
    desk = Desk(folder / "desk.musnad", run, [told(record) for record in records], late, turn)
    late = (late_article(100 * number, claims, seed=2, count=12) for number in range(1, 10_000))
    wire = Wire(run, [told(record) for record in records], late)
    with oxigraph(folder / "wire", run) as wire.address:
        with musnad.connect(wire.address) as news:
            news.add(*records)
        desk.open()
        run.start()
        work = [desk.write, wire.write, *([desk.review] if desk.reviewing else [])]
        for place in (desk, wire):
            work += [lambda p=place, n=n: p.read(n) for n in range(READERS[place.name])]  # type: ignore[misc]
        threads = [threading.Thread(target=run.guard(one)) for one in work]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        desk.close()
        if run.errors:
            return []
        with musnad.connect(wire.address) as news:
            wire.check_all(news)
        said = [f"wire: {verify(wire.address)}"]
    with musnad.open(desk.folder) as news:
        desk.check_all(news)
    return [f"desk: {verify(desk.folder)}", *said]


def slope(samples: list[tuple[float, float]]) -> tuple[float, float, float]:
    """Give MB a minute by which memory grew after the first half, its mean, and all it grew by."""
    samples = samples[len(samples) // 2 :]
    if len(samples) < 3:
        return 0.0, mean(size for _, size in samples) if samples else 0.0, 0.0
    moments, sizes = zip(*samples, strict=True)
    each_second = linear_regression(moments, sizes).slope
    return each_second * 60, mean(sizes), each_second * (moments[-1] - moments[0])


def report(run: Run, said: list[str], seconds: float, claims: int) -> tuple[list[str], bool]:
    """Tell what was counted; and whether memory stayed flat."""
    right = sum(number for what, number in run.counts.items() if what.endswith("right"))
    told_ = machine()
    lines = [
        "# Ten minutes of everything at once" if seconds >= 600 else "# Everything at once",
        "",
        f"Written by `python benchmarks/soak.py`: {seconds:.0f} seconds, {claims} claims in each store,",
        f"{READERS['desk']} readers at the desk and {READERS['wire']} at the wire, {told_['cores']} cores, "
        f"load {told_['load']}, Python {told_['python']}.",
        "",
        f"- {right:,} answers, each held against the records: none wrong.",
        "- Every write that was accepted was found again; both stores verified:",
        *(f"  - {line}" for line in said),
        "",
        "| | |",
        "|---|---|",
        *(f"| {what} | {number:,} |" for what, number in sorted(run.counts.items())),
        "",
        "The desk is `musnad serve`, the wire is Oxigraph's own server, which keeps what is new in memory,",
        "up to 128 MB for each of its indexes; musnad stores write it to their files at 24 MB of updates,",
        "some 200 MB in memory. The slope is that of the last half of a life, when tables have filled once.",
        "",
        "| memory | lived, s | mean MB | slope, MB a minute | grew by, MB |",
        "|---|---|---|---|---|",
    ]
    flat = True
    for name, samples in sorted(run.memory.items()):
        each_minute, size, grew = slope(samples)
        lived = samples[-1][0] - samples[0][0]
        # The tables of a foreign server's engine are its own; ours are written to their files in time.
        flat = flat and (name == "wire" or grew <= max(FLAT * size, SLACK))
        lines.append(f"| {name} | {lived:.0f} | {size:.0f} | {each_minute:+.1f} | {grew:+.1f} |")
    return lines, flat


def main() -> None:
    """Load, look, and tell."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--minutes", type=float, default=10, help="how long (10)")
    parser.add_argument("--seconds", type=float, help="how long, in seconds; nothing is then kept")
    parser.add_argument("--claims", type=int, default=300, help="claims in each store to begin with (300)")
    parser.add_argument("--turn", type=float, help="seconds until the desk is handed over (a third of all)")
    options = parser.parse_args()
    seconds = options.seconds or options.minutes * 60
    run = Run(seconds)
    with tempfile.TemporaryDirectory() as folder:
        said = load(Path(folder), run, options.claims, options.turn or seconds / 3)
    for error in run.errors:
        print(error, file=sys.stderr)
    if run.errors:
        sys.exit(1)
    lines, flat = report(run, said, seconds, options.claims)
    print("\n".join(lines))
    if options.seconds is None:
        RESULTS.write_text("\n".join(lines) + "\n", encoding="utf-8")
    if not flat:
        print("memory grew", file=sys.stderr)
        sys.exit(1)


if __name__ == "__main__":
    main()
