"""Fetching the page whose address a person gave, once; nothing else of the reader opens a connection."""

from __future__ import annotations

import time
from dataclasses import dataclass
from http.client import HTTPException
from typing import IO
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


def fetch(address: str, *, timeout: float = TIMEOUT) -> Page:
    """Fetch an address once: up to 10 MB, five redirects, `timeout` seconds.

    The time holds for each answer of the network, and for the page to arrive. Raises `UnfetchedArticle` when
    there is no answer or another than the page, and `ArticleTooLarge`.
    """
    opener = OpenerDirector()
    for handler in (
        ProxyHandler(),
        HTTPHandler(),
        HTTPSHandler(),
        HTTPDefaultErrorHandler(),
        _Redirects(),
        HTTPErrorProcessor(),
    ):
        opener.add_handler(handler)
    request = Request(address, headers={"User-Agent": "musnad", "Accept": "text/html, text/plain;q=0.9"})
    end = time.monotonic() + timeout
    try:
        if not urlsplit(address).hostname:
            raise URLError("it names no host")
        with opener.open(request, timeout=timeout) as answer:
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
        if isinstance(reason, TimeoutError):
            reason = f"no answer within {timeout:g} seconds"
        raise _unfetched(f"it could not be fetched ({reason or type(error).__name__})", address) from error


def _unfetched(what: str, address: str) -> UnfetchedArticle:
    return UnfetchedArticle(
        what, where=address, remedy="Open it in a browser; if it is there, save the page and read the file."
    )
