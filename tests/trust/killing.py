"""Kill programs at random moments and look at the store they leave: run as a script, by test_kills.py.

A process that has opened a store cannot be forked, since the engine's threads do not come along. So this one
imports everything and never opens a store; each program is a fork of it, which starts in a few milliseconds
and is killed hundreds of times in a minute. What it finds is printed as JSON.

`python killing.py MODE ROUNDS SEED FOLDER`; the modes are at the end.
"""

from __future__ import annotations

import json
import os
import random
import re
import shutil
import signal
import sys
import threading
import time
from collections import Counter
from collections.abc import Callable
from hashlib import sha256
from pathlib import Path
from typing import Any, cast

import httpx
import pyoxigraph as ox

import musnad.views.explorer.server  # noqa: F401 - so that every server that is forked has it
from musnad.cli.main import run
from musnad.collection import Collection, open_collection, valid_graphs
from musnad.findings import derive_findings
from musnad.graph.oxigraph_store import OxigraphStore
from musnad.graph.store import dump_nquads
from musnad.record import load_record
from musnad.terms import FINDINGS_GRAPH, PAST_GRAPHS

ROOT = Path(__file__).resolve().parents[2]
SEED = ROOT / "seeds" / "shafaq-2025-10-11" / "record.json"
MARKET = sorted((ROOT / "tests" / "records").glob("*.json"))


def child(work: Callable[[], object]) -> int:
    """Do work in a fork of this process and give its id; what it prints is thrown away, 99 is failure."""
    process = os.fork()
    if process:
        return process
    try:
        quiet = os.open(os.devnull, os.O_RDWR)
        for stream in (0, 1, 2):
            os.dup2(quiet, stream)
        status = work()
        os._exit(status if isinstance(status, int) else 0)
    except BaseException:
        os._exit(99)


def answer(work: Callable[[], str]) -> str:
    """Do work in a fork of this process and give the text it gives."""
    inlet, outlet = os.pipe()

    def tell() -> None:
        os.write(outlet, work().encode())

    process = child(tell)
    os.close(outlet)
    with os.fdopen(inlet, "rb") as pipe:
        text = pipe.read().decode()
    _, status = os.waitpid(process, 0)
    if status:
        raise SystemExit(f"the store could not be looked at: {os.waitstatus_to_exitcode(status)}")
    return text


State = dict[str, str]
"""The hash of each named graph by its name."""


def state(folder: Path) -> State:
    """Give what is in a store, nothing where there is none; it is opened as always, without any repair."""
    if not (folder / "CURRENT").exists():
        return {}

    def look() -> str:
        with OxigraphStore(folder, create=False) as store:
            names = store.graphs()
            graphs = {name: sha256(dump_nquads(store, name).encode()).hexdigest() for name in names}
            # What queries see is the set of what the graphs say: a half-done replacement would show here.
            seen = {str(triple) for triple in store.construct("CONSTRUCT { ?s ?p ?o } WHERE { ?s ?p ?o }")}
            said = (quad for name in names if not name.startswith(PAST_GRAPHS) for quad in store.quads(name))
            if seen != {str(quad.triple) for quad in said}:
                raise SystemExit("what queries see is not what the graphs say")
            return json.dumps(graphs)

    found: State = json.loads(answer(look))
    return found


def lies_between(found: State, before: State, after: State) -> bool:
    """Whether each graph is as it was before or as it is after: a build may be of several transactions."""
    return all(digest in (before.get(name), after.get(name)) for name, digest in found.items())


def kill_after(process: int, seconds: float) -> bool:
    """Kill a process that still runs after so many seconds; tell whether it did."""
    time.sleep(seconds)
    ended, status = os.waitpid(process, os.WNOHANG)
    if ended:
        if status:
            raise SystemExit(f"the program failed by itself: {os.waitstatus_to_exitcode(status)}")
        return False
    os.kill(process, signal.SIGKILL)
    os.waitpid(process, 0)
    return True


def finished(work: Callable[[], object]) -> float:
    """Do work to its end in a fork; give the seconds it took."""
    begun = time.monotonic()
    _, status = os.waitpid(child(work), 0)
    if status:
        raise SystemExit(f"the work failed: {os.waitstatus_to_exitcode(status)}")
    return time.monotonic() - begun


