"""Kill programs at random moments and look at the store they leave: run as a script, by test_kills.py.

Each program is a fork of this one, and is killed hundreds of times in a minute. What is found is printed as
JSON.

`python -m trust.killing MODE ROUNDS SEED FOLDER` in tests/; the modes are at the end.
"""

from __future__ import annotations

import json
import random
import shutil
import sys
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pyoxigraph as ox

import musnad.views.explorer.server  # noqa: F401 - so that every server that is forked has it
from musnad.cli.main import run
from musnad.collection import open_collection, valid_graphs
from musnad.findings import derive_findings
from musnad.graph.oxigraph_store import OxigraphStore
from musnad.record import load_record
from musnad.terms import FINDINGS_GRAPH, VOCABULARY_GRAPH
from trust.forks import MARKET, SEED, child, finished, kill_after, lies_between, state
from trust.killing_reviewers import kill_reviewing


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

    finished(take_out)
    without = state(store)
    took = finished(derive(1))
    if state(store) != whole:
        raise SystemExit("findings derived again are not the same bytes")
    for turn in range(rounds):
        killed = kill_after(child(derive(1000)), chance.uniform(0, 2 * took))
        counts["killed" if killed else "ended"] += 1
        found = state(store)
        # Many findings may take several transactions; until the vocabulary is there they count as missing.
        articles = {name: digest for name, digest in found.items() if name in without}
        if found != whole and (VOCABULARY_GRAPH in found or articles != without):
            raise SystemExit(f"round {turn}: half of the findings pass for all in {found}")
        counts["with findings" if found == whole else "without"] += 1
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
