"""Reading in several processes: articles go out in small lots, and drafts come back in the articles' order.

A process that dies, for instance for want of memory, takes with it the one article it was reading and no
other, which the pools of the standard library do not promise.
"""

from __future__ import annotations

import multiprocessing
import signal
from collections import deque
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from itertools import islice
from multiprocessing.connection import wait
from pathlib import Path
from typing import Any

from musnad.collection.pieces import Known, Piece, draft_piece, name_of
from musnad.errors import MusnadError, ReadingFailed
from musnad.record.drafting import Draft
from musnad.text.article import Details

__all__ = ["LOT", "died", "draft_in_processes"]

# A lot is worth some tenths of a second: far more than sending it takes, and less than starting a process.
LOT = 32  # articles
_HELD = 3  # lots a process, given out or read and not yet asked for: what bounds memory
# The same start on every system, and none of the threads and locks that a fork would take along.
_PROCESSES = multiprocessing.get_context("spawn")


@dataclass(slots=True, eq=False)
class _Lot:
    pieces: list[Piece]
    drafts: list[Draft | MusnadError | Known] = field(default_factory=list)

    @property
    def done(self) -> bool:
        return len(self.drafts) == len(self.pieces)


class _Worker:
    """A process that reads, and the lot it is at."""

    def __init__(self, told: Details, lexicon: Path | None) -> None:
        self.connection, theirs = _PROCESSES.Pipe()
        self.process = _PROCESSES.Process(target=_work, args=(theirs, told, lexicon), daemon=True)
        with _interrupts_held():
            self.process.start()
        theirs.close()
        self.ready = False
        self.lot: _Lot | None = None

    def take(self, lot: _Lot) -> None:
        self.lot = lot
        # That the process is gone shows when it is listened to.
        with suppress(OSError):
            self.connection.send(lot.pieces[len(lot.drafts) :])

    def listen(self) -> None:
        """Take in one draft, or that the process is ready; raises `EOFError` or `OSError` when it is gone."""
        draft = self.connection.recv()
        self.ready = True
        if self.lot is not None:
            self.lot.drafts.append(draft)
            self.lot = None if self.lot.done else self.lot

    def end(self) -> None:
        self.process.terminate()
        self.process.join()
        self.process.close()
        self.connection.close()


def draft_in_processes(
    pieces: Iterable[Piece], told: Details, lexicon: Path | None, jobs: int
) -> Iterator[Draft | MusnadError | Known]:
    """Read articles into drafts in up to `jobs` processes; drafts and errors come in the order of `pieces`.

    What fits one lot is read in this process. Raises `ReadingFailed` when no process can be started.
    """
    lots = _lots(iter(pieces))
    coming = deque(islice(lots, 2))
    if len(coming) < 2:
        yield from (draft_piece(piece, told, lexicon) for lot in coming for piece in lot.pieces)
        return
    given = deque(coming)
    workers: list[_Worker] = []
    try:
        while given:
            for lot in islice(lots, _HELD * jobs - len(given)):
                coming.append(lot)
                given.append(lot)
            while coming and len(workers) < min(jobs, len(given)):
                workers.append(_Worker(told, lexicon))
            for worker in workers:
                if coming and worker.ready and worker.lot is None:
                    worker.take(coming.popleft())
            _listen(workers, coming)
            while given and given[0].done:
                yield from given.popleft().drafts
    finally:
        for worker in workers:
            worker.end()


def _lots(pieces: Iterator[Piece]) -> Iterator[_Lot]:
    while lot := list(islice(pieces, LOT)):
        yield _Lot(lot)


def _listen(workers: list[_Worker], coming: deque[_Lot]) -> None:
    """Wait for what workers give; of one that is gone, all but the article it was at is given out anew."""
    busy: dict[Any, _Worker] = {w.connection: w for w in workers if w.lot is not None or not w.ready}
    for connection in wait(list(busy)):
        worker = busy[connection]
        try:
            worker.listen()
        except (EOFError, OSError) as error:
            workers.remove(worker)
            worker.end()
            if worker.lot is None:
                raise ReadingFailed(
                    "a process to read in could not be started", remedy="Read with --jobs 1."
                ) from error
            lot = worker.lot
            lot.drafts.append(died(lot.pieces[len(lot.drafts)]))
            if not lot.done:
                coming.appendleft(lot)


def died(piece: Piece) -> ReadingFailed:
    """Give the error of an article that the process which read it did not outlive."""
    return ReadingFailed(
        "the process that read it was ended, as the system does when memory runs out",
        where=name_of(piece),
        remedy="Cut the article up, or read with fewer --jobs.",
    )


def _work(connection: Any, told: Details, lexicon: Path | None) -> None:
    """Read lots until the other end is gone; one message a draft, so that it is known how far this came."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    with suppress(EOFError, OSError):
        connection.send(None)
        while True:
            for piece in connection.recv():
                connection.send(draft_piece(piece, told, lexicon))


@contextmanager
def _interrupts_held() -> Iterator[None]:
    """Start a process with interrupts blocked: Ctrl-C is for the one that started it, and ends the others."""
    if not hasattr(signal, "pthread_sigmask"):
        yield
        return
    before = signal.pthread_sigmask(signal.SIG_BLOCK, [signal.SIGINT])
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)
