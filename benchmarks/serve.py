"""How fast pages are while twenty people read, what each costs, and how much memory the server takes.

`make bench-serve SIZE=100000` or `python benchmarks/serve.py --claims 100000` serves a store made up by
serve_store.py (kept in build/bench-serve, so that it is made once); `--claims 0` serves the first article,
`--store DIR` a store that is there. `--record` writes the table to benchmarks/results/serve.md and .json.

How it is measured:

* Readers ask one page after another without a pause (`--pause` gives them one): the hard case, in which the
  median is about twenty times what a page costs, shared by the cores. They run on the server's own cores.
* No address is asked twice, so the server's store of pages answers nothing. What it keeps of the graph
  (lists, labels, claims that very many pages share) takes part, as it would for real readers. When a kind of
  page has no address left, readers go on with the others.
* Before that, pages of each kind are asked alone, one after the other, and the processor time that the server
  took is read off the system: this figure holds on a busy machine too.
"""

from __future__ import annotations

import argparse
import os
import random
import re
import subprocess
import sys
import threading
import time
from collections import defaultdict
from collections.abc import Sequence
from http.client import HTTPConnection
from pathlib import Path
from statistics import median, quantiles
from urllib.parse import quote, urlencode

import httpx
from measuring import RESULTS, keep, machine
from serve_store import make_store

from musnad.collection import open_collection

ROOT = Path(__file__).resolve().parents[1]
SEED = ROOT / "seeds" / "shafaq-2025-10-11"
STORES = ROOT / "build" / "bench-serve"
# How often each kind of page is asked: people read articles and claims, and lists to find them.
MIX = {
    "articles": 3, "search": 2, "article": 6, "claim": 6, "questions": 2, "question": 4, "sources": 1,
    "source": 2, "pair": 1, "finding": 1, "sparql": 1,
}  # fmt: skip
QUERY = """PREFIX m: <https://w3id.org/musnad#>
SELECT ?finding ?kind WHERE {{
  <https://w3id.org/musnad/id/claim/{0}> m:proposition ?proposition .
  ?position m:proposition ?proposition . ?finding m:compares ?position ; m:findingKind ?kind
}}"""
LANGUAGES = ("en", "ar")
MOST = 4000  # addresses of one kind
PARTS = 10  # of the time of reading, at whose ends memory is looked at
TICKS = os.sysconf("SC_CLK_TCK")


class Addresses:
    """The addresses there are to ask, by kind of page, each given out once."""

    def __init__(self, client: httpx.Client, rng: random.Random) -> None:
        self._lock = threading.Lock()
        self._left: dict[str, list[str]] = {}
        articles = names(client, "Article")
        # One half for their own pages, the other for what else is asked of them.
        claims, asked_of = halves(names(client, "Claim"))
        questions, matrices = halves(names(client, "Slot"))
        found = {
            "articles": [*listed(client, "articles"), *facets(client)],
            "search": [f"/articles?q={quote(word)}" for word in words(client, articles[:60])],
            "questions": listed(client, "questions"),
            "sources": listed(client, "sources"),
            "article": [f"/article/{name}" for name in articles],
            "claim": [f"/claim/{name}" for name in claims],
            "question": [f"/question/{name}" for name in questions],
            "source": [f"/source/{name}" for name in names(client, "Source")],
            "finding": [f"/finding/{name}" for name in names(client, "Finding")],
            "pair": pairs(client, matrices),
            "sparql": [f"/sparql?{urlencode({'query': QUERY.format(name)})}" for name in asked_of],
        }
        for kind, places in found.items():
            self._left[kind] = places if kind == "sparql" else in_both_languages(places)
            rng.shuffle(self._left[kind])

    def take(self, kind: str) -> str | None:
        """Give an address of a kind that was not given before."""
        with self._lock:
            return self._left[kind].pop() if self._left[kind] else None

    def choose(self, rng: random.Random) -> tuple[str, str] | None:
        """Give a kind of page that there are addresses of, and one of them."""
        with self._lock:
            kinds = [kind for kind in MIX if self._left[kind]]
            if not kinds:
                return None
            (kind,) = rng.choices(kinds, [MIX[kind] for kind in kinds])
            return kind, self._left[kind].pop()