def kill_commands(rounds: int, chance: random.Random, folder: Path) -> Counter[str]:
    """Kill `musnad build` at any moment of its life, on an empty folder and on one that holds something."""
    store, counts = folder / "news.musnad", Counter[str]()

    def build(*inputs: Path) -> Callable[[], int]:
        return lambda: run(["build", *map(str, inputs), "--store", str(store)])

    took = finished(build(*MARKET))
    first = state(store)
    finished(build(SEED))
    both = state(store)
    kept = folder / "first.musnad"
    shutil.rmtree(store)
    finished(build(*MARKET))
    shutil.copytree(store, kept)
    for turn in range(rounds):
        shutil.rmtree(store, ignore_errors=True)
        if turn % 2:
            shutil.copytree(kept, store)
        before, after, inputs = (first, both, [SEED]) if turn % 2 else ({}, first, MARKET)
        killed = kill_after(child(build(*inputs)), took * chance.random() ** 0.5)
        counts["killed" if killed else "ended"] += 1
        found = state(store)
        if not lies_between(found, before, after):
            raise SystemExit(f"round {turn}: neither before nor after, but {found}")
        counts["before" if found == before else "after" if found == after else "between transactions"] += 1
        finished(build(*inputs))
        if state(store) != after:
            raise SystemExit(f"round {turn}: the second run did not end with the same bytes")
    return counts


def kill_transactions(rounds: int, chance: random.Random, folder: Path) -> Counter[str]:
    """Kill a process that only replaces one set of graphs with another, so that kills fall in commits."""
    store, counts = folder / "news.musnad", Counter[str]()
    sets = []
    for paths in ([SEED], MARKET):
        graphs = valid_graphs([load_record(path) for path in paths])
        findings = derive_findings([quad for quads in graphs.values() for quad in quads])
        sets.append({**graphs, FINDINGS_GRAPH: findings})
    names = sorted({name for graphs in sets for name in graphs})

    def put(graphs: dict[str, list[ox.Quad]], opened: OxigraphStore) -> None:
        opened.replace(graphs, drop=[name for name in names if name not in graphs])

    def once(graphs: dict[str, list[ox.Quad]]) -> Callable[[], None]:
        def work() -> None:
            with OxigraphStore(store) as opened:
                put(graphs, opened)

        return work

    def forever() -> None:
        with OxigraphStore(store) as opened:
            while True:
                for graphs in sets:
                    put(graphs, opened)

    states = []
    for graphs in sets:
        took = finished(once(graphs))
        states.append(state(store))
    for turn in range(rounds):
        killed = kill_after(child(forever), chance.uniform(0, 3 * took))
        counts["killed" if killed else "ended"] += 1
        found = state(store)
        if found not in states:
            raise SystemExit(f"round {turn}: neither before nor after, but {found}")
        counts[f"left in state {states.index(found) + 1}"] += 1
        if turn % 10 == 9:
            finished(once(sets[0]))
            if state(store) != states[0]:
                raise SystemExit(f"round {turn}: what was written next is not what was to be written")
    return counts


def kill_reading(rounds: int, chance: random.Random, folder: Path) -> Counter[str]:
    """Kill programs that write a file: it is the old one, the new one, or none."""
    counts = Counter[str]()
    store, output = folder / "news.musnad", folder / "out"
    finished(lambda: run(["build", *map(str, MARKET), "--store", str(store)]))
    article = str(SEED.with_name("article.txt"))
    commands = [
        ["read", article, "--outlet", "A", "--date", "2025-10-11", "--output", str(output)],
        ["findings", "--store", str(store), "--format", "json", "--output", str(output)],
        ["export", "--store", str(store), "--format", "turtle", "--output", str(output)],
    ]
    whole = []
    for command in commands:
        took = finished(lambda command=command: run(command))  # type: ignore[misc]
        whole.append((output.read_bytes(), took))
    before = state(store)
    for turn in range(rounds):
        command, (content, took) = commands[turn % 3], whole[turn % 3]
        old = b"old\n" if turn % 2 else None
        output.unlink(missing_ok=True)
        if old:
            output.write_bytes(old)
        killed = kill_after(child(lambda command=command: run(command)), chance.uniform(0, took))  # type: ignore[misc]
        counts["killed" if killed else "ended"] += 1
        found = output.read_bytes() if output.exists() else None
        if found not in (old, content):
            raise SystemExit(f"round {turn}: half a file of {command[0]}")
        counts["after" if found == content else "before"] += 1
        if state(store) != before:
            raise SystemExit(f"round {turn}: reading changed the store")
    finished(lambda: run(commands[-1]))
    if output.read_bytes() != whole[-1][0]:
        raise SystemExit("the second run did not end with the same bytes")
    return counts


