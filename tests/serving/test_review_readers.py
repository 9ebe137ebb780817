"""Review while others read, and drafts that mean harm."""

from __future__ import annotations

import json
import re
import socket
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from pathlib import Path

import httpx

from musnad.collection import open_collection
from serving.conftest import SEED, serve_review
from serving.reviewing import Desk

HOSTILE = "<script>alert(1)</script>\"'><img src=x onerror=alert(1)>"


def test_readers_and_queries_see_the_state_before_or_after_and_never_between(desk: Desk) -> None:
    heaviest = desk.queue(order="weight")[0]
    name = heaviest["claim"].rpartition("/")[2]
    query = (
        f"SELECT (COUNT(DISTINCT ?f) AS ?n) (COUNT(DISTINCT ?c) AS ?m) {{ "
        f"{{ ?f a m:Finding }} UNION {{ VALUES ?c {{ <{heaviest['claim']}> }} ?c a m:Claim }} }}"
    )

    def counts() -> tuple[int, int]:
        row = desk.ask(query)[0]
        return int(row["n"]["value"]), int(row["m"]["value"])

    before = counts()
    with_claim = desk.people.get("/questions").text
    decided = desk.script.post(f"{desk.place(heaviest)}/reject", json={}).json()["decisions"][0]
    after = counts()
    without_claim = desk.people.get("/questions").text
    desk.script.post("/review/undo", json={"decision": decided["decision"]})
    over = threading.Event()
    seen: list[object] = []
    pages: list[str] = []
    failed: list[int] = []

    def watch(look: Callable[[], None]) -> None:
        while not over.is_set():
            look()

    def read_pages() -> None:
        answer = httpx.get(f"{desk.address}/questions", trust_env=False, timeout=60)
        pages.append(answer.text if answer.status_code == 200 else str(answer.status_code))
        status = httpx.get(f"{desk.address}/claim/{name}", trust_env=False, timeout=60).status_code
        if status not in (200, 404):
            failed.append(status)

    with ThreadPoolExecutor(3) as readers:
        looking = [readers.submit(watch, look) for look in (lambda: seen.append(counts()), read_pages)]
        try:
            for _ in range(3):
                made = desk.script.post(f"{desk.place(heaviest)}/reject", json={}).json()["decisions"][0]
                desk.script.post("/review/undo", json={"decision": made["decision"]})
        finally:
            over.set()
        for one in looking:
            one.result()
    assert set(seen) <= {before, after}
    assert set(pages) <= {with_claim, without_claim}
    assert failed == []
    assert counts() == before


def test_connections_are_closed_although_processes_were_forked_anew(desk: Desk) -> None:
    draft = desk.queue()[0]
    with httpx.Client(base_url=desk.address, trust_env=False, timeout=60) as other:
        other.get("/health")
        made = desk.script.post(f"{desk.place(draft)}/accept", json={}).json()["decisions"][0]
        # The end of this answer is the end of the connection: a process that has it open would keep it back.
        answer = other.get("/health", headers={"Connection": "close"})
        assert answer.status_code == 200
        raw = b"GET /health HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n\r\n"
        host, port = desk.address.removeprefix("http://").split(":")
        with socket.create_connection((host, int(port)), timeout=10) as connection:
            connection.sendall(raw)
            content = b""
            while part := connection.recv(65536):
                content += part
        assert json.loads(content.rpartition(b"\r\n\r\n")[2])["status"] == "ok"
    desk.script.post("/review/undo", json={"decision": made["decision"]})


def test_decisions_tell_the_moment_they_were_taken(desk: Desk) -> None:
    draft = desk.queue()[0]
    begun = datetime.now(UTC).replace(microsecond=0)
    made = desk.script.post(f"{desk.place(draft)}/accept", json={}).json()["decisions"][0]
    assert begun <= datetime.fromisoformat(made["at"]) <= datetime.now(UTC)
    desk.script.post("/review/undo", json={"decision": made["decision"]})


def test_hostile_drafts_do_not_become_scripts(tmp_path: Path) -> None:
    record = json.loads((SEED.parents[1] / "tests" / "records" / "market-blast-first-day.json").read_text())
    record["review"]["status"] = "draft"
    for source in record["sources"]:
        source.pop("labels", None)
    for entity in record["entities"]:
        entity["name"] = f"{entity['name']} {HOSTILE}"
        entity.pop("labels", None)
    path = tmp_path / "hostile.json"
    path.write_text(json.dumps(record, ensure_ascii=False), encoding="utf-8")
    with open_collection(tmp_path / "hostile.musnad") as news:
        news.add(path)
    with (
        serve_review(tmp_path / "hostile.musnad") as served,
        httpx.Client(base_url=served.address, trust_env=False, timeout=60) as people,
    ):
        people.get(served.once)
        page = people.get("/review").text
        places = sorted(set(re.findall(r"/review/draft/\w+", page)))
        assert "&lt;script&gt;" in page
        for place in ["/review", "/review/bulk", *places[:3]]:
            given = {"verdict": "accept"}
            hostile = {**given, "lang": "ar", "says": HOSTILE, "done": HOSTILE}
            for found in (people.get(place, params=given), people.get(place, params=hostile)):
                assert found.status_code == 200
                assert "<script>alert" not in found.text
                assert "<img src=x" not in found.text