def halves(things: list[str]) -> tuple[list[str], list[str]]:
    """Part a list in the middle."""
    middle = (len(things) + 1) // 2
    return things[:middle], things[middle:]


def in_both_languages(places: Sequence[str]) -> list[str]:
    """Give addresses of pages with the language in each."""
    return [f"{place}{'&' if '?' in place else '?'}lang={one}" for place in places for one in LANGUAGES]


def names(client: httpx.Client, kind: str) -> list[str]:
    """Give the names of things of a class, in an order that has nothing to do with them."""
    query = f"SELECT ?x {{ ?x a <https://w3id.org/musnad#{kind}> }} ORDER BY MD5(STR(?x)) LIMIT {MOST}"
    answer = client.post("/sparql", data={"query": query}, headers={"Accept": "text/csv"})
    return [name.rpartition("/")[2] for name in answer.raise_for_status().text.split()[1:]]


def listed(client: httpx.Client, what: str) -> list[str]:
    """Give the pages of a list."""
    text = client.get(f"/{what}", params={"lang": "en"}).text.replace("\u2068", "").replace("\u2069", "")
    found = re.search(r"Page 1 of (\d+)", text)
    return [f"/{what}", *(f"/{what}?page={page}" for page in range(2, int(found[1]) + 1 if found else 2))]


def facets(client: httpx.Client) -> list[str]:
    """Give the list of articles narrowed to an outlet, and to a month of a language."""
    options = re.findall(r'<option value="(https:[^"]+)"', client.get("/articles").text)
    months = [(year, month) for year in (2023, 2024, 2025) for month in range(1, 13)]
    return [
        *(f"/articles?outlet={quote(option, safe='')}" for option in options),
        *(
            f"/articles?language={language}&since={year}-{month:02}-01"
            for year, month in months
            for language in LANGUAGES
        ),
    ]


def words(client: httpx.Client, articles: Sequence[str]) -> list[str]:
    """Give words that occur in articles, three of each."""
    pages = (client.get(f"/article/{name}").text for name in articles)
    texts = [re.sub(r"<[^>]+>", " ", page[page.find('id="text"') :])[:400] for page in pages]
    return sorted({word for text in texts for word in re.findall(r"\w{4,}", text)[3:6]})


def pairs(client: httpx.Client, questions: Sequence[str]) -> list[str]:
    """Give pairs of sources from the matrices of questions."""
    pages = (client.get(f"/question/{name}").text for name in questions[:100])
    return sorted(
        {
            found.replace("&amp;", "&")
            for page in pages
            for found in re.findall(r'href="(/pair\?[^"]+)"', page)
        }
    )


class Reader:
    """Asks for pages over one connection."""

    def __init__(self, address: str) -> None:
        self._connection = HTTPConnection(address.rpartition("/")[2], timeout=60)

    def get(self, place: str) -> float:
        """Ask for a page; gives how long it took, in milliseconds."""
        started = time.perf_counter()
        self._connection.request("GET", place)
        answer = self._connection.getresponse()
        content = answer.read()
        if answer.status != 200:
            raise SystemExit(f"{place}: {answer.status} {content[-300:].decode()}")
        return (time.perf_counter() - started) * 1000


def read(
    reader: Reader, addresses: Addresses, rng: random.Random, times: dict[str, list[float]], **given: float
) -> None:
    """Ask for one page after another `until` a time, with a `pause`; note how long each answer takes."""
    until, pause = given["until"], given["pause"]
    while time.monotonic() < until and (chosen := addresses.choose(rng)):
        kind, place = chosen
        times[kind].append(reader.get(place))
        if pause:
            time.sleep(rng.expovariate(1 / pause))


