"""The same store from a cluster as from one process, whatever becomes of the workers."""

from __future__ import annotations

import os
import signal
import sys
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import AbstractContextManager, nullcontext
from pathlib import Path
from typing import TypeVar, cast

import distributed
import pytest

from collection.test_building import build_into, content_of, folder
from findings.test_corpora import write
from musnad.cli.main import run
from musnad.collection import Workers, build, building, cluster, concluding, open_collection
from musnad.errors import (
    ClusterLost,
    ClusterMismatch,
    ClusterUnreachable,
    InvalidCluster,
    InvalidRecord,
    MissingExtra,
    MusnadError,
)
from musnad.findings.sharing import share_out

T = TypeVar("T")
R = TypeVar("R")
__all__ = ["folder"]  # the fixture


class KillingAfter:
    """Kills one worker after so many articles."""

    def __init__(self, articles: int, kill: Callable[[], None]) -> None:
        self.articles = articles
        self.kill = kill

    def over(self, things: Iterable[T], _total: Callable[[], int | None], _doing: str) -> Iterator[T]:
        for thing in things:
            yield thing
            self.articles -= 1
            if self.articles == 0:
                self.kill()

    def busy(self, _doing: str) -> AbstractContextManager[None]:
        return nullcontext()


@pytest.fixture(scope="module")
def local() -> Iterator[Workers]:
    """Give two processes of this machine as a cluster."""
    with Workers("local:2") as workers:
        yield workers