def kill_reviewing(rounds: int, chance: random.Random, folder: Path) -> Counter[str]:
    """Kill a server while a reviewer decides: what was answered is there, and at most one more."""
    counts = Counter[str]()
    kept, store = folder / "drafts.musnad", folder / "news.musnad"
    article = SEED.with_name("article.txt")

    def read() -> None:
        with open_collection(kept) as news:
            news.read(article, outlet="Shafaq News", date="2025-10-11")

    def decide(order: Order) -> Callable[[], None]:
        def work() -> None:
            with open_collection(store) as news:
                _decide_here(news, order)

        return work

    finished(read)
    queue: list[str] = json.loads(answer(lambda: json.dumps(_queue(kept))))
    orders = _orders(queue)
    shutil.copytree(kept, store)
    states = [state(store)]
    for order in orders:
        finished(decide(order))
        states.append(state(store))
    # The first time nobody is killed: it shows what the server makes of it, and how long that takes.
    place, took = len(orders), 0.0
    for turn in range(-1, rounds):
        if place == len(orders):
            shutil.rmtree(store)
            shutil.copytree(kept, store)
            place = 0
        answered, seconds = _review_until(
            store, orders[place:], took * chance.random() if turn >= 0 else None
        )
        place += answered
        found = state(store)
        if turn < 0:
            took = 2.5 * seconds / len(orders)
            if place != len(orders) or found != states[-1]:
                raise SystemExit(f"the server made something else of {place} decisions")
            continue
        if found not in states[place : place + 2]:
            raise SystemExit(f"round {turn}: {place} decisions were answered, and the store is at neither")
        counts["killed" if place < len(orders) else "ended"] += 1
        counts["before" if found == states[place] else "after"] += 1
        place = states.index(found, place)
    return counts


Order = tuple[str, dict[str, object]]
"""A path below /review, where {0} is a claim, and what is posted there."""

_AT = "2026-11-28T09:00:00Z"


def _queue(folder: Path) -> list[str]:
    with open_collection(folder, create=False) as news:
        return [one.claim.iri for one in news.queue(order="weight")]


def _orders(claims: list[str]) -> list[Order]:
    one, two, three, four, five, *_ = claims
    return [
        ("accept", {"claim": one}),
        ("reject", {"claim": two}),
        ("undo", {"claim": two}),
        ("edit", {"claim": three, "change": {"claim": {"modality": "possible"}}}),
        ("reject", {"claim": two}),
        ("reject", {"claim": four}),
        ("accept", {"claim": five}),
    ]


def _decide_here(news: Collection, order: Order) -> None:
    verdict, given = order
    claim = str(given["claim"])
    match verdict:
        case "accept":
            news.accept(claim, by="Amal Saleh", at=_AT)
        case "reject":
            news.reject(claim, by="Amal Saleh", at=_AT)
        case "undo":
            news.undo(claim, by="Amal Saleh", at=_AT)
        case "edit":
            news.edit(claim, cast(dict[str, object], given["change"]), by="Amal Saleh", at=_AT)


def _review_until(store: Path, orders: list[Order], seconds: float | None) -> tuple[int, float]:
    """Serve a store, send decisions, and kill the server after a while; gives how many were answered."""
    inlet, outlet = os.pipe()

    def serve() -> int:
        os.dup2(outlet, 2)
        return run(["serve", "--store", str(store), "--port", "0", "--review", "--by", "Amal Saleh"])

    process = child(serve)
    os.close(outlet)
    with os.fdopen(inlet) as said:
        address = re.search(r"http://[\d.]+:\d+", said.readline())
        said.readline()
        token = said.readline().split()[-1]
        if address is None:
            raise SystemExit("the server does not start")
        killing = threading.Timer(seconds or 0, os.kill, (process, signal.SIGKILL))
        if seconds is not None:
            killing.start()
        begun = time.monotonic()
        answered = _send(address[0], token, orders)
        took = time.monotonic() - begun
        killing.cancel()
        os.kill(process, signal.SIGKILL)
        os.waitpid(process, 0)
    return answered, took


def _send(address: str, token: str, orders: list[Order]) -> int:
    for place, (verdict, given) in enumerate(orders):
        digest = str(given["claim"]).rpartition("/")[2]
        path = "/review/undo" if verdict == "undo" else f"/review/draft/{digest}/{verdict}"
        headers = {"Authorization": f"Bearer {token}"}
        try:
            done = httpx.post(
                address + path, json={**given, "at": _AT}, headers=headers, trust_env=False, timeout=60
            )
        except httpx.TransportError:
            return place
        if done.status_code != 200:
            raise SystemExit(f"{verdict} was not carried out: {done.text}")
    return len(orders)


