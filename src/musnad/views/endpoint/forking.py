"""A process for every query: forked from one that does nothing else, and dead at its deadline.

Neither Oxigraph nor Python can stop a query that runs; the kernel can stop a process. Forking from the web
server would copy its locks in whatever state its threads hold them, so one process is forked before any
thread starts, keeps the store as it was then, and forks a child for each job. The child has an alarm that
kills it, bounds on its memory and its output, and writes its answer to a file: what is sent is whole.

Where the store is written to (review), no job starts meanwhile, and the process that forks is made anew; that
one has threads beside it. Of Python's own locks a fork takes care; a lock of the engine's that happened to be
held would keep every query waiting, so the new process has to answer once before it is put to use.
"""

from __future__ import annotations

import asyncio
import contextlib
import gc
import json
import logging
import os
import resource
import select
import signal
import socket
import stat
import tempfile
import threading
import time
import warnings
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import IO, Any, NoReturn

Job = dict[str, Any]
Work = Callable[[Job, IO[bytes]], dict[str, Any]]
"""Carries out a job: writes the answer to the file, and gives what there is to tell of it."""

_LEFT_FOR_REPORT = 2.0  # seconds that a child may take beyond its deadline to die and be noticed
_LEFT_FOR_PROOF = 3.0  # seconds in which a process that was forked anew has to do its first job
_TRIES = 3
_PAUSE = 0.005  # seconds between two looks whether a job may be handed over
_LOG = logging.getLogger("musnad.serve")


@dataclass(frozen=True, slots=True)
class Limits:
    """What one query may take, and how many there may be.

    `seconds` of time; bytes of `memory` beyond what the store takes; bytes of `answer`; so many `at_once`,
    and so many more `waiting` for at most `patience` seconds.
    """

    seconds: float = 10.0
    memory: int = 512 << 20
    answer: int = 64 << 20
    at_once: int = 2
    waiting: int = 32
    patience: float = 5.0


class Crowded(Exception):
    """So many queries run and wait that one more would wait too long."""


class Killed(Exception):
    """The child died before it was done; `late` where it ran into its deadline, otherwise out of memory."""

    def __init__(self, *, late: bool) -> None:
        self.late = late
        super().__init__("deadline" if late else "memory")


class ForkServer:
    """Carries jobs out in processes of their own.

    Make it before any thread is started: what `work` refers to, the open store above all, is then inherited.
    `proof` is a job that a process which is forked later has to be able to do.
    """

    def __init__(self, work: Work, limits: Limits, *, proof: Job | None = None) -> None:
        self.limits = limits
        self.running = 0
        self.waiting = 0
        self._work = work
        self._proof = proof
        self._slots: asyncio.Semaphore | None = None
        # Held while a job is handed over, and for as long as none may be. A fork then never falls between the
        # making of a pipe and its handing over, which would leave its end open in the process that forks.
        self._handing = threading.Lock()
        gc.collect()
        self._fork()

    def _fork(self) -> None:
        self._channel, theirs = socket.socketpair()
        with warnings.catch_warnings():
            # Python 3.12 warns of threads: see the top of this module.
            warnings.simplefilter("ignore", DeprecationWarning)
            self.process = os.fork()
        if self.process == 0:
            _serve(theirs, self._work, self.limits)
        theirs.close()

    @contextlib.contextmanager
    def renewed(self) -> Iterator[None]:
        """Start no job while the block lasts, and fork anew at its end; jobs that run see what was before.

        Where no process can be forked that does a job, that is logged, and jobs fail until the next time.
        """
        with self._handing:
            try:
                yield
            finally:
                self._renew()

    def _renew(self) -> None:
        try:
            for _ in range(_TRIES):
                self.close()
                self._fork()
                if self._proof is None or self._does(self._proof):
                    return
            self.close()
            _LOG.error("queries cannot be carried out: the process for them does not answer")
        except OSError as error:
            _LOG.error("queries cannot be carried out: %s", error)

    def _does(self, job: Job) -> bool:
        """Tell whether a job is done in good time."""
        with tempfile.TemporaryFile() as answer:
            reading = self._send(job, answer)
        until = time.monotonic() + _LEFT_FOR_PROOF
        report = b""
        with os.fdopen(reading, "rb", buffering=0) as pipe:
            ready = select.poll()  # which, unlike select, takes files of any number
            ready.register(pipe, select.POLLIN)
            while (left := until - time.monotonic()) > 0 and ready.poll(left * 1000):
                part = pipe.read(65536)
                if not part:
                    return report.count(b"\n") > 1
                report += part
        return False

    def alive(self) -> bool:
        """Tell whether the process that forks is there, or is being made anew."""
        if self._handing.locked():
            return True
        try:
            return os.waitpid(self.process, os.WNOHANG) == (0, 0)
        except ChildProcessError:
            return False

    def close(self) -> None:
        """End the process that forks; jobs that run go on to their end, or die with their deadline."""
        self._channel.close()
        with contextlib.suppress(ChildProcessError):
            os.waitpid(self.process, 0)

    async def run(self, job: Job, answer: IO[bytes]) -> dict[str, Any]:
        """Carry a job out: its answer goes to the file `answer`; gives what `work` tells of it.

        Raises `Crowded`, or `Killed`. When the caller is cancelled, the child is killed.
        """
        if self._slots is None:
            self._slots = asyncio.Semaphore(self.limits.at_once)
        if self._slots.locked() and self.waiting >= self.limits.waiting:
            raise Crowded
        self.waiting += 1
        try:
            await asyncio.wait_for(self._slots.acquire(), self.limits.patience)
        except TimeoutError as error:
            raise Crowded from error
        finally:
            self.waiting -= 1
        self.running += 1
        try:
            return await self._run(job, answer)
        finally:
            self.running -= 1
            self._slots.release()

    async def _run(self, job: Job, answer: IO[bytes]) -> dict[str, Any]:
        loop = asyncio.get_running_loop()
        while not self._handing.acquire(blocking=False):
            await asyncio.sleep(_PAUSE)
        try:
            reading = self._send(job, answer)
        finally:
            self._handing.release()
        try:
            started = loop.time()
            report = await _read_to_end(reading, self.limits.seconds + _LEFT_FOR_REPORT)
        finally:
            os.close(reading)
        if not report.endswith(b"\n"):
            raise Killed(late=loop.time() - started >= self.limits.seconds)
        return dict(json.loads(report.split(b"\n")[1]))

    def _send(self, job: Job, answer: IO[bytes]) -> int:
        """Hand a job over; gives the end of a pipe from which its report can be read."""
        reading, writing = os.pipe()
        try:
            with tempfile.TemporaryFile() as order:
                order.write(json.dumps(job).encode())
                order.flush()
                socket.send_fds(self._channel, [b"!"], [order.fileno(), answer.fileno(), writing])
        except BaseException:
            os.close(reading)
            raise
        finally:
            os.close(writing)
        return reading


