"""Measure what each step from an article to stored claims costs: the constants that capacity.py reckons with.

`python benchmarks/steps.py [CLAIMS] [--findings CLAIMS]` (2000 and 20,000 unless said otherwise) reads the
first article, and parses, maps, validates and loads a made-up corpus in lots, into a store on disk.
Findings are derived and written in a store of their own, by rules that have learnt nothing yet: the larger it
is, the less that weighs. Processor time; the size of the store is that of its folder after closing.
`--jobs`-like parallel work is the matter of build.py.

The figures go to benchmarks/results/steps.json.
"""

from __future__ import annotations

import argparse
import tempfile
import time
from collections.abc import Callable
from datetime import date
from itertools import islice
from pathlib import Path

import pyoxigraph as ox
from corpora import generate_records
from measuring import keep, median, processor_times

from musnad.collection import open_collection
from musnad.collection.building import LOT
from musnad.collection.preparing import make_ready
from musnad.findings.rules import the_rules
from musnad.graph.mapping import map_record
from musnad.graph.sparql import triples_of
from musnad.graph.store import open_store
from musnad.record import dump_record, parse_record
from musnad.record.drafting import draft_article
from musnad.text.article import Details, make_article
from musnad.validation import conforms

SEED = Path(__file__).resolve().parents[1] / "seeds" / "shafaq-2025-10-11" / "article.txt"


def seconds(work: Callable[[], object]) -> float:
    """Give the median processor time of three runs."""
    return median(processor_times(work))


def find(size: int) -> dict[str, object]:
    """Derive the findings of a corpus in a store on disk, and write them to it."""
    with tempfile.TemporaryDirectory() as folder, open_collection(Path(folder) / "store") as news:
        records = generate_records(size)
        claims = 0
        while lot := list(map(make_ready, islice(records, LOT))):
            news.store.load({one.name: one.quads for one in lot})
            claims += sum(one.claims for one in lot)
        the_rules.cache_clear()
        start = time.process_time()
        news.conclude()
        seconds = time.process_time() - start
    return {"claims with findings": claims, "find, ms a claim": round(1e3 * seconds / claims, 3)}


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("claims", nargs="?", type=int, default=2000)
    parser.add_argument("--findings", type=int, default=20_000)
    given = parser.parse_args()
    records = list(generate_records(given.claims))
    claims = sum(len(statement.claims) for record in records for statement in record.statements)
    texts = [dump_record(record) for record in records]
    graphs = [map_record(record) for record in records]
    article = make_article(SEED.read_text(encoding="utf-8"), Details(date=date(2025, 10, 11).isoformat()))
    draft_article(article)

    ready = [make_ready(record) for record in records]

    def validate() -> None:
        left = iter(zip(graphs, ready, strict=True))
        while lot := list(islice(left, LOT)):
            texts = {one.name: triples_of(one.quads, one.name).decode() for _, one in lot}
            conforms({one.name: quads for quads, one in lot}, texts)

    figures: dict[str, object] = {
        "claims": claims,
        "claims an article": round(claims / len(records), 1),
        "quads a claim": round(sum(map(len, graphs)) / claims, 1),
        "characters an article": round(sum(len(record.text) for record in records) / len(records)),
        "read, ms a 1000 characters": round(
            1e6 * seconds(lambda: draft_article(article)) / len(article.text), 2
        ),
        "parse, ms a claim": round(1e3 * seconds(lambda: list(map(parse_record, texts))) / claims, 3),
        "map, ms a claim": round(1e3 * seconds(lambda: list(map(map_record, records))) / claims, 3),
        "validate, ms a claim": round(1e3 * seconds(validate) / claims, 3),
    }
    figures["N-Quads, bytes a claim"] = round(sum(len(one.quads) for one in ready) / claims)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "store"
        with open_store(path) as store:
            began, cpu = time.perf_counter(), time.process_time()
            for start in range(0, len(ready), LOT):
                store.load({one.name: one.quads for one in ready[start : start + LOT]})
            figures["load, ms a claim"] = round(1e3 * (time.process_time() - cpu) / claims, 3)
            figures["load, ms that pass a claim"] = round(1e3 * (time.perf_counter() - began) / claims, 3)
        ox.Store(path).optimize()
        size = sum(file.stat().st_size for file in path.iterdir())
        figures["store on disk, bytes a claim"] = round(size / claims)
    figures |= find(given.findings)
    for name, value in figures.items():
        print(f"{name:<32} {value}")
    keep("steps", figures)


if __name__ == "__main__":
    main()
