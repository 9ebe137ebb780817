"""Measure the exports, and Turtle against rdflib's serialiser in the same run.

`python benchmarks/export.py [ARTICLES]` (60 unless said otherwise) maps the first article's record that many
times, each under a text of its own, and exports all of it. Every form is timed from the quads to the last
byte, the check of the evidence included; rdflib from its own graph, whose loading is not counted, to the
last byte. Processor time, the best of three.
"""

from __future__ import annotations

import argparse
import dataclasses
import time
from collections.abc import Callable
from io import BytesIO
from pathlib import Path

import pyoxigraph as ox
import rdflib

from musnad.graph.exports import FORMS, export
from musnad.graph.mapping import map_record
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


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("articles", nargs="?", type=int, default=60)
    quads = build_quads(parser.parse_args().articles)
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
    print(
        f"Turtle is written {seconds / times['turtle']:.0f} times as fast as by rdflib {rdflib.__version__}."
    )


if __name__ == "__main__":
    main()
