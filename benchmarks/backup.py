"""Measure what a backup takes: seconds, and the memory beyond the open store, beside sorting all in memory.

`python benchmarks/backup.py [--quads 1000000]` fills a store with made-up articles, and backs it up in
processes of their own: as `musnad backup` does, packed and not, and with all lines sorted in memory. Results
go to benchmarks/results/backup.json.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from measuring import keep, peak_memory

WAYS = ("backup.nq", "backup.nq.gz", "in memory")


def fill(folder: Path, quads: int) -> int:
    """Fill a store with so many quads in named graphs, and somewhat more; gives how many there are."""
    import pyoxigraph as ox
    from corpora import generate_records

    from musnad.collection import open_collection
    from musnad.graph.mapping import map_record

    open_collection(folder).close()  # makes the folder a store of musnad's
    store = ox.Store(folder)
    number = 0
    for record in generate_records(quads):
        mapped = map_record(record)
        store.bulk_extend(mapped)
        store.bulk_extend({ox.Quad(quad.subject, quad.predicate, quad.object) for quad in mapped})
        number += len(mapped)
        if number >= quads:
            break
    store.flush()
    return number


def back_up_one(folder: Path, way: str) -> dict[str, float]:
    """Back a store up in this process; gives seconds, and MB beyond what the open store takes."""
    from musnad.collection.keeping import back_up
    from musnad.graph.oxigraph_store import OxigraphStore
    from musnad.graph.store import dump_nquads

    with OxigraphStore(folder, create=False) as store:
        before = peak_memory()
        begun = time.process_time()
        if way == "in memory":
            folder.with_name("peer.nq").write_bytes(dump_nquads(store).encode())
        else:
            back_up(store, folder.with_name(way))
        return {"seconds": time.process_time() - begun, "megabytes": peak_memory() - before}


def main() -> None:
    """Fill, back up, tell."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--quads", type=int, default=1_000_000, help="quads in named graphs (1000000)")
    parser.add_argument("--one", nargs=2, help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.one:
        print(json.dumps(back_up_one(Path(options.one[0]), options.one[1])))
        return
    with tempfile.TemporaryDirectory() as temporary:
        folder = Path(temporary) / "news.musnad"
        number = fill(folder, options.quads)
        figures: dict[str, object] = {"quads": number}
        for way in WAYS:
            command = [sys.executable, __file__, "--one", str(folder), way]
            done = subprocess.run(command, stdout=subprocess.PIPE, check=True)
            figures[way] = {name: round(value, 1) for name, value in json.loads(done.stdout).items()}
            print(f"{number:,} quads, {way}: {figures[way]}", flush=True)
    if options.quads >= 1_000_000:
        keep("backup", figures)


if __name__ == "__main__":
    main()
