"""Kill a server at random moments while a reviewer decides."""

from __future__ import annotations

import json
import os
import random
import re
import shutil
import signal
import threading
import time
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import cast

import httpx

import musnad.views.explorer.server  # noqa: F401 - so that every server that is forked has it
from musnad.cli.main import run
from musnad.collection import Collection, open_collection
from trust.forks import SEED, answer, child, finished, state


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
