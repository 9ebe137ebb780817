"""Things read before, kept for the next look up to a bound."""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Callable, Hashable, Iterable, Mapping
from typing import Generic, TypeVar

K = TypeVar("K", bound=Hashable)
T = TypeVar("T")


class Kept(Generic[K, T]):
    """Things by their keys, up to `most` in weight together; the one asked for longest ago goes first.

    A thing that would take more than an eighth of the room is not kept. Several threads may ask at once.

    >>> kept = Kept(16, len)
    >>> kept.fill(["b", "a"], lambda keys: {key: key for key in keys})
    {'a': 'a', 'b': 'b'}
    >>> kept.put("c", "too long"), kept.get("c"), kept.get("a")
    (None, None, 'a')
    """

    def __init__(self, most: int, weigh: Callable[[T], int] = lambda _: 1) -> None:
        self._most = most
        self._weigh = weigh
        self._held = 0
        self._things: OrderedDict[K, tuple[T, int]] = OrderedDict()
        self._lock = threading.Lock()

    def get(self, key: K) -> T | None:
        """Give a thing that is kept."""
        with self._lock:
            found = self._things.get(key)
            if found is None:
                return None
            self._things.move_to_end(key)
            return found[0]

    def put(self, key: K, thing: T) -> None:
        """Keep a thing, unless it would take too much of the room."""
        weight = self._weigh(thing)
        if weight > max(1, self._most // 8):
            return
        with self._lock:
            if key in self._things:
                self._held -= self._things.pop(key)[1]
            self._things[key] = (thing, weight)
            self._held += weight
            while self._held > self._most:
                self._held -= self._things.popitem(last=False)[1][1]

    def clear(self) -> None:
        """Keep nothing any more."""
        with self._lock:
            self._things.clear()
            self._held = 0

    def fill(self, keys: Iterable[K], read: Callable[[list[K]], Mapping[K, T]]) -> dict[K, T]:
        """Give those things that there are, reading at once, and keeping, those that are not kept."""
        found: dict[K, T] = {}
        unread = []
        for key in dict.fromkeys(keys):
            thing = self.get(key)
            if thing is None:
                unread.append(key)
            else:
                found[key] = thing
        if unread:
            fresh = read(sorted(unread))  # type: ignore[type-var]
            for key, thing in fresh.items():
                self.put(key, thing)
            found.update(fresh)
        return found
