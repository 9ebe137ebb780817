"""Work for many machines: lots go to the workers of a Dask cluster, and results come back in the lots' order.

A lot is what a worker can lose: when one dies, the scheduler gives its lots to others. A lot that several
workers died of is taken apart, so that the one thing that is to blame is told, and no other. All that a
worker needs comes with the lot, so that workers have no folder in common with the program.
"""

from __future__ import annotations

import re
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from importlib import import_module
from importlib.metadata import version
from types import TracebackType
from typing import Any, Final, Self, TypeVar

from musnad.errors import ClusterLost, ClusterMismatch, ClusterUnreachable, InvalidCluster, MissingExtra

__all__ = ["Workers"]

WAIT: Final = 60  # seconds without any worker after which there is no hope of one
LOOPBACK: Final = "127.0.0.1:0"
_HELD: Final = 3  # lots a worker's thread, given out or done and not yet asked for: what bounds memory
_LOCAL: Final = re.compile(r"local:([1-9][0-9]{0,2})")
_ADDRESS: Final = re.compile(r"(tcp|tls|ucx)://[^\s/]+:[0-9]+")

T = TypeVar("T")
R = TypeVar("R")


class Workers:
    """The workers of a cluster: that of a scheduler's address, or `local:N` processes on this machine.

    Raises:
        InvalidCluster: `where` is neither.
        MissingExtra: the extra `cluster` is not installed.
        ClusterUnreachable: no scheduler answers there, or it has no worker.
        ClusterMismatch: a worker has another version of musnad, or none.
    """

    def __init__(self, where: str) -> None:
        local = _LOCAL.fullmatch(where)
        if not local and not _ADDRESS.fullmatch(where):
            raise InvalidCluster(
                f"“{where}” is no cluster",
                remedy="Give a scheduler's address, such as tcp://10.0.0.1:8786, or local:2 for two "
                "processes on this machine.",
            )
        try:
            distributed: Any = import_module("distributed")
        except ModuleNotFoundError as error:
            raise MissingExtra(
                "a cluster needs a package that is not here", remedy="pip install 'musnad[cluster]'"
            ) from error
        self._cluster: Any = None
        try:
            if local:
                self._cluster = distributed.LocalCluster(
                    n_workers=int(local[1]), threads_per_worker=1, dashboard_address=LOOPBACK, processes=True
                )
            self._client: Any = distributed.Client(self._cluster or where, timeout=WAIT, set_as_default=False)
            self._client.wait_for_workers(1, timeout=WAIT)
        except (OSError, TimeoutError) as error:
            self.close()
            raise ClusterUnreachable(
                f"no scheduler with a worker answered within {WAIT} s",
                where=where,
                remedy="Check the address, and that `dask worker` runs on at least one machine.",
            ) from error
        self._where = where
        self._check_versions()

    def map(
        self, work: Callable[[list[T]], list[R]], lots: Iterable[list[T]], lost: Callable[[T], R]
    ) -> Iterator[list[R]]:
        """Give `work(lot)` for each lot, in order.

        `lost` gives what stands for a thing that several workers died of.

        Raises `ClusterLost` when no worker is left.
        """
        given: deque[tuple[list[T], Any]] = deque()

        def take() -> list[R]:
            from distributed.scheduler import KilledWorker

            lot, future = given.popleft()
            try:
                done: list[R] = self._wait(future.result)
                return done
            except KilledWorker:
                # Whatever waited at the worker that died is under suspicion: each has another try, with no
                # other beside it.
                for _, other in given:
                    self._wait(other.exception)
                return [self._alone(work, thing, lost) for thing in lot]

        for lot in lots:
            given.append((lot, self._submit(work, lot)))
            if len(given) >= _HELD * self.hands:
                yield take()
        while given:
            yield take()

    @property
    def hands(self) -> int:
        """How many lots are worked on at a time."""
        found: dict[str, int] = self._client.ncores()
        return max(1, sum(found.values()))

    def _submit(self, work: Callable[[list[T]], list[R]], lot: list[T]) -> Any:
        # Two lots may be equal, and what is read is not to be kept by the workers.
        return self._client.submit(work, lot, pure=False)

    def _alone(self, work: Callable[[list[T]], list[R]], thing: T, lost: Callable[[T], R]) -> R:
        from distributed.scheduler import KilledWorker

        try:
            done: list[R] = self._wait(self._submit(work, [thing]).result)
            return done[0]
        except KilledWorker:
            return lost(thing)

    def _wait(self, answer: Callable[..., Any]) -> Any:
        while True:
            try:
                return answer(timeout=WAIT)
            except TimeoutError as error:
                if not self._client.ncores():
                    raise ClusterLost(
                        f"the cluster has had no worker for {WAIT} s",
                        where=self._where,
                        remedy="Start workers, and run the command again: it goes on where it stopped.",
                    ) from error

    def _check_versions(self) -> None:
        ours = version("musnad")
        for worker, theirs in self._client.run(_version).items():
            if theirs != ours:
                self.close()
                raise ClusterMismatch(
                    f"a worker has musnad {theirs}, and this is musnad {ours}",
                    where=worker,
                    remedy="Install the same version on all machines: they have to read alike.",
                )

    def close(self) -> None:
        """Leave the cluster; one that was made here ends."""
        for end in (getattr(self, "_client", None), self._cluster):
            if end is not None:
                end.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self.close()


def _version() -> str:
    from importlib.metadata import PackageNotFoundError

    try:
        return version("musnad")
    except PackageNotFoundError:
        return "of no version"
