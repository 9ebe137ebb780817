"""Measure the exports, and Turtle against rdflib's serialiser in the same run.

`python benchmarks/export.py [ARTICLES] [--stored CLAIMS …]` maps the first article's record 60 times unless
said otherwise, each under a text of its own, and exports all of it. Every form is timed from the quads to
the last byte, the check of the evidence included; rdflib from its own graph, whose loading is not counted,
to the last byte. Processor time, the best of three.

Then Turtle is written from stores on disk of growing size (1,000, 3,000 and 10,000 claims unless said
otherwise), as `musnad export` does, each in a process of its own whose peak of memory is told.

The figures go to benchmarks/results/export.json too.
"""

from __future__ import annotations

import argparse
import dataclasses
import multiprocessing
import tempfile
import time
from collections.abc import Callable
from io import BytesIO
from itertools import islice
from multiprocessing.connection import Connection
from pathlib import Path

import measuring
import pyoxigraph as ox
import rdflib
from corpora import generate_records

from musnad.collection.building import LOT
from musnad.collection.preparing import make_ready
from musnad.graph.exports import FORMS, Holdings, export, export_file
from musnad.graph.mapping import map_record
from musnad.graph.store import open_store
from musnad.record import load_record
from musnad.terms import PREFIXES

SEED = Path(__file__).resolve().parents[1] / "seeds" / "shafaq-2025-10-11" / "record.json"
RUNS = 3


def build_quads(articles: int) -> list[ox.Quad]:
    """Give the quads of as many articles, alike but for the end of their texts."""
    record = load_record(SEED)
    quads = []
    for number in range(articles):
        copy = dataclasses.replace(record, article=f"copy-{number}", text=f"{record.text}\n{number}")
        quads += map_record(copy)
    return quads


def measure(run: Callable[[], int]) -> tuple[float, int]:
    """Give the least processor time of several runs, in seconds, and the bytes written."""
    times = []
    for _ in range(RUNS):
        start = time.process_time()
        size = run()
        times.append(time.process_time() - start)
    return min(times), size


def write(quads: list[ox.Quad], form: str) -> int:
    """Export in a form and give the size in bytes."""
    stream = BytesIO()
    export(quads, form, stream)
    return len(stream.getvalue())


def load(quads: list[ox.Quad]) -> rdflib.Graph:
    """Give the triples as rdflib holds them, with our prefixes."""
    graph = rdflib.Graph()
    graph.parse(
        data=ox.serialize([quad.triple for quad in quads], format=ox.RdfFormat.N_TRIPLES), format="nt"
    )
    for prefix, namespace in PREFIXES.items():
        graph.bind(prefix, namespace)
    return graph


def fill(path: Path, claims: int) -> None:
    """Make a store on disk of a made-up corpus of so many claims, without findings."""
    with open_store(path) as store:
        left = generate_records(claims)
        while lot := list(islice(left, LOT)):
            store.load({one.name: one.quads for one in map(make_ready, lot)})


def stream(path: Path, told: Connection) -> None:
    """Export a store as Turtle, and tell the triples, the processor time, and the peak of memory in MB."""
    with open_store(path) as store:
        output = path.with_suffix(".ttl")
        before, start = measuring.peak_memory(), time.process_time()
        export_file(Holdings(store), output)
        seconds = time.process_time() - start
        triples = sum(1 for _ in ox.parse(path=output))
        told.send((triples, seconds, before, measuring.peak_memory(), output.stat().st_size))


def measure_stored(claims: int) -> dict[str, object]:
    """Fill a store, and have it exported by a process of its own."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "store"
        fill(path, claims)
        ours, theirs = multiprocessing.Pipe()
        process = multiprocessing.get_context("spawn").Process(target=stream, args=(path, theirs))
        process.start()
        triples, seconds, before, peak, size = ours.recv()
        process.join()
    return {
        "claims": claims,
        "triples": triples,
        "seconds": round(seconds, 2),
        "MB before": round(before),
        "MB at the peak": round(peak),
        "MB written": round(size / 1e6, 1),
    }


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("articles", nargs="?", type=int, default=60)
    parser.add_argument("--stored", type=int, nargs="*", default=[1000, 3000, 10_000], metavar="CLAIMS")
    given = parser.parse_args()
    quads = build_quads(given.articles)
    triples = len({quad.triple for quad in quads})
    print(f"{len(quads):,} quads, {triples:,} triples")
    print(f"{'form':<10} {'seconds':>8} {'triples/s':>10} {'MB':>7}")
    times = {}
    # Ours first: with rdflib's graph in memory, every collection of garbage would go through all of it.
    for form in FORMS:
        times[form], size = measure(lambda form=form: write(quads, form))
        print(f"{form:<10} {times[form]:>8.3f} {triples / times[form]:>10,.0f} {size / 1e6:>7.1f}")
    graph = load(quads)
    seconds, size = measure(lambda: len(graph.serialize(format="turtle", encoding="utf-8")))
    print(f"{'rdflib':<10} {seconds:>8.3f} {triples / seconds:>10,.0f} {size / 1e6:>7.1f}")
    ratio = seconds / times["turtle"]
    print(f"Turtle is written {ratio:.1f} times as fast as by rdflib {rdflib.__version__}.")
    print("\nTurtle from stores on disk, reading included:")
    stored = []
    for claims in given.stored:
        row = measure_stored(claims)
        stored.append(row)
        print(", ".join(f"{name} {value:,}" for name, value in row.items()))
    measuring.keep(
        "export",
        {
            "triples": triples,
            "seconds": {**times, "rdflib": seconds},
            "turtle, times as fast as rdflib": round(ratio, 1),
            "turtle from a store": stored,
        },
    )


if __name__ == "__main__":
    main()
