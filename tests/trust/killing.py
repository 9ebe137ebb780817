"""Kill programs at random moments and look at the store they leave: run as a script, by test_kills.py.

A process that has opened a store cannot be forked, since the engine's threads do not come along. So this one
imports everything and never opens a store; each program is a fork of it, which starts in a few milliseconds
and is killed hundreds of times in a minute. What it finds is printed as JSON.

`python -m trust.killing MODE ROUNDS SEED FOLDER` in tests; modes: commands, transactions, reading.
"""

from __future__ import annotations

import json
import os
import random
import shutil
import signal
import sys
import time
from collections import Counter
from collections.abc import Callable
from hashlib import sha256
from pathlib import Path

import pyoxigraph as ox

from musnad.cli.main import run
from musnad.collection import valid_graphs
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


MODES = {"commands": kill_commands, "transactions": kill_transactions, "reading": kill_reading}

if __name__ == "__main__":
    mode, rounds, seed, place = sys.argv[1:]
    print(json.dumps(MODES[mode](int(rounds), random.Random(int(seed)), Path(place))))  # noqa: T201