async def _read_to_end(reading: int, seconds: float) -> bytes:
    """Read what a child reports: a line with its process id at once, a line of JSON when it is done."""
    loop = asyncio.get_running_loop()
    os.set_blocking(reading, False)
    done: asyncio.Future[None] = loop.create_future()
    parts: list[bytes] = []

    def read() -> None:
        part = os.read(reading, 65536)
        parts.append(part)
        if not part and not done.done():
            done.set_result(None)

    loop.add_reader(reading, read)
    try:
        await asyncio.wait_for(done, seconds)
    except (TimeoutError, asyncio.CancelledError) as error:
        process = b"".join(parts).partition(b"\n")[0]
        if process:
            with contextlib.suppress(ProcessLookupError):
                os.kill(int(process), signal.SIGKILL)
        if isinstance(error, asyncio.CancelledError):
            raise
    finally:
        loop.remove_reader(reading)
    report = b"".join(parts)
    return report if report.count(b"\n") > 1 else b""


# --- the process that forks, and its children ------------------------------------------------------------


def _serve(channel: socket.socket, work: Work, limits: Limits) -> NoReturn:
    """Fork a child for each job that comes; never returns, and never runs what the parent has at exit."""
    gc.freeze()  # what is inherited is not looked through, so that few pages are written to, and copied
    signal.set_wakeup_fd(-1)
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the parent, whose end closes the channel
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)  # children are reaped by the kernel
    try:
        _close_sockets(channel)
        while True:
            started, files, _, _ = socket.recv_fds(channel, 1, 3)
            if not started:
                break
            if os.fork() == 0:
                channel.close()
                _work(files, work, limits)
            for file in files:
                os.close(file)
    finally:
        os._exit(0)


def _close_sockets(channel: socket.socket) -> None:
    """Close the sockets that were inherited: a client would wait for the end of its answer for ever."""
    try:
        names = os.listdir("/dev/fd")
    except OSError:
        return  # where the system does not list them, clients that close late are the lesser evil
    for name in names:
        with contextlib.suppress(OSError):
            file = int(name)
            if file > 2 and file != channel.fileno() and stat.S_ISSOCK(os.fstat(file).st_mode):
                os.close(file)


def _work(files: list[int], work: Work, limits: Limits) -> NoReturn:
    order, answer, report = files
    status = 1
    try:
        os.write(report, f"{os.getpid()}\n".encode())
        _bound(limits)
        with os.fdopen(order, "rb") as file:
            file.seek(0)
            job = json.load(file)
        with os.fdopen(answer, "wb") as stream:
            told = work(job, stream)
        os.write(report, json.dumps(told).encode() + b"\n")
        status = 0
    finally:
        os._exit(status)


def _bound(limits: Limits) -> None:
    """Put the bounds on this process: an alarm that kills, memory, size of files; and go behind the pages."""
    signal.signal(signal.SIGALRM, signal.SIG_DFL)
    signal.setitimer(signal.ITIMER_REAL, limits.seconds)
    os.nice(2)
    memory = _address_space() + limits.memory
    resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
    resource.setrlimit(resource.RLIMIT_FSIZE, (limits.answer, limits.answer))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    with contextlib.suppress(OSError), open("/proc/self/oom_score_adj", "w", encoding="ascii") as score:
        score.write("1000")  # where memory runs out for all, this process goes first
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, 2)  # what the engine says as it dies is told by the answer


def _address_space() -> int:
    try:
        with open("/proc/self/statm", encoding="ascii") as file:
            return int(file.read().split()[0]) * resource.getpagesize()
    except OSError:
        return 0
