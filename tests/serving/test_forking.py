"""The process that queries are forked from, made anew after a write; readers and the one who writes."""

from __future__ import annotations

import asyncio
import tempfile
import threading
import time
from pathlib import Path
from typing import IO, Any

import httpx
import pytest
from starlette.applications import Starlette

from musnad.views.endpoint import Endpoint, ForkServer, Limits, forking
from musnad.views.endpoint.evaluation import FAILED
from musnad.views.endpoint.gate import Gate
from musnad.views.endpoint.metrics import Metrics


def ask(forks: ForkServer, job: dict[str, Any]) -> dict[str, Any]:
    """Have one job done."""

    async def run() -> dict[str, Any]:
        forks._slots = None  # each call here has a loop of its own
        with tempfile.TemporaryFile() as answer:
            return await forks.run(job, answer)

    return asyncio.run(run())


def test_jobs_see_what_was_written_before_the_process_was_made_anew() -> None:
    held = {"value": 1}
    forks = ForkServer(lambda job, answer: dict(held), Limits(), proof={})
    assert ask(forks, {}) == {"value": 1}
    held["value"] = 2
    assert ask(forks, {}) == {"value": 1}
    former = forks.process
    with forks.renewed():
        held["value"] = 3
    assert forks.process != former
    assert forks.alive()
    assert ask(forks, {}) == {"value": 3}
    forks.close()


def test_no_job_starts_while_something_is_written() -> None:
    forks = ForkServer(lambda job, answer: {"at": time.monotonic()}, Limits(), proof={})
    begun, told = threading.Event(), []

    def asking() -> None:
        begun.set()
        told.append(ask(forks, {})["at"])

    thread = threading.Thread(target=asking)
    with forks.renewed():
        thread.start()
        begun.wait(10)
        time.sleep(0.1)
        assert told == []
        assert forks.alive()
        ended = time.monotonic()
    thread.join(20)
    assert told[0] > ended
    forks.close()


def test_process_that_does_not_answer_is_forked_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    # As if the engine had held a lock in the moment of the first fork.
    hung = tmp_path / "hung"

    def work(job: dict[str, Any], answer: IO[bytes]) -> dict[str, Any]:
        if job.get("proof") and not hung.exists():
            hung.touch()
            time.sleep(60)
        return {"done": True}

    monkeypatch.setattr(forking, "_LEFT_FOR_PROOF", 0.5)
    forks = ForkServer(work, Limits(seconds=2), proof={"proof": True})
    with forks.renewed():
        pass
    assert hung.exists()
    assert ask(forks, {}) == {"done": True}
    forks.close()


def test_where_no_process_answers_jobs_fail_and_health_says_so(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def work(job: dict[str, Any], answer: IO[bytes]) -> dict[str, Any]:
        raise ValueError("no")

    monkeypatch.setattr(forking, "_LEFT_FOR_PROOF", 0.5)
    forks = ForkServer(work, Limits(seconds=2), proof={})
    with forks.renewed():
        pass
    assert not forks.alive()
    assert "does not answer" in caplog.text
    with pytest.raises(OSError, match=r"."):
        ask(forks, {})


def test_query_that_failed_for_files_that_are_gone_is_answered_from_those_there_are(tmp_path: Path) -> None:
    failed, forks_made = tmp_path / "failed", []

    def work(job: dict[str, Any], answer: IO[bytes]) -> dict[str, Any]:
        answer.write(b"half" if not failed.exists() else b"ok")
        if not failed.exists():
            failed.touch()
            return {"failure": FAILED, "why": "No such file or directory: 000042.sst"}
        return {"media_type": "text/csv"}

    forks = ForkServer(work, Limits())

    def refresh() -> None:
        with forks.renewed():
            forks_made.append(forks.process)

    app = Starlette(routes=Endpoint(forks, Metrics(), triples=0, refresh=refresh).routes())

    async def ask_twice() -> list[httpx.Response]:
        transport = httpx.ASGITransport(app)
        async with httpx.AsyncClient(transport=transport, base_url="http://127.0.0.1") as client:
            first = await client.get("/sparql", params={"query": "ASK { ?s ?p ?o }"})
            failed.unlink()
            return [first, await client.get("/sparql", params={"query": "ASK { ?s ?p ?o }"})]

    first, second = asyncio.run(ask_twice())
    assert (first.status_code, first.text) == (200, "ok")
    # What fails again at once is told, and not tried for ever.
    assert second.status_code == 503
    assert second.headers["Retry-After"] == "2"
    assert len(forks_made) == 1
    forks.close()


def test_queries_that_fail_together_are_all_tried_once_more(tmp_path: Path) -> None:
    """One of them has the files read anew; the others need not have it done again."""
    mended, forks_made = tmp_path / "mended", []

    def work(job: dict[str, Any], answer: IO[bytes]) -> dict[str, Any]:
        if not mended.exists():
            time.sleep(0.3)
            return {"failure": FAILED, "why": "No such file or directory: 000042.sst"}
        answer.write(b"ok")
        return {"media_type": "text/csv"}

    forks = ForkServer(work, Limits())

    def refresh() -> None:
        with forks.renewed():
            mended.touch()
            forks_made.append(forks.process)

    app = Starlette(routes=Endpoint(forks, Metrics(), triples=0, refresh=refresh).routes())

    async def ask_together() -> list[httpx.Response]:
        transport = httpx.ASGITransport(app)
        async with httpx.AsyncClient(transport=transport, base_url="http://127.0.0.1") as client:
            asked = {"query": "ASK { ?s ?p ?o }"}
            return list(await asyncio.gather(*(client.get("/sparql", params=asked) for _ in range(2))))

    answers = asyncio.run(ask_together())
    assert [(answer.status_code, answer.text) for answer in answers] == [(200, "ok")] * 2
    assert len(forks_made) == 1
    forks.close()


def test_gate_lets_readers_in_together_and_a_writer_alone() -> None:
    gate = Gate()
    inside, most, seen = [0], [0], []
    lock = threading.Lock()

    def read() -> None:
        for _ in range(50):
            with gate.reading():
                with lock:
                    inside[0] += 1
                    most[0] = max(most[0], inside[0])
                time.sleep(0.0005)
                with lock:
                    inside[0] -= 1

    def write() -> None:
        for _ in range(20):
            with gate.writing():
                seen.append(inside[0])
                time.sleep(0.0005)
                seen.append(inside[0])

    threads = [threading.Thread(target=work) for work in (read, read, read, read, write, write)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
        assert not thread.is_alive()
    assert set(seen) == {0}
    assert most[0] > 1
