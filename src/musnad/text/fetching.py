"""Fetching the page whose address a person gave, once; nothing else of the reader opens a connection."""

from __future__ import annotations

import ssl
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from http.client import HTTPConnection, HTTPException, HTTPResponse, HTTPSConnection
from socket import SHUT_RDWR, socket
from threading import Timer
from typing import IO, Any
from urllib.error import HTTPError, URLError
from urllib.parse import urlsplit
from urllib.request import (
    HTTPDefaultErrorHandler,
    HTTPErrorProcessor,
    HTTPHandler,
    HTTPRedirectHandler,
    HTTPSHandler,
    OpenerDirector,
    ProxyHandler,
    Request,
)

from musnad.errors import UnfetchedArticle
from musnad.text.article import is_address
from musnad.text.decoding import refuse_large

__all__ = ["LARGEST_PAGE", "Page", "fetch"]

LARGEST_PAGE = 10 * 1024 * 1024  # bytes
TIMEOUT = 30.0  # seconds
REDIRECTS = 5
_CHUNK = 65536


@dataclass(frozen=True, slots=True)
class Page:
    """What an address answered; `media_type` and `charset` are empty where it does not say."""

    data: bytes
    media_type: str
    charset: str
    address: str


class _Redirects(HTTPRedirectHandler):
    max_redirections = REDIRECTS
    max_repeats = 1

    def redirect_request(  # noqa: PLR0917 - the standard library's signature
        self, req: Request, fp: IO[bytes], code: int, msg: str, headers: object, newurl: str
    ) -> Request | None:
        if not is_address(newurl):
            raise URLError("it leads to something that is no http or https address")
        return super().redirect_request(req, fp, code, msg, headers, newurl)  # type: ignore[arg-type]


class _Watched(HTTPConnection):
    """A connection that is told of, so that it can be closed at the deadline."""

    def __init__(self, host: str, *, opened: list[socket], **more: Any) -> None:
        super().__init__(host, **more)
        self._opened = opened

    def connect(self) -> None:
        super().connect()
        self._opened.append(self.sock)


class _WatchedTLS(HTTPSConnection):
    """The same, encrypted."""

    def __init__(self, host: str, *, opened: list[socket], **more: Any) -> None:
        super().__init__(host, context=ssl.create_default_context(), **more)
        self._opened = opened

    def connect(self) -> None:
        super().connect()
        self._opened.append(self.sock)


class _Connections(HTTPHandler, HTTPSHandler):
    """Opens connections that all end at a deadline, even if they send a byte now and then for ever."""

    def __init__(self) -> None:
        HTTPSHandler.__init__(self)
        self._opened: list[socket] = []

    def http_open(self, req: Request) -> HTTPResponse:
        return self.do_open(_Watched, req, opened=self._opened)  # type: ignore[arg-type]

    def https_open(self, req: Request) -> HTTPResponse:
        return self.do_open(_WatchedTLS, req, opened=self._opened)  # type: ignore[arg-type]

    @contextmanager
    def until(self, seconds: float) -> Iterator[None]:
        """Close what is open when so many seconds are over."""
        timer = Timer(seconds, self._close)
        timer.daemon = True
        timer.start()
        try:
            yield
        finally:
            timer.cancel()

    def _close(self) -> None:
        for opened in self._opened:
            with suppress(OSError):
                opened.shutdown(SHUT_RDWR)


def fetch(address: str, *, timeout: float = TIMEOUT) -> Page:
    """Fetch an address once: up to 10 MB, five redirects, `timeout` seconds.

    The time holds for everything together. Raises `UnfetchedArticle` when there is no answer or another than
    the page, and `ArticleTooLarge`.
    """
    opener, connections = OpenerDirector(), _Connections()
    for handler in (
        ProxyHandler(),
        connections,
        HTTPDefaultErrorHandler(),
        _Redirects(),
        HTTPErrorProcessor(),
    ):
        opener.add_handler(handler)
    end = time.monotonic() + timeout
    try:
        if not urlsplit(address).hostname:
            raise URLError("it names no host")
        request = Request(address, headers={"User-Agent": "musnad", "Accept": "text/html, text/plain;q=0.9"})
        with connections.until(timeout), opener.open(request, timeout=timeout) as answer:
            data = bytearray()
            while part := answer.read1(_CHUNK):
                data += part
                refuse_large(len(data), address, largest=LARGEST_PAGE)
            if time.monotonic() > end:
                raise TimeoutError
            headers = answer.headers
            kind = headers.get_content_type() if headers.get("Content-Type") else ""
            return Page(bytes(data), kind, headers.get_content_charset() or "", answer.geturl())
    except HTTPError as error:
        error.close()
        raise _unfetched(f"the answer was {error.code} {error.reason}", address) from error
    except TimeoutError as error:
        raise _unfetched(f"the answer was not there within {timeout:g} seconds", address) from error
    except (URLError, HTTPException, OSError, ValueError) as error:
        reason = error.reason if isinstance(error, URLError) else error
        if isinstance(reason, TimeoutError) or time.monotonic() > end:
            reason = f"no answer within {timeout:g} seconds"
        raise _unfetched(f"it could not be fetched ({reason or type(error).__name__})", address) from error


def _unfetched(what: str, address: str) -> UnfetchedArticle:
    return UnfetchedArticle(
        what, where=address, remedy="Open it in a browser; if it is there, save the page and read the file."
    )
