"""Who may ask: hosts by name, origins by header; and the headers that keep a page to itself.

A server on the loopback address is reached by every page the reader has open elsewhere, and by a name whose
address somebody changes under way (DNS rebinding). So the Host header has to be one of ours, and what another
site's page sends is refused unless its origin was let in (https://www.w3.org/TR/fetch-metadata/).
"""

from __future__ import annotations

import logging
import time
from collections.abc import Collection
from typing import Final
from urllib.parse import urlsplit

from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from musnad.views.endpoint.metrics import Metrics

LOOPBACK: Final = frozenset({"127.0.0.1", "localhost", "::1"})
POLICY: Final = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; "
    "connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
_HEADERS: Final = {
    "Content-Security-Policy": POLICY,
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
}
_SHARED: Final = frozenset({"/sparql", "/query"})
_LOG = logging.getLogger("musnad.serve")


class Guard:
    """Lets requests of known hosts and origins in, and counts and logs what is answered.

    Pages of the origins in `cors` may query `/sparql`.
    """

    def __init__(self, app: ASGIApp, metrics: Metrics, hosts: Collection[str], cors: Collection[str]) -> None:
        self._app = app
        self._metrics = metrics
        self._hosts = frozenset(host.lower() for host in hosts)
        self._cors = frozenset(cors)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        started = time.monotonic()
        status = 500
        headers = Headers(scope=scope)
        shared = headers.get("origin") in self._cors and scope["path"] in _SHARED

        async def send_guarded(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
                self._add_headers(MutableHeaders(scope=message), headers, shared=shared)
            await send(message)

        refusal = self._refusal(scope, headers, shared=shared)
        try:
            await (refusal or self._app)(scope, receive, send_guarded)
        finally:
            self._note(scope, status, time.monotonic() - started)

    def _refusal(self, scope: Scope, headers: Headers, *, shared: bool) -> Response | None:
        host = headers.get("host", "")
        if _host_name(host) not in self._hosts:
            return _plain(421, "This server does not go by that name. Use `--allow-host` to give it one.")
        if shared:
            return Response(status_code=204) if scope["method"] == "OPTIONS" else None
        origin = headers.get("origin")
        if origin is not None and urlsplit(origin).netloc != host:
            return _plain(403, "Pages of other origins may not ask here. Use `--cors` to let one in.")
        site = headers.get("sec-fetch-site", "none")
        if site not in ("none", "same-origin") and headers.get("sec-fetch-mode") != "navigate":
            return _plain(403, "Pages of other sites may not ask here. Use `--cors` to let one in.")
        if site not in ("none", "same-origin") and scope["method"] not in ("GET", "HEAD"):
            return _plain(403, "Forms of other sites may not be sent here.")
        return None

    def _add_headers(self, answer: MutableHeaders, asked: Headers, *, shared: bool) -> None:
        for name, value in _HEADERS.items():
            answer.setdefault(name, value)
        answer.setdefault("Cross-Origin-Resource-Policy", "cross-origin" if shared else "same-origin")
        if self._cors:
            answer.add_vary_header("Origin")
        if shared:
            answer["Access-Control-Allow-Origin"] = asked["origin"]
            answer["Access-Control-Allow-Methods"] = "GET, POST"
            answer["Access-Control-Allow-Headers"] = "Accept, Content-Type"

    def _note(self, scope: Scope, status: int, seconds: float) -> None:
        route = scope.get("route")
        path = getattr(route, "path", "none")
        self._metrics.requests.labels(path, str(status)).inc()
        self._metrics.seconds.labels(path).observe(seconds)
        _LOG.info(
            "%s %s %d %.0f ms",
            scope["method"],
            scope["path"].encode("ascii", "backslashreplace").decode(),
            status,
            seconds * 1000,
        )


def _host_name(host: str) -> str:
    """Give the name in a Host header, without port and brackets; empty where it is malformed."""
    try:
        return (urlsplit(f"//{host}").hostname or "").lower()
    except ValueError:
        return ""


def _plain(status: int, text: str) -> Response:
    return Response(f"{text}\n", status, media_type="text/plain")