@pytest.fixture(autouse=True)
def small_lots(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(building, "LOT", 2)


def pids(workers: Workers) -> list[int]:
    return sorted(workers._client.run(os.getpid).values())


def when_two_are_there(workers: Workers) -> list[int]:
    """Wait until another worker has taken the place of one that was killed."""
    deadline = time.monotonic() + 60
    while len(there := pids(workers)) < 2 and time.monotonic() < deadline:
        time.sleep(0.2)
    return there


def test_cluster_builds_what_one_process_builds(local: Workers, folder: Path, tmp_path: Path) -> None:
    built = build([folder], lambda: open_collection(tmp_path / "a.musnad"), there=False, workers=local)
    alone = build_into(tmp_path / "b.musnad", folder)
    assert built == alone
    assert content_of(tmp_path / "a.musnad") == content_of(tmp_path / "b.musnad")
    again = build([folder], lambda: open_collection(tmp_path / "a.musnad"), there=True, workers=local)
    assert (again.articles, again.kept) == (0, 11)


@pytest.mark.parametrize("after", [1, 15])
def test_worker_that_dies_changes_nothing(local: Workers, folder: Path, tmp_path: Path, after: int) -> None:
    before = pids(local)
    killing = KillingAfter(after, lambda: os.kill(before[0], signal.SIGKILL))
    built = build(
        [folder], lambda: open_collection(tmp_path / "a.musnad"), there=False, workers=local, shown=killing
    )
    assert killing.articles < 0
    assert built == build_into(tmp_path / "b.musnad", folder)
    assert content_of(tmp_path / "a.musnad") == content_of(tmp_path / "b.musnad")
    assert before[0] not in when_two_are_there(local)


def test_worker_that_dies_changes_no_finding(
    local: Workers, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The shares are small and many, and one worker is killed while others are still to be given out."""
    corpus = tmp_path / "corpus.jsonl"
    corpus.write_text(write("--claims", "200"), encoding="utf-8")
    build_into(tmp_path / "a.musnad", corpus)
    expected = content_of(tmp_path / "a.musnad")
    monkeypatch.setattr(concluding, "share_out", lambda facts, hands: share_out(facts, 1, hands=hands))
    before = pids(local)
    shares: list[int] = []

    class Killing:
        hands = 2

        def map(
            self, work: Callable[[list[T]], list[R]], lots: Iterable[list[T]], lost: Callable[[T], R]
        ) -> Iterator[list[R]]:
            for number, found in enumerate(local.map(work, lots, lost)):
                if number == 0:
                    os.kill(before[0], signal.SIGKILL)
                shares.append(number)
                yield found

    with open_collection(tmp_path / "a.musnad") as news:
        news.begin()
        news.conclude(cast(Workers, Killing()))
    assert len(shares) > 6
    assert content_of(tmp_path / "a.musnad") == expected
    assert before[0] not in when_two_are_there(local)


def test_share_that_no_worker_outlives_is_looked_at_here(folder: Path, tmp_path: Path) -> None:
    build_into(tmp_path / "a.musnad", folder)
    expected = content_of(tmp_path / "a.musnad")

    class Fatal:
        hands = 1

        def map(
            self, _work: Callable[[list[T]], list[R]], lots: Iterable[list[T]], lost: Callable[[T], R]
        ) -> Iterator[list[R]]:
            for lot in lots:
                yield [lost(thing) for thing in lot]

    with open_collection(tmp_path / "a.musnad") as news:
        news.begin()
        news.conclude(cast(Workers, Fatal()))
    assert content_of(tmp_path / "a.musnad") == expected


def test_problems_of_records_are_told_as_by_one_process(local: Workers, folder: Path, tmp_path: Path) -> None:
    path = folder / "camps-1.json"
    path.write_text(path.read_text(encoding="utf-8").replace("security:", "safety:"), encoding="utf-8")
    (folder / "camps-3.json").write_text("{}{", encoding="utf-8")
    told = []
    for workers in (None, local):
        with pytest.raises(MusnadError) as caught:
            build([folder], lambda: open_collection(tmp_path / "x"), there=False, workers=workers)
        told.append(str(caught.value))
    assert told[0] == told[1]
    (folder / "camps-3.json").unlink()
    told = []
    for workers in (None, local):
        with pytest.raises(InvalidRecord) as invalid:
            build([folder], lambda: open_collection(tmp_path / "x"), there=False, workers=workers)
        told.append(str(invalid.value))
    assert told[0] == told[1]
    assert "safety:" in told[0]
    assert not (tmp_path / "x").exists()


def test_article_that_cannot_be_read_is_told(local: Workers, folder: Path, tmp_path: Path) -> None:
    (folder / "undated.txt").write_text("The port is closed.", encoding="utf-8")
    told: list[MusnadError] = []
    built = build(
        [folder],
        lambda: open_collection(tmp_path / "x"),
        there=False,
        workers=local,
        tell=told.append,
    )
    assert (built.articles, built.failed) == (11, 1)
    assert [error.code for error in told] == ["M606"]


def fatal(lot: list[int]) -> list[int]:
    """End the process at a three."""
    if 3 in lot:
        os._exit(1)
    return [-number for number in lot]


def test_thing_that_no_worker_outlives_is_told_and_no_other(local: Workers) -> None:
    lots = [[1, 2], [3, 4], [5]]
    assert list(local.map(fatal, lots, lambda number: number * 100)) == [[-1, -2], [300, -4], [-5]]


def test_lots_are_given_out_as_results_are_taken(local: Workers) -> None:
    given = 0

    def lots() -> Iterator[list[int]]:
        nonlocal given
        for number in range(100, 200):
            given += 1
            yield [number]

    results = local.map(fatal, lots(), lambda number: number)
    assert next(results) == [-100]
    assert given <= 2 * 3
    results.close()  # type: ignore[attr-defined]


def test_scheduler_is_reached_by_its_address(local: Workers, folder: Path, tmp_path: Path) -> None:
    address = local._cluster.scheduler_address
    with Workers(address) as workers:
        build([folder], lambda: open_collection(tmp_path / "a.musnad"), there=False, workers=workers)
    build_into(tmp_path / "b.musnad", folder)
    assert content_of(tmp_path / "a.musnad") == content_of(tmp_path / "b.musnad")


@pytest.mark.parametrize(
    "where", ["local", "local:0", "local:x", "10.0.0.1:8786", "tcp://host", "http://a:1", ""]
)
def test_what_is_no_cluster_is_refused(where: str) -> None:
    with pytest.raises(InvalidCluster):
        Workers(where)


def test_scheduler_that_does_not_answer_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cluster, "WAIT", 1)
    with pytest.raises(ClusterUnreachable, match="no scheduler with a worker answered"):
        Workers("tcp://127.0.0.1:9")


def test_cluster_without_a_worker_left_is_told(local: Workers, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cluster, "WAIT", 1)
    with distributed.LocalCluster(  # type: ignore[no-untyped-call]
        n_workers=1, threads_per_worker=1, processes=False, protocol="tcp", dashboard_address=cluster.LOOPBACK
    ) as small:
        with (
            pytest.raises(ClusterUnreachable),
            distributed.LocalCluster(  # type: ignore[no-untyped-call]
                n_workers=0, processes=False, protocol="tcp", dashboard_address=cluster.LOOPBACK
            ) as none,
        ):
            Workers(none.scheduler_address)
        with Workers(small.scheduler_address) as workers:
            assert list(workers.map(fatal, [[1]], abs)) == [[-1]]
            small.scale(0)
            deadline = time.monotonic() + 20
            while workers._client.ncores() and time.monotonic() < deadline:
                time.sleep(0.1)
            with pytest.raises(ClusterLost, match="no worker"):
                list(workers.map(fatal, [[1]], abs))


def test_worker_of_another_version_is_refused(local: Workers, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cluster, "version", lambda _: "0.0.9")
    with pytest.raises(ClusterMismatch, match=r"this is musnad 0\.0\.9"):
        Workers(local._cluster.scheduler_address)


def test_missing_extra_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "distributed", None)
    with pytest.raises(MissingExtra, match="cluster"):
        Workers("local:1")


def test_command_builds_on_a_cluster(local: Workers, folder: Path, tmp_path: Path) -> None:
    store = tmp_path / "a.musnad"
    command = ["build", str(folder), "--store", str(store)]
    assert run([*command, "--cluster", local._cluster.scheduler_address]) == 0
    build_into(tmp_path / "b.musnad", folder)
    assert content_of(store) == content_of(tmp_path / "b.musnad")


@pytest.mark.parametrize("options", [["--cluster", "nowhere"], ["--cluster", "local:2", "--jobs", "2"]])
def test_command_refuses_what_is_no_cluster(folder: Path, tmp_path: Path, options: list[str]) -> None:
    assert run(["build", str(folder), "--store", str(tmp_path / "x"), *options]) == 2
    assert not (tmp_path / "x").exists()
