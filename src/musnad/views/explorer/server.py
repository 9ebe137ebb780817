"""The server: one address for the pages, the endpoint, health and counters, on a store that it owns."""

from __future__ import annotations

import asyncio
import logging
import socket
import threading
from collections.abc import Callable, Collection, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from types import TracebackType
from typing import Self

import uvicorn
from uvicorn.protocols.http.h11_impl import H11Protocol

from musnad.errors import AddressInUse, StoreClosed
from musnad.views.endpoint import Endpoint, ForkServer, Limits
from musnad.views.endpoint.evaluation import PROOF, evaluate_on
from musnad.views.endpoint.gate import Gate
from musnad.views.endpoint.guard import LOOPBACK
from musnad.views.endpoint.metrics import Metrics
from musnad.views.endpoint.writing import Change, ServedStore
from musnad.views.explorer.app import Pages, build_app
from musnad.views.explorer.index import Index
from musnad.views.explorer.site import Site
from musnad.views.review import Desk, ReviewPages

_CONNECTIONS = 200
_SECONDS_FOR_HEAD = 10.0


@dataclass(frozen=True, slots=True)
class Address:
    """Where the server listens, and the names and origins that it lets in beyond the loopback names."""

    host: str = "127.0.0.1"
    port: int = 8765
    hosts: Collection[str] = ()
    cors: Collection[str] = ()

    @property
    def known_hosts(self) -> frozenset[str]:
        """The names by which the server may be asked."""
        return LOOPBACK | {self.host} | frozenset(self.hosts)


@dataclass(frozen=True, slots=True)
class Reviewer:
    """Who decides in the review pages, by `name`, and what gives the moment, with its zone."""

    name: str
    now: Callable[[], datetime]


@dataclass
class Server:
    """A server over the store in `folder`; make it before any thread is started, as `ForkServer` wants.

    Without a `reviewer` nothing can be written. Raises what `OxigraphStore` raises.
    """

    folder: Path
    address: Address = field(default_factory=Address)
    limits: Limits = field(default_factory=Limits)
    reviewer: Reviewer | None = None

    def __post_init__(self) -> None:
        self.gate = Gate()
        self.store = ServedStore(self.folder, self._writing)
        self.metrics = Metrics()
        self.forks = ForkServer(evaluate_on(self.store), self.limits, proof=PROOF)
        self.site = Site(self.store)
        self.pages = Pages(self.site, self.gate, reviewing=self.reviewer is not None)
        self.endpoint = Endpoint(
            self.forks,
            self.metrics,
            triples=self.store.count(),
            refresh=self._refresh if self.reviewer is not None else None,
        )
        self.desk: Desk | None = None
        self.review: ReviewPages | None = None
        if self.reviewer is not None:
            self.desk = Desk(self.site, by=self.reviewer.name, now=self.reviewer.now)
            self.review = ReviewPages(self.site, self.gate, self.desk)
        self.app = build_app(
            self.pages,
            self.endpoint,
            self.metrics,
            hosts=self.address.known_hosts,
            cors=self.address.cors,
            more=self.review.routes() if self.review else (),
        )

    def _refresh(self) -> None:
        """Fork the process for queries anew, from the files that the store has now."""
        with self.gate.writing(), self.forks.renewed():
            pass

    @contextmanager
    def _writing(self, change: Change) -> Iterator[None]:
        """Leave a write alone with the store: no page reads, no query begins; both then see the new state."""
        if self.desk:
            self.desk.look_ahead(change)
        with self.gate.writing(), self.forks.renewed():
            try:
                yield
            except BaseException:
                change = Change(whole=True)  # nothing was written; look at everything anew to be sure
                raise
            finally:
                self.site.renew(None if change.whole else change.named)
                self.pages.forget()
                self.endpoint.triples += change.triples
                if self.desk:
                    self.desk.note(change)

    def run(self, ready: Callable[[str], None]) -> None:
        """Serve until a signal says to stop; `ready` is told the address when it can be asked.

        Raises `AddressInUse` where nothing can listen at the address.
        """
        with self._listen() as listening:
            host, port = listening.getsockname()[:2]
            shown = f"[{host}]" if ":" in host else host
            config = uvicorn.Config(
                self.app,
                http=_PatientProtocol,
                ws="none",
                lifespan="off",
                log_config=None,
                access_log=False,
                server_header=False,
                timeout_keep_alive=15,
                timeout_graceful_shutdown=5,
                limit_concurrency=_CONNECTIONS,
                h11_max_incomplete_event_size=64 << 10,
            )
            # What lists need is read meanwhile, so that the first reader does not wait for it.
            threading.Thread(target=self._warm, name="warming", daemon=True).start()
            server = _Told(config, lambda: ready(f"http://{shown}:{port}/"))
            server.run(sockets=[listening])

    def _warm(self) -> None:
        # One thing after the other, so that a write need not wait for all of them.
        steps: list[Callable[[], object]] = [
            lambda: self.site.reader.labels,
            lambda: self._count("articles", self.site.index.articles()),
            lambda: self._count("questions", self.site.index.questions()),
            lambda: self._count("sources", self.site.index.sources()),
            lambda: self._index().warm(),
            lambda: self.desk and self.desk.drafts(),
            lambda: self._index().read_ahead(),
        ]
        with suppress(StoreClosed):
            for step in steps:
                with self.gate.reading():
                    step()
            self.metrics.ahead.set(1)

    def _index(self) -> Index:
        return self.site.index  # another one after each write

    def _count(self, what: str, lines: Sequence[object]) -> None:
        self.metrics.held.labels(what).set(len(lines))

    def close(self) -> None:
        """Let go of the store and end the process that forks."""
        self.forks.close()
        self.store.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self.close()

    def _listen(self) -> socket.socket:
        try:
            family = socket.AF_INET6 if ":" in self.address.host else socket.AF_INET
            listening = socket.socket(family)
            listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            listening.bind((self.address.host, self.address.port))
            listening.listen(128)
        except (OSError, OverflowError) as error:
            listening.close()
            raise AddressInUse(
                f"nothing can listen there ({getattr(error, 'strerror', None) or error})",
                where=f"{self.address.host}:{self.address.port}",
                remedy="Give another --port (0 takes a free one), or a --host of this machine.",
            ) from error
        return listening


class _Told(uvicorn.Server):
    """Tells when it can be asked."""

    def __init__(self, config: uvicorn.Config, ready: Callable[[], None]) -> None:
        super().__init__(config)
        self._ready = ready

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets)
        self._ready()


class _PatientProtocol(H11Protocol):
    """Closes a connection on which a request has not begun, or its head not ended, after a while.

    uvicorn waits for ever for the rest of a head; a few hundred connections that never send it would keep
    everybody else out.
    """

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        super().connection_made(transport)
        self.loop.call_later(_SECONDS_FOR_HEAD, self._look)

    def _look(self) -> None:
        if self.transport.is_closing():
            return
        if self.cycle is None or (self.cycle.response_complete and self.timeout_keep_alive_task is None):
            self.transport.close()
        else:
            self.loop.call_later(_SECONDS_FOR_HEAD, self._look)


# What a client sends is no trouble of ours; what goes wrong here is logged as an error.
logging.getLogger("uvicorn.error").setLevel(logging.ERROR)
