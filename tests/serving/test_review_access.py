"""Who may review: signing in, sessions, tokens, attempts, and what other pages send."""

from __future__ import annotations

import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import httpx
import pytest

from musnad.collection import open_collection
from musnad.views.review.keys import Attempts, Keys
from serving.conftest import serve_review
from serving.reviewing import Desk

HOSTILE = "<script>alert(1)</script>\"'><img src=x onerror=alert(1)>"


@dataclass
class Hands:
    """A clock that is set by hand."""

    now: float = 0.0

    def __call__(self) -> float:
        return self.now


def test_address_to_sign_in_is_good_once(desk: Desk) -> None:
    with httpx.Client(base_url=desk.address, trust_env=False) as stranger:
        answer = stranger.get(desk.once)
        assert answer.status_code == 401
        assert "M527" in answer.text
        assert not stranger.cookies


def test_cookie_is_for_this_server_and_its_review_alone(desk: Desk) -> None:
    with httpx.Client(base_url=desk.address, trust_env=False) as client:
        once = desk.script.post("/review/sign-in", json={}).json()["address"]
        cookie = client.get(once).headers["Set-Cookie"]
    name, *attributes = cookie.split("; ")
    assert name.startswith(f"musnad-review-{desk.address.rpartition(':')[2]}=")
    assert {"HttpOnly", "SameSite=strict", "Path=/review"} <= set(attributes)


def test_looking_whether_there_is_an_address_does_not_spend_it(desk: Desk) -> None:
    once = desk.script.post("/review/sign-in", json={}).json()["address"]
    with httpx.Client(base_url=desk.address, trust_env=False) as client:
        assert client.head(once).status_code == 405
        assert client.get(once).status_code == 303


@pytest.mark.parametrize("path", ["/review", "/review/queue.json", "/review/bulk?verdict=accept"])
def test_nothing_is_shown_to_who_has_not_signed_in(desk: Desk, path: str) -> None:
    answer = httpx.get(f"{desk.address}{path}", trust_env=False)
    assert answer.status_code == 401
    assert answer.headers["Cache-Control"] == "no-store"


def test_sessions_end_when_they_are_signed_out_of(desk: Desk) -> None:
    once = desk.script.post("/review/sign-in", json={}).json()["address"]
    with httpx.Client(base_url=desk.address, trust_env=False) as client:
        client.get(once)
        kept = dict(client.cookies)
        assert client.get("/review").status_code == 200
        answer = client.post("/review/sign-out", data={"out": "1"}, headers={"Origin": desk.address})
        assert answer.status_code == 303
        for name, value in kept.items():
            client.cookies.set(name, value, path="/review")
        assert client.get("/review").status_code == 401


@pytest.mark.parametrize(
    "headers",
    [
        {},  # as a program that has got hold of the cookie, or an old browser, would
        {"Origin": "http://evil.example"},
        {"Origin": "null"},
        {"Origin": "http://127.0.0.1:1"},  # another server on this machine: the same site to a browser
        {"Origin": "SELF", "Sec-Fetch-Site": "same-site"},
        {"Origin": "SELF", "Sec-Fetch-Site": "cross-site", "Sec-Fetch-Mode": "navigate"},
        {"Origin": "SELF", "Host": "rebound.example"},
    ],
)
def test_what_no_page_of_the_server_sent_decides_nothing(desk: Desk, headers: dict[str, str]) -> None:
    draft = desk.queue()[0]
    sent = {name: desk.address if value == "SELF" else value for name, value in headers.items()}
    for place in (f"{desk.place(draft)}/accept", "/review/undo", "/review/bulk", "/review/sign-out"):
        assert desk.people.post(place, data={"from": "page"}, headers=sent).status_code in (403, 421)
    assert desk.queue()[0] == draft


def test_a_cookie_and_a_form_of_another_type_decide_nothing(desk: Desk) -> None:
    place = f"{desk.place(desk.queue()[0])}/accept"
    answer = desk.people.post(
        place, content="from=page", headers={"Origin": desk.address, "Content-Type": "text/plain"}
    )
    assert answer.status_code == 400
    assert "M530" in answer.text


def test_wrong_tokens_are_slowed_down(draft_store: Path, tmp_path: Path) -> None:
    with open_collection(tmp_path / "empty.musnad"):
        pass
    with serve_review(tmp_path / "empty.musnad") as served:
        statuses = []
        for number in range(12):
            headers = {"Authorization": f"Bearer guess-{number}"}
            answer = httpx.get(f"{served.address}/review/queue.json", headers=headers, trust_env=False)
            statuses.append(answer.status_code)
        assert statuses == [401] * 10 + [429] * 2
        assert 1 <= int(answer.headers["Retry-After"]) <= 12
        assert answer.json()["error"]["code"] == "M528"
        # Not even the address that is good is looked at meanwhile, by which it is not spent.
        assert httpx.get(served.once, trust_env=False).status_code == 429
        right = {"Authorization": f"Bearer {served.token}"}
        assert (
            httpx.get(f"{served.address}/review/queue.json", headers=right, trust_env=False).status_code
            == 429
        )
        assert httpx.get(f"{served.address}/articles", trust_env=False).status_code == 200


def test_attempts_come_back_with_time() -> None:
    clock = Hands()
    attempts = Attempts(clock)
    for _ in range(10):
        assert attempts.wait("one") == 0
        attempts.fail("one")
    assert (attempts.wait("one"), attempts.wait("other")) == (6, 0)
    clock.now = 6.0
    assert attempts.wait("one") == 0
    attempts.fail("one")
    assert attempts.wait("one") == 6
    clock.now = 600.0
    assert attempts.wait("one") == 0


def test_secrets_are_kept_as_hashes_and_sessions_end_by_themselves() -> None:
    clock = Hands()
    keys = Keys(clock)
    once, token = keys.make_once(), keys.make_token()
    session = keys.sign_in(once)
    assert session is not None
    kept = repr(vars(keys))
    assert not [secret for secret in (once, token, session) if secret in kept]
    assert keys.sign_in(once) is None
    assert keys.is_token(token)
    assert not keys.is_token("")
    name = keys.session(session)
    assert name
    clock.now = 13 * 3600.0
    assert keys.session(session) is None


def test_nothing_is_written_without_review(server: str) -> None:
    for place in ("/review", "/review/undo", "/review/bulk", "/review/sign-in", "/review/draft/x/accept"):
        assert httpx.post(f"{server}{place}", json={}, trust_env=False).status_code in (404, 405)
        assert httpx.get(f"{server}{place}", trust_env=False).status_code == 404
    assert "/review" not in httpx.get(f"{server}/articles", trust_env=False).text


def test_review_needs_a_name(seed_store: Path) -> None:
    program = [sys.executable, "-c", "from musnad.cli import main; main()", "serve", "--review", "--store"]
    done = subprocess.run([*program, "nowhere.musnad"], capture_output=True, text=True, check=False)
    assert done.returncode == 2
    assert done.stderr.startswith("M524 ")
