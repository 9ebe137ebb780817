"""Programs as forks of this process, and what a store holds: for those that kill programs at random moments.

A process that has opened a store cannot be forked, since the engine's threads do not come along. So this one
imports everything and never opens a store; each program is a fork of it, which starts in a few milliseconds.
"""

from __future__ import annotations

import json
import os
import signal
import time
from collections.abc import Callable
from hashlib import sha256
from pathlib import Path

from musnad.graph.oxigraph_store import OxigraphStore
from musnad.graph.store import dump_nquads
from musnad.terms import PAST_GRAPHS

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
