"""How fast pages and queries are answered while twenty people read, and how much memory that takes.

`python benchmarks/serve.py` serves the first article, `--claims 10000` a store made up by
benchmarks/corpora.py, `--store DIR` one that is there. Readers ask one thing after another without a pause,
each page at random, for as long as it is told. `/health`, which does nothing, is asked as well: it
tells what the machine and the server add to any answer.
"""

from __future__ import annotations

import argparse
import os
import random
import re
import resource
import subprocess
import sys
import tempfile
import threading
import time
from collections import defaultdict
from pathlib import Path
from statistics import median, quantiles

import httpx
import pyoxigraph as ox

from musnad.collection import open_collection
from musnad.findings import derive_findings
from musnad.graph.mapping import map_record
from musnad.graph.vocabulary import load_vocabulary

SEED = Path(__file__).resolve().parents[1] / "seeds" / "shafaq-2025-10-11"
QUERY = """PREFIX m: <https://w3id.org/musnad#>
SELECT ?kind (COUNT(?f) AS ?n) { ?f a m:Finding ; m:findingKind ?kind } GROUP BY ?kind ORDER BY ?kind"""
WORDS = ("الحكومة", "القوات", "minister", "agency", "said", "قال")
# How often each kind of page is asked: people read articles and claims, and lists to find them.
MIX = {
    "articles": 3, "search": 2, "article": 6, "claim": 6, "questions": 2, "question": 4, "sources": 1,
    "source": 2, "pair": 1, "sparql": 2, "health": 1,
}  # fmt: skip


def build(folder: Path, claims: int) -> None:
    """Fill a store with the first article, or with so many made-up claims, without checking them."""
    if not claims:
        with open_collection(folder) as news:
            news.add(SEED)
        return
    from corpora import generate_records

    quads = [quad for record in generate_records(claims) for quad in map_record(record)]
    quads += derive_findings(quads)
    quads += load_vocabulary().quads
    open_collection(folder).close()  # makes the folder a store of musnad's
    store = ox.Store(folder)
    store.bulk_extend(quads)
    # What queries see: everything that any graph says, once.
    store.bulk_extend({ox.Quad(quad.subject, quad.predicate, quad.object) for quad in quads})
    store.flush()


class Reading:
    """The addresses there are to ask, by kind of page."""

    def __init__(self, client: httpx.Client) -> None:
        self.places: dict[str, list[str]] = {
            "articles": ["/articles", *(f"/articles?page={page}" for page in range(2, 20))],
            "search": [f"/articles?q={word}" for word in WORDS],
            "questions": ["/questions", *(f"/questions?page={page}" for page in range(2, 20))],
            "sources": ["/sources", *(f"/sources?page={page}" for page in range(2, 20))],
            "sparql": [f"/sparql?{httpx.QueryParams({'query': QUERY})}"],
            "health": ["/health"],
            "article": _names(client, "Article", "article"),
            "claim": _names(client, "Claim", "claim"),
            "question": _names(client, "Slot", "question"),
            "source": _names(client, "Source", "source"),
        }
        pages = (client.get(place).text for place in self.places["question"][:60])
        self.places["pair"] = [
            found.replace("&amp;", "&")
            for page in pages
            for found in re.findall(r'href="(/pair\?[^"]+)"', page)
        ] or ["/questions"]

    def choose(self, rng: random.Random) -> tuple[str, str]:
        """Give a kind of page and an address of it."""
        (kind,) = rng.choices(list(MIX), list(MIX.values()))
        return kind, rng.choice(self.places[kind])


def _names(client: httpx.Client, kind: str, path: str) -> list[str]:
    query = f"SELECT ?x {{ ?x a <https://w3id.org/musnad#{kind}> }} ORDER BY MD5(STR(?x)) LIMIT 3000"
    rows = client.post("/sparql", data={"query": query}, headers={"Accept": "text/csv"}).text.split()[1:]
    return [f"/{path}/{name.rpartition('/')[2]}" for name in rows]


