"""Who may review: whoever signed in at the address that the server printed, or has the token for scripts."""

from __future__ import annotations

import time
from typing import Final
from urllib.parse import urlsplit

from starlette.requests import Request
from starlette.responses import Response

from musnad.errors import ForeignRequest, SignInNeeded, TooManyAttempts
from musnad.views.review.keys import SESSION_SECONDS, Attempts, Clock, Keys

SCRIPT: Final = "script"
"""What stands for the name of a session where a request brings the token for scripts."""

_PATH: Final = "/review"


class Door:
    """Lets reviewers in, and nobody else; `clock` gives seconds that only ever grow."""

    def __init__(self, clock: Clock = time.monotonic) -> None:
        self.keys = Keys(clock)
        self._attempts = Attempts(clock)

    def admit(self, request: Request) -> str:
        """Give the name of the session that a request belongs to, or `SCRIPT`.

        Raises `SignInNeeded`, `TooManyAttempts`, and `ForeignRequest` for what a browser sends that holds a
        session, but from no page of this server.
        """
        if "authorization" in request.headers:
            self._wait(request)
            scheme, _, secret = request.headers["authorization"].partition(" ")
            if scheme.lower() == "bearer" and self.keys.is_token(secret.strip()):
                return SCRIPT
            raise self._failed(request, "this is not the token that the server printed")
        secret = request.cookies.get(_cookie(request), "")
        session = self.keys.session(secret) if secret else None
        if session is not None:
            if request.method not in ("GET", "HEAD") and not _is_own(request):
                raise ForeignRequest(
                    "this was not sent by a page of this server",
                    remedy="Decide in the server's own pages; scripts send the token instead of a cookie.",
                )
            return session
        if secret:
            self._wait(request)
            raise self._failed(request, "this session has ended")
        raise SignInNeeded(
            "only a reviewer who has signed in sees this",
            remedy="Open the address that the server printed when it started.",
        )

    def sign_in(self, request: Request, answer: Response) -> None:
        """Sign in with the secret of the address, and put the session into an answer's cookie.

        Raises `SignInNeeded` for a secret that is none or spent, and `TooManyAttempts`.
        """
        self._wait(request)
        session = self.keys.sign_in(request.query_params.get("key", ""))
        if session is None:
            raise self._failed(request, "this address was used before, or never was good")
        answer.set_cookie(
            _cookie(request),
            session,
            max_age=SESSION_SECONDS,
            path=_PATH,
            secure=request.url.scheme == "https",
            httponly=True,
            samesite="strict",
        )

    def sign_out(self, session: str, request: Request, answer: Response) -> None:
        """End a session."""
        if session != SCRIPT:
            self.keys.sign_out(session)
        answer.delete_cookie(_cookie(request), path=_PATH, httponly=True, samesite="strict")

    def _wait(self, request: Request) -> None:
        seconds = self._attempts.wait(_address(request))
        if seconds:
            raise TooManyAttempts(
                "too many wrong secrets came from here",
                seconds=seconds,
                remedy=f"Try again in {seconds} seconds.",
            )

    def _failed(self, request: Request, what: str) -> SignInNeeded:
        self._attempts.fail(_address(request))
        return SignInNeeded(
            what,
            remedy="Open the address that the server printed when it started, which is good once; whoever "
            "holds the token for scripts gets another by a POST to /review/sign-in.",
        )


def _address(request: Request) -> str:
    return request.client.host if request.client else ""


def _cookie(request: Request) -> str:
    # Servers at other ports of this machine share the cookies: each has a name of its own.
    return f"musnad-review-{request.url.port or 80}"


def _is_own(request: Request) -> bool:
    """Tell whether a page of this very server sent this: browsers say so with every POST."""
    origin = request.headers.get("origin")
    site = request.headers.get("sec-fetch-site", "same-origin")
    return (
        origin is not None
        and urlsplit(origin).netloc == request.headers.get("host")
        and site == "same-origin"
    )
