"""The endpoint's answers over HTTP: queries, the service description, health and counters."""

from __future__ import annotations

import asyncio
import logging
import tempfile
import time
from collections.abc import AsyncIterator, Callable
from typing import IO, Any, Final

from starlette.concurrency import run_in_threadpool
from starlette.requests import ClientDisconnect, Request
from starlette.responses import JSONResponse, RedirectResponse, Response, StreamingResponse
from starlette.routing import Route

from musnad.errors import OutsideQuery, QueryTooDeep
from musnad.graph.bounds import check_nesting, check_outreach
from musnad.views.endpoint.description import describe_service
from musnad.views.endpoint.evaluation import FAILED, GRAPHS, INVALID, TOO_LARGE, UNFIT
from musnad.views.endpoint.forking import Crowded, ForkServer, Killed
from musnad.views.endpoint.metrics import MEDIA_TYPE, Metrics
from musnad.views.endpoint.negotiation import choose
from musnad.views.endpoint.protocol import LARGEST, Asked, Refused, read_request

EDITOR: Final = "/ask"
_SECONDS_FOR_BODY = 15.0
_SECONDS_BETWEEN_REFRESHES: Final = 5.0
_FILE_IS_GONE: Final = "No such file or directory"
_READ_ON: Final = 16  # times the largest request
_CHUNK = 1 << 16
_STATUS = {INVALID: 400, UNFIT: 406, TOO_LARGE: 503, FAILED: 500}
_LOG = logging.getLogger("musnad.serve")