def read(address: str, reading: Reading, seconds: float, seed: int, times: dict[str, list[float]]) -> None:
    """Ask one thing after another, and note how long each answer takes, in milliseconds."""
    rng = random.Random(seed)
    end = time.monotonic() + seconds
    with httpx.Client(base_url=address, trust_env=False, timeout=60) as client:
        while time.monotonic() < end:
            kind, place = reading.choose(rng)
            started = time.monotonic()
            answer = client.get(place)
            took = (time.monotonic() - started) * 1000
            if answer.status_code != 200:
                raise SystemExit(f"{place}: {answer.status_code} {answer.text[-300:]}")
            times[kind].append(took)


def memory(process: int) -> int:
    """Give the memory of a process that is its own or shared with its children, in MB."""
    text = Path(f"/proc/{process}/status").read_text(encoding="ascii")
    found = re.search(r"RssAnon:\s+(\d+)", text)
    return int(found[1]) // 1024 if found else 0


def main() -> None:
    """Build or take a store, serve it, read, and print what was seen."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n\n", 1)[0])
    parser.add_argument("--claims", type=int, default=0, help="made-up claims; 0 is the first article (0)")
    parser.add_argument("--store", type=Path, help="a store that is there")
    parser.add_argument("--readers", type=int, default=20, help="people who read at once (20)")
    parser.add_argument("--seconds", type=float, default=30, help="how long they read (30)")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as temporary:
        folder = given.store or Path(temporary) / "news.musnad"
        if given.store is None:
            build(folder, given.claims)
        measure(folder, given.readers, given.seconds)


def measure(folder: Path, readers: int, seconds: float) -> None:
    """Serve a folder to so many readers, and print a line for each kind of page."""
    command = [sys.executable, "-c", "from musnad.cli import main; main()", "serve", "--port", "0", "--store"]
    started = time.monotonic()
    server = subprocess.Popen([*command, str(folder)], stderr=subprocess.PIPE, text=True)
    assert server.stderr is not None
    found = re.search(r"http://\S+?(?=/ )", server.stderr.readline())
    assert found, server.stderr.read()
    address = found[0]
    try:
        with httpx.Client(base_url=address, trust_env=False, timeout=120) as client:
            while 'musnad_held{what="sources"}' not in client.get("/metrics").text:
                time.sleep(0.2)
            print(f"started, and lists read, after {time.monotonic() - started:.1f} s")
            reading = Reading(client)
            before = memory(server.pid)
            times: dict[str, list[float]] = defaultdict(list)
            threads = [
                threading.Thread(target=read, args=(address, reading, seconds, number, times))
                for number in range(readers)
            ]
            started = time.monotonic()
            for thread in threads:
                thread.start()
            for thread in threads:
                thread.join()
            took = time.monotonic() - started
            after = memory(server.pid)
        _print(times, took)
        print(f"memory of the server: {before} MB before, {after} MB after")
    finally:
        server.terminate()
        server.wait(20)
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    cpu = used.ru_utime + used.ru_stime
    print(f"CPU of the server: {cpu:.0f} s; load of the machine: {os.getloadavg()[0]:.1f}")


def _print(times: dict[str, list[float]], took: float) -> None:
    every = [time_ for kind, found in times.items() if kind not in ("health",) for time_ in found]
    print(f"{len(every) / took:.0f} answers a second")
    print(f"{'page':<16}{'answers':>8}{'median ms':>11}{'95 of 100':>11}")
    for kind in sorted(times):
        found = times[kind]
        ninety_five = quantiles(found, n=20)[-1] if len(found) > 1 else found[0]
        print(f"{kind:<16}{len(found):>8}{median(found):>11.0f}{ninety_five:>11.0f}")
    print(f"{'all':<16}{len(every):>8}{median(every):>11.0f}{quantiles(every, n=20)[-1]:>11.0f}")


if __name__ == "__main__":
    main()
