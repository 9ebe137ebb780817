"""The secrets of one server: an address that signs in once, a token for scripts, sessions, failures."""

from __future__ import annotations

import hmac
import math
import secrets
from collections import OrderedDict
from collections.abc import Callable, Iterable
from hashlib import sha256
from typing import Final

SESSION_SECONDS: Final = 12 * 3600
_BYTES: Final = 32
_MOST: Final = 100  # sessions, and addresses to sign in at: those made first go first
_ATTEMPTS: Final = 10  # that may fail in a row
_SECONDS_PER_ATTEMPT: Final = 6.0  # after which one more may
_MOST_ADDRESSES: Final = 1000

Clock = Callable[[], float]
"""Gives seconds that only ever grow."""


class Keys:
    """The secrets of one server. They are random, kept as their SHA-256 alone, and compared in constant time.

    They end with the server: nothing of them is written anywhere.
    """

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._once: OrderedDict[bytes, None] = OrderedDict()
        self._token = b""
        self._sessions: OrderedDict[bytes, float] = OrderedDict()

    def make_token(self) -> str:
        """Make the token for scripts; one that was made before no longer counts."""
        secret = secrets.token_urlsafe(_BYTES)
        self._token = _hash(secret)
        return secret

    def make_once(self) -> str:
        """Make a secret that is good for signing in a single time."""
        secret = secrets.token_urlsafe(_BYTES)
        self._once[_hash(secret)] = None
        _shorten(self._once)
        return secret

    def is_token(self, secret: str) -> bool:
        """Tell whether this is the token for scripts."""
        return bool(self._token) and _find(secret, [self._token]) is not None

    def sign_in(self, once: str) -> str | None:
        """Spend a secret made by `make_once`; gives that of a new session, None where there is no such."""
        found = _find(once, self._once)
        if found is None or self._once.pop(found, self) is self:
            return None
        secret = secrets.token_urlsafe(_BYTES)
        self._sessions[_hash(secret)] = self._clock() + SESSION_SECONDS
        _shorten(self._sessions)
        return secret

    def session(self, secret: str) -> str | None:
        """Give the name of a session by its secret, the same each time; None where there is none."""
        now = self._clock()
        for name in [name for name, end in self._sessions.items() if end < now]:
            self._sessions.pop(name, None)
        found = _find(secret, self._sessions)
        return None if found is None else found.hex()

    def sign_out(self, session: str) -> None:
        """End a session, by its name."""
        self._sessions.pop(bytes.fromhex(session), None)


class Attempts:
    """How often each address has given a wrong secret: ten times in a row, then once in six seconds."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._failed: OrderedDict[str, tuple[float, float]] = OrderedDict()

    def wait(self, address: str) -> int:
        """Give the seconds after which this address may try again; 0 for now."""
        excess = self._count(address) - (_ATTEMPTS - 1)
        return math.ceil(excess * _SECONDS_PER_ATTEMPT) if excess > 0 else 0

    def fail(self, address: str) -> None:
        """Count an attempt that failed."""
        self._failed[address] = (self._count(address) + 1, self._clock())
        self._failed.move_to_end(address)
        _shorten(self._failed, _MOST_ADDRESSES)

    def _count(self, address: str) -> float:
        count, at = self._failed.get(address, (0.0, 0.0))
        return max(0.0, count - (self._clock() - at) / _SECONDS_PER_ATTEMPT)


def _hash(secret: str) -> bytes:
    # Plain, without salt and rounds: what is hashed is 256 random bits, which nobody guesses.
    return sha256(secret.encode("utf-8", "surrogatepass")).digest()


def _find(secret: str, known: Iterable[bytes]) -> bytes | None:
    """Find the hash of a secret; all are looked at, so that the time tells nothing."""
    wanted, found = _hash(secret), None
    for one in list(known):
        if hmac.compare_digest(one, wanted):
            found = one
    return found


def _shorten(
    kept: OrderedDict[bytes, None] | OrderedDict[bytes, float] | OrderedDict[str, tuple[float, float]],
    most: int = _MOST,
) -> None:
    while len(kept) > most:
        kept.popitem(last=False)
