"""Who may look at a store that now and then is written to: many readers at once, or one writer alone."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager


class Gate:
    """Lets threads in that read, and keeps all of them out while one writes.

    Whoever is in and asks again would wait for a writer who waits for them: go in once.
    """

    def __init__(self) -> None:
        self._turn = threading.Condition()
        self._reading = 0
        self._writers = 0  # those that write or wait to: readers that come later wait behind them
        self._writing = threading.Lock()

    @contextmanager
    def reading(self) -> Iterator[None]:
        """Be in together with other readers."""
        with self._turn:
            self._turn.wait_for(lambda: not self._writers)
            self._reading += 1
        try:
            yield
        finally:
            with self._turn:
                self._reading -= 1
                self._turn.notify_all()

    @contextmanager
    def writing(self) -> Iterator[None]:
        """Be in alone."""
        with self._turn:
            self._writers += 1
        try:
            with self._writing:
                with self._turn:
                    self._turn.wait_for(lambda: not self._reading)
                yield
        finally:
            with self._turn:
                self._writers -= 1
                self._turn.notify_all()