def kill_decisions(rounds: int, chance: random.Random, folder: Path) -> Counter[str]:
    """Kill a reviewer's program among its decisions: each is there with what follows from it, or is not."""
    store, kept, counts = folder / "news.musnad", folder / "kept.musnad", Counter[str]()
    finished(lambda: run(["build", *map(str, MARKET), "--store", str(store)]))
    shutil.copytree(store, kept)

    def decide(first: int, last: int) -> Callable[[], None]:
        """Give what carries out decisions in their order, each in a transaction of its own."""

        def work() -> None:
            with open_collection(store) as news:
                claims = sorted(json.loads((folder / "claims.json").read_text(encoding="utf-8")))
                who: dict[str, Any] = {"by": "Amal Saleh", "at": "2026-11-28"}
                steps: list[Callable[[], object]] = [
                    lambda: news.accept(claims[0], **who),
                    lambda: news.reject(claims[1], claims[2], **who),
                    lambda: news.undo(claims[1], **who),
                    lambda: news.edit(claims[3], {"claim": {"modality": "possible"}}, **who),
                    lambda: news.withdraw(claims[4], **who),
                    lambda: news.undo(claims[4], **who),
                    lambda: news.accept(*claims[5:8], **who),
                ]
                for step in steps[first:last]:
                    step()

        return work

    def list_claims() -> None:
        with open_collection(store) as news:
            names = [claim.iri for claim in news.claims()]
            (folder / "claims.json").write_text(json.dumps(names), encoding="utf-8")

    finished(list_claims)
    states = [state(store)]
    for step in range(DECISIONS):
        finished(decide(step, step + 1))
        states.append(state(store))
    shutil.rmtree(store)
    shutil.copytree(kept, store)
    took = finished(decide(0, DECISIONS))
    if state(store) != states[-1]:
        raise SystemExit("decisions one by one and in one sitting do not end alike")
    for turn in range(rounds):
        shutil.rmtree(store)
        shutil.copytree(kept, store)
        killed = kill_after(child(decide(0, DECISIONS)), took * chance.random())
        counts["killed" if killed else "ended"] += 1
        found = state(store)
        if found not in states:
            raise SystemExit(f"round {turn}: half a decision in {found}")
        done = states.index(found)
        counts[f"after {done} decisions"] += 1
        finished(decide(done, DECISIONS))
        if state(store) != states[-1]:
            raise SystemExit(f"round {turn}: the sitting, gone on with, did not end with the same bytes")
    return counts


def kill_findings(rounds: int, chance: random.Random, folder: Path) -> Counter[str]:
    """Kill what takes findings out and derives them anew: all are there, or the store says that some lack."""
    store, counts = folder / "news.musnad", Counter[str]()
    finished(lambda: run(["build", *map(str, MARKET), str(SEED), "--store", str(store)]))
    whole = state(store)

    def derive(times: int) -> Callable[[], None]:
        def work() -> None:
            with open_collection(store) as news:
                for _ in range(times):
                    news.begin()
                    news.conclude()

        return work

    def take_out() -> None:
        with open_collection(store) as news:
            news.begin()
            if not news.unfinished:
                raise SystemExit("findings that are not there are not missed")

    def unfinished() -> str:
        with open_collection(store) as news:
            return "yes" if news.unfinished else ""

    finished(take_out)
    without = state(store)
    took = finished(derive(1))
    if state(store) != whole:
        raise SystemExit("findings derived again are not the same bytes")
    for turn in range(rounds):
        killed = kill_after(child(derive(1000)), chance.uniform(0, 2 * took))
        counts["killed" if killed else "ended"] += 1
        found = state(store)
        if found != whole and not answer(unfinished):
            raise SystemExit(f"round {turn}: half of the findings are in, and nothing says so")
        counts[
            {whole: "with findings", without: "without"}.get(found, "with some, said to be unfinished")
        ] += 1
        if turn % 5 == 4:
            finished(derive(1))
            if state(store) != whole:
                raise SystemExit(f"round {turn}: derived again they are not the same bytes")
    return counts


DECISIONS = 7
MODES = {
    "commands": kill_commands,
    "transactions": kill_transactions,
    "reading": kill_reading,
    "reviewing": kill_reviewing,
    "decisions": kill_decisions,
    "findings": kill_findings,
}

if __name__ == "__main__":
    mode, rounds, seed, place = sys.argv[1:]
    print(json.dumps(MODES[mode](int(rounds), random.Random(int(seed)), Path(place))))  # noqa: T201
