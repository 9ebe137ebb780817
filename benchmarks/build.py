"""Measure how a build of many articles goes: memory, speed, and what going on after a kill costs.

`python benchmarks/build.py [ARTICLES] [--jobs N]` (2000 unless said otherwise) writes as many short articles
to one JSON Lines file, builds a store of them in a process of its own, kills that at about the middle, and
builds again. Told are articles a second, the largest resident size of either process, and, of the second, how
long it took. The findings are left out: what they cost is measured by itself.

The figures go to benchmarks/results/build.json too.
"""

from __future__ import annotations

import argparse
import json
import multiprocessing
import os
import signal
import tempfile
import time
from multiprocessing.connection import Connection
from pathlib import Path

from measuring import keep, machine, peak_memory

from musnad.collection import build, open_collection
from musnad.collection.news import Collection

TEXT = (
    "قال مدير ميناء {place}، {name}، إن {number} سفينة غادرت أمس. "
    "وأضاف أن العمل في الرصيف رقم {number} مستمر.",
    "The director of the port of {place}, {name}, said on Monday that {number} ships left. "
    "“Work on quay {number} goes on,” he added.",
)
NAMES = (("فهد السالمي", "علي ناصر", "سامر حداد"), ("Ann Lee", "Omar Haddad", "Jane Wood"))
PLACES = (("البصرة", "اللاذقية", "العقبة"), ("Basra", "Latakia", "Aqaba"))


def write_articles(path: Path, articles: int) -> None:
    """Write articles, half of them Arabic, each with a text and an address of its own."""
    with path.open("w", encoding="utf-8") as file:
        for number in range(articles):
            tongue = number % 2
            text = TEXT[tongue].format(
                place=PLACES[tongue][number // 2 % 3], name=NAMES[tongue][number // 6 % 3], number=number
            )
            article = {
                "id": f"a{number}",
                "lang": ("ar", "en")[tongue],
                "outlet": f"Outlet {number % 50}",
                "date": "2024-05-01",
                "url": f"https://news.example/{number}",
                "text": text,
            }
            file.write(json.dumps(article, ensure_ascii=False) + "\n")


class Counting(Collection):
    """A collection whose findings are not derived, and that tells after each lot how many articles it has."""

    told: Connection

    def conclude(self, workers: object = None) -> None:
        """Leave the findings out."""

    def begin(self) -> None:
        """Tell of a lot."""
        self.told.send(peak_memory())


def run(articles: Path, store: Path, jobs: int, told: Connection) -> None:
    """Build in this process, and tell the outcome."""

    def opened() -> Counting:
        news = Counting(open_collection(store).store)
        news.told = told
        return news

    start = time.perf_counter()
    built = build([articles], opened, there=store.exists(), jobs=jobs)
    memory = peak_memory()
    told.send((built.articles, built.kept, built.failed, time.perf_counter() - start, memory))
    told.close()


def start(articles: Path, store: Path, jobs: int) -> tuple[multiprocessing.Process, Connection]:
    """Start a build in a process of its own, without the memory of this one."""
    ours, theirs = multiprocessing.Pipe()
    process = multiprocessing.get_context("spawn").Process(target=run, args=(articles, store, jobs, theirs))
    process.start()
    theirs.close()
    return process, ours


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("articles", nargs="?", type=int, default=2000)
    parser.add_argument("--jobs", type=int, default=1)
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        articles, store = Path(folder) / "articles.jsonl", Path(folder) / "news.musnad"
        write_articles(articles, given.articles)
        process, told = start(articles, store, given.jobs)
        lots, memory = 0, []
        began = time.perf_counter()
        while lots * 64 < given.articles / 2:
            memory.append(told.recv())
            lots += 1
        seconds = time.perf_counter() - began
        os.kill(process.pid or 0, signal.SIGKILL)
        process.join()
        print(f"killed after {lots * 64:,} articles, {seconds:.0f} s: {lots * 64 / seconds:.1f} a second")
        print(f"memory: {memory[len(memory) // 10]:.0f} MB after a tenth of that, {memory[-1]:.0f} MB then")
        process, told = start(articles, store, given.jobs)
        first = told.recv()
        memory.append(first)
        while not isinstance(last := told.recv(), tuple):
            memory.append(last)
        process.join()
        built, kept, failed, took, peak = last
        size = sum(file.stat().st_size for file in store.iterdir()) / 1e6
        print(f"resumed: kept {kept:,}, built {built:,}, failed {failed}, in {took:.0f} s, {peak:.0f} MB")
        keep(
            "build",
            {
                "articles": given.articles,
                "articles a second": round(lots * 64 / seconds, 1),
                "MB after a tenth": round(memory[lots // 10]),
                "MB at the end": round(peak),
                "kept": kept,
                "seconds to go on": round(took, 1),
                "MB on disk": round(size),
            },
        )
    print(json.dumps(machine()))


if __name__ == "__main__":
    main()