class Endpoint:
    """The SPARQL endpoint of one store, which holds so many `triples`; its queries run on `forks`.

    `refresh`, where the store may be written to, has the process that forks made anew.
    """

    def __init__(
        self,
        forks: ForkServer,
        metrics: Metrics,
        *,
        triples: int,
        refresh: Callable[[], None] | None = None,
    ) -> None:
        self._forks = forks
        self._metrics = metrics
        self._refresh = refresh
        self._refreshed = -_SECONDS_BETWEEN_REFRESHES
        self._refreshing = asyncio.Lock()
        self.triples = triples

    def routes(self) -> list[Route]:
        """Give the routes; `/query` and `/update` are where clients look that know a server's base alone."""
        return [
            Route("/sparql", self.query, methods=["GET", "POST"], name="sparql"),
            Route("/query", self.query, methods=["GET", "POST"], name="query"),
            Route("/update", self.update, methods=["GET", "POST"], name="update"),
            Route("/health", self.health, name="health"),
            Route("/metrics", self.metrics, name="metrics"),
        ]

    async def query(self, request: Request) -> Response:
        """Answer a query, or describe the service to whoever asks nothing."""
        try:
            asked = read_request(
                request.method,
                request.headers.get("content-type"),
                request.scope["query_string"],
                await read_body(request),
            )
            if asked is None:
                return self._describe(request)
            self._check(asked.query)
            return await self._answer(request, asked)
        except Refused as refused:
            return Response(
                f"{refused.why}\n",
                refused.status,
                headers={"Vary": "Accept", **refused.headers},
                media_type="text/plain",
            )

    def _check(self, query: str) -> None:
        try:
            check_nesting(query)
            check_outreach(query)
        except OutsideQuery as error:
            self._metrics.refused.labels("refused").inc()
            why = "SERVICE is off: queries are answered from this store alone."
            raise Refused(403, why) from error
        except QueryTooDeep as error:
            self._metrics.refused.labels("refused").inc()
            raise Refused(400, str(error)) from error

    async def update(self, request: Request) -> Response:
        """Refuse: the endpoint is read-only."""
        try:
            await read_body(request, keep=False)
        except Refused as refused:
            return Response(f"{refused.why}\n", refused.status, media_type="text/plain")
        why = "This endpoint is read-only: it takes no updates. Change the store with `musnad build`.\n"
        return Response(why, 403, media_type="text/plain")

    async def health(self, request: Request) -> Response:
        """Say whether queries can be answered."""
        well = self._forks.alive()
        report = {"status": "ok" if well else "failing", "triples": self.triples}
        return JSONResponse(report, 200 if well else 503)

    async def metrics(self, request: Request) -> Response:
        """Give the counters."""
        self._metrics.running.set(self._forks.running)
        self._metrics.waiting.set(self._forks.waiting)
        return Response(self._metrics.text(), headers={"Content-Type": MEDIA_TYPE})

    def _describe(self, request: Request) -> Response:
        media_type = choose(request.headers.get("accept"), [*GRAPHS, "text/html"])
        if media_type == "text/html":
            return RedirectResponse(EDITOR, 303, headers={"Vary": "Accept"})
        if media_type is None:
            raise Refused(406, f"The description comes as {', '.join(GRAPHS)}.")
        address = str(request.url.replace(query="", fragment=""))
        content = describe_service(address, self.triples, media_type)
        return Response(content, headers={"Vary": "Accept", "Content-Type": _typed(media_type)})

    async def _answer(self, request: Request, asked: Asked) -> Response:
        job = {
            "query": asked.query,
            "default": asked.default_graphs,
            "named": asked.named_graphs,
            "accept": request.headers.get("accept"),
        }
        answer = tempfile.TemporaryFile()  # noqa: SIM115 - closed when it has been sent
        try:
            begun = time.monotonic()
            told = await self._run(request, job, answer)
            if told.get("failure") == FAILED and await self._refreshed_since(begun):
                # The engine of the server may have put files together that the process still looks for.
                _LOG.warning("a query failed (%s); it is tried once more from the present files", told["why"])
                answer.seek(0)
                answer.truncate()
                told = await self._run(request, job, answer)
            if told.get("failure") == FAILED and _FILE_IS_GONE in told["why"]:
                why = "The files of the store are being put together. Ask again in a few seconds."
                raise self._unanswered("files", why, 503)
            if "failure" in told:
                raise self._unanswered(told["failure"], told["why"])
        except BaseException:
            answer.close()
            raise
        size = answer.seek(0, 2)
        answer.seek(0)
        headers = {
            "Vary": "Accept",
            "Content-Length": str(size),
            "Content-Type": _typed(told["media_type"]),
        }
        if size <= _CHUNK:
            with answer:
                return Response(answer.read(), headers=headers)
        return StreamingResponse(_chunks(answer), headers=headers)

    async def _refreshed_since(self, begun: float) -> bool:
        """Have queries read the present files, unless another that failed has had it done since `begun`."""
        if self._refresh is None:
            return False
        async with self._refreshing:
            if self._refreshed > begun:
                return True
            if time.monotonic() - self._refreshed < _SECONDS_BETWEEN_REFRESHES:
                return False  # what fails whatever is done must not have it done for ever
            await run_in_threadpool(self._refresh)
            self._refreshed = time.monotonic()
            return True

    async def _run(self, request: Request, job: dict[str, Any], answer: IO[bytes]) -> dict[str, str]:
        """Run a job until it is done, dead, or nobody waits for its answer any more."""
        running = asyncio.ensure_future(self._forks.run(job, answer))
        gone = asyncio.ensure_future(_disconnected(request))
        try:
            await asyncio.wait({running, gone}, return_when=asyncio.FIRST_COMPLETED)
            if not running.done():
                raise self._unanswered("gone", "Nobody waits for the answer any more.")
            return running.result()
        except Crowded as error:
            raise self._unanswered(
                "crowded", "Too many queries are waiting. Ask again a little later."
            ) from error
        except Killed as error:
            limits = self._forks.limits
            if error.late:
                why = f"The query was stopped after {limits.seconds:g} seconds. Make it narrower."
                raise self._unanswered("late", why) from error
            why = (
                f"The query was stopped: it needed more than {limits.memory >> 20} MB, or broke the "
                "engine. Make it narrower."
            )
            raise self._unanswered("memory", why) from error
        except OSError as error:
            _LOG.error("queries cannot be carried out: %s", error)
            raise self._unanswered("failed", "Queries cannot be carried out now.", 503) from error
        finally:
            for task in (running, gone):
                task.cancel()
            await asyncio.gather(running, gone, return_exceptions=True)

    def _unanswered(self, failure: str, why: str, status: int | None = None) -> Refused:
        self._metrics.refused.labels(failure).inc()
        status = status or _STATUS.get(failure, 503)
        if failure == UNFIT:
            return Refused(406, f"The answer to this query comes as {why}.")
        if failure == TOO_LARGE:
            most = self._forks.limits.answer >> 20
            return Refused(
                status, f"The answer is larger than {most} MB. Add a LIMIT, or ask for parts of it."
            )
        if failure in ("crowded", "files"):
            return Refused(status, why, **{"Retry-After": "2"})
        return Refused(status, why)


async def read_body(request: Request, *, keep: bool = True) -> bytes:
    """Read the body of a request; without `keep` to its end, for clients that listen only after they spoke.

    Raises `Refused` with 413 where it is too large, and 408 where it comes too slowly.
    """
    parts: list[bytes] = []
    size = 0
    try:
        async with asyncio.timeout(_SECONDS_FOR_BODY):
            async for part in request.stream():
                size += len(part)
                if not keep:
                    continue
                if size > LARGEST:
                    parts.clear()  # read on, within reason: most clients listen only after they spoke
                    if size > _READ_ON * LARGEST:
                        break
                else:
                    parts.append(part)
    except TimeoutError as error:
        raise Refused(408, "The request came too slowly.", Connection="close") from error
    except ClientDisconnect as error:
        raise Refused(400, "The request ended early.") from error
    if keep and size > LARGEST:
        raise Refused(413, f"A request is at most {LARGEST} bytes long.", Connection="close")
    return b"".join(parts)


async def _disconnected(request: Request) -> None:
    # The body has been read: the next message, if any, says that the client is gone.
    while (await request.receive())["type"] != "http.disconnect":
        pass


async def _chunks(answer: IO[bytes]) -> AsyncIterator[bytes]:
    with answer:
        while part := await asyncio.to_thread(answer.read, _CHUNK):
            yield part


def _typed(media_type: str) -> str:
    return f"{media_type}; charset=utf-8" if media_type.startswith("text/") else media_type