def processor_time(process: int) -> float:
    """Give the seconds of processor time that a process and its children, ended ones too, took."""
    total = 0.0
    for number in [process, *_children(process)]:
        fields = Path(f"/proc/{number}/stat").read_text(encoding="ascii").rpartition(")")[2].split()
        total += sum(int(field) for field in fields[11:15]) / TICKS
    return total


def _children(process: int) -> list[int]:
    text = Path(f"/proc/{process}/task/{process}/children").read_text(encoding="ascii")
    return [int(number) for number in text.split()]


def memory(process: int) -> dict[str, int]:
    """Give the memory of a process in MB: its own, all that is resident, and the most that ever was."""
    text = Path(f"/proc/{process}/status").read_text(encoding="ascii")
    found = {name: int(size) >> 10 for name, size in re.findall(r"(\w+):\s+(\d+) kB", text)}
    return {"own": found["RssAnon"], "resident": found["VmRSS"], "peak": found["VmHWM"]}


def find_store(given: argparse.Namespace) -> Path:
    """Give the store to serve, made if need be."""
    if given.store:
        return Path(given.store)
    folder = STORES / f"{given.claims or 'first-article'}.musnad"
    if not folder.exists():
        STORES.mkdir(parents=True, exist_ok=True)
        # One that is stopped on the way must not be taken for a whole one the next time.
        unfinished = STORES / f"{given.claims}-{os.getpid()}.unfinished"
        tell(f"making a store of {given.claims or 'the first article'}")
        if given.claims:
            make_store(unfinished, given.claims)
        else:
            with open_collection(unfinished) as news:
                news.add(SEED)
        unfinished.rename(folder)
    return folder


def main() -> None:
    """Serve a store, ask for pages alone and then by many readers, and print what was seen."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n\n", 1)[0])
    parser.add_argument("--claims", type=int, default=0, help="made-up claims; 0 is the first article (0)")
    parser.add_argument("--store", type=Path, help="a store that is there")
    parser.add_argument("--readers", type=int, default=20, help="people who read at once (20)")
    parser.add_argument("--seconds", type=float, default=60, help="how long they read (60)")
    parser.add_argument("--pause", type=float, default=0, help="seconds between two pages of a reader (0)")
    parser.add_argument("--alone", type=int, default=60, help="pages of each kind that are asked alone (60)")
    parser.add_argument("--record", action="store_true", help="keep the figures in benchmarks/results")
    given = parser.parse_args()
    figures = measure(find_store(given), given)
    print(table(figures))
    if given.record:
        keep("serve", figures)
        (RESULTS / "serve.md").write_text(f"{report(figures)}\n", encoding="utf-8")


def measure(folder: Path, given: argparse.Namespace) -> dict[str, object]:
    """Serve a folder, and give what its pages cost and how long they took."""
    command = [sys.executable, "-c", "from musnad.cli import main; main()", "serve", "--port", "0", "--store"]
    started = time.monotonic()
    server = subprocess.Popen([*command, str(folder)], stderr=subprocess.PIPE, text=True)
    assert server.stderr is not None
    found = re.search(r"http://\S+?(?=/ )", server.stderr.readline())
    assert found, server.stderr.read()
    address = found[0]
    try:
        tell("waiting until the server has read ahead")
        with httpx.Client(base_url=address, trust_env=False, timeout=300) as client:
            while "musnad_read_ahead 1.0" not in client.get("/metrics").text:
                time.sleep(0.2)
            ahead = {
                "seconds": round(time.monotonic() - started, 1),
                "cpu": round(processor_time(server.pid), 1),
                **memory(server.pid),
            }
            held = re.findall(r'musnad_held\{what="(\w+)"\} ([\d.e+]+)', client.get("/metrics").text)
            tell("collecting addresses")
            addresses = Addresses(client, random.Random(1))
        tell("asking alone")
        alone = ask_alone(address, addresses, server.pid, given.alone)
        tell(f"{given.readers} readers")
        times: dict[str, list[float]] = defaultdict(list)
        cpu, begun = processor_time(server.pid), time.monotonic()
        threads = [
            threading.Thread(
                target=read,
                args=(Reader(address), addresses, random.Random(number), times),
                kwargs={"until": begun + given.seconds, "pause": given.pause},
            )
            for number in range(given.readers)
        ]
        for thread in threads:
            thread.start()
        held_by = []
        for part in range(1, PARTS + 1):
            time.sleep(max(0.0, begun + given.seconds * part / PARTS - time.monotonic()))
            held_by.append(memory(server.pid)["own"])
        for thread in threads:
            thread.join()
        took = time.monotonic() - begun
        used = processor_time(server.pid) - cpu
        after = memory(server.pid)
    finally:
        server.terminate()
        server.wait(30)
    every = [one for found_times in times.values() for one in found_times]
    return {
        "store": {what: int(float(number)) for what, number in held} | {"name": folder.name},
        "readers": given.readers,
        "pause": given.pause,
        "read ahead": ahead,
        "memory after": after,
        "memory at each tenth": held_by,
        "answers a second": round(len(every) / took, 1),
        "server cpu a page": round(used / len(every) * 1000, 1),
        "cores of the server": round(used / took, 2),
        "pages": {
            kind: {"cpu": alone[kind], **spread(times[kind])} for kind in MIX if times[kind] or kind in alone
        },
        "all": spread(every),
    }


def ask_alone(address: str, addresses: Addresses, process: int, pages: int) -> dict[str, float]:
    """Give what a page of each kind costs the server, in milliseconds of processor time."""
    reader = Reader(address)
    found = {}
    for kind in MIX:
        places = [place for _ in range(pages) if (place := addresses.take(kind))]
        before = processor_time(process)
        for place in places:
            reader.get(place)
        if places:
            found[kind] = round((processor_time(process) - before) / len(places) * 1000, 1)
    return found


def spread(times: Sequence[float]) -> dict[str, float]:
    """Give how many answers there were, and their median, 95th percentile and largest time."""
    if len(times) < 2:
        return {"answers": len(times)}
    return {
        "answers": len(times),
        "median": round(median(times)),
        "p95": round(quantiles(times, n=20)[-1]),
        "most": round(max(times)),
    }


def table(figures: dict[str, object]) -> str:
    """Write the figures as lines of a Markdown table with a heading of what was measured."""
    pages = figures["pages"]
    assert isinstance(pages, dict)
    lines = [
        f"{figures['store']}, {figures['readers']} readers, pause {figures['pause']} s",
        "",
        "| page | answers | median ms | 95 of 100 ms | most ms | processor ms, alone |",
        "|---|---:|---:|---:|---:|---:|",
    ]
    rows = [*pages.items(), ("all", figures["all"] | {"cpu": figures["server cpu a page"]})]  # type: ignore[operator]
    for kind, found in rows:
        cells = [found.get(name, "–") for name in ("answers", "median", "p95", "most", "cpu")]
        lines.append(f"| {kind} | {' | '.join(map(str, cells))} |")
    told = ("answers a second", "cores of the server", "read ahead", "memory at each tenth", "memory after")
    lines += ["", *(f"{name}: {figures[name]}" for name in told), f"machine: {machine()}"]
    return "\n".join(lines)


def report(figures: dict[str, object]) -> str:
    """Write the figures with how they were measured."""
    how = (__doc__ or "").partition("How it is measured:")[2].strip()
    return f"# Pages while many read\n\n{how}\n\n{table(figures)}"


def tell(what: str) -> None:
    """Say what goes on."""
    print(f"{time.strftime('%H:%M:%S')} {what} …", file=sys.stderr, flush=True)


if __name__ == "__main__":
    main()
