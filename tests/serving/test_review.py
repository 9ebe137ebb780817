"""Review over HTTP: who is let in, what is decided, what pages and queries say then."""

from __future__ import annotations

import json
import re
import socket
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from datetime import UTC, datetime
from html import unescape
from pathlib import Path
from typing import Any

import httpx
import pytest

from musnad.collection import open_collection
from musnad.views.review.keys import Attempts, Keys
from serving.conftest import SEED, serve_review

HOSTILE = "<script>alert(1)</script>\"'><img src=x onerror=alert(1)>"


@dataclass
class Desk:
    """A review server, a browser's client that has signed in, and a script's."""

    address: str
    once: str
    token: str
    people: httpx.Client
    script: httpx.Client

    def queue(self, **given: Any) -> list[dict[str, Any]]:
        """Give the queue as JSON."""
        found: list[dict[str, Any]] = self.script.get("/review/queue.json", params=given).json()
        return found

    def place(self, draft: dict[str, Any]) -> str:
        """Give the address of a draft."""
        return f"/review/draft/{draft['claim'].rpartition('/')[2]}"

    def post(self, place: str, /, **fields: str) -> httpx.Response:
        """Send a form as a page of the server does."""
        return self.people.post(place, data={"from": "page", **fields}, headers={"Origin": self.address})

    def ask(self, query: str) -> list[dict[str, Any]]:
        """Ask the endpoint."""
        answer = self.script.get(
            "/sparql",
            params={"query": f"PREFIX m: <https://w3id.org/musnad#> {query}"},
            headers={"Accept": "*/*"},
        )
        rows: list[dict[str, Any]] = answer.json()["results"]["bindings"]
        return rows


@pytest.fixture(scope="module")
def draft_store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Read the first article into a store: drafts of the machine."""
    folder = tmp_path_factory.mktemp("review") / "news.musnad"
    with open_collection(folder) as news:
        news.read(SEED / "article.txt", outlet="Shafaq News", date="2025-10-11")
    return folder


@pytest.fixture(scope="module")
def desk(draft_store: Path) -> Iterator[Desk]:
    """Serve the drafts for review."""
    with serve_review(draft_store) as served:
        headers = {"Authorization": f"Bearer {served.token}"}
        options: dict[str, Any] = {"base_url": served.address, "timeout": 60, "trust_env": False}
        with httpx.Client(**options) as people, httpx.Client(**options, headers=headers) as script:
            answer = people.get(served.once)
            assert (answer.status_code, answer.headers["Location"]) == (303, "/review")
            yield Desk(served.address, served.once, served.token, people, script)


@dataclass
class Hands:
    """A clock that is set by hand."""

    now: float = 0.0
    turns: list[float] = field(default_factory=list)

    def __call__(self) -> float:
        return self.now


# --- who is let in ---------------------------------------------------------------------------------------


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


# --- what is decided -------------------------------------------------------------------------------------


def test_every_decision_is_an_activity_in_a_graph_of_its_own_and_queries_see_it(desk: Desk) -> None:
    draft = desk.queue()[0]
    before = len(desk.queue())
    answer = desk.script.post(f"{desk.place(draft)}/accept", json={"note": "as printed", "at": "2026-11-28"})
    told = answer.json()
    assert told["drafts"] == before - 1
    (made,) = told["decisions"]
    assert (made["verdict"], made["claim"], made["by"], made["note"]) == (
        "accept",
        draft["claim"],
        "Amal Saleh",
        "as printed",
    )
    rows = desk.ask(
        f"SELECT ?g ?claim {{ GRAPH ?g {{ <{made['decision']}> a m:Decision, "
        "<http://www.w3.org/ns/prov#Activity> ; m:decides ?claim } }"
    )
    assert [(row["g"]["value"].rpartition("/")[2], row["claim"]["value"]) for row in rows] == [
        (made["decision"].rpartition("/")[2], draft["claim"])
    ]
    desk.script.post("/review/undo", json={"decision": made["decision"]})
    assert len(desk.queue()) == before


def test_findings_follow_at_once_on_pages_and_in_queries(desk: Desk) -> None:
    count = "SELECT (COUNT(DISTINCT ?f) AS ?n) { ?f a m:Finding }"
    before = int(desk.ask(count)[0]["n"]["value"])
    questions = desk.people.get("/questions").text
    heaviest = desk.queue(order="weight")[0]
    told = desk.script.post(f"{desk.place(heaviest)}/reject", json={}).json()
    gone = sum(told["findings"]["gone_kinds"].values())
    assert gone == heaviest["weight"] > 0
    assert sorted(one["kind"] for one in told["findings"]["gone"]) == sorted(heaviest["findings"])
    after = int(desk.ask(count)[0]["n"]["value"])
    assert after == before - gone + sum(told["findings"]["come_kinds"].values())
    assert desk.people.get("/questions").text != questions
    finding = told["findings"]["gone"][0]["id"].rpartition("/")[2]
    assert desk.people.get(f"/finding/{finding}").status_code == 404
    assert desk.people.get(f"/claim/{heaviest['claim'].rpartition('/')[2]}").status_code == 404
    back = desk.script.post("/review/undo", json={"claim": heaviest["claim"]}).json()
    assert {one["id"] for one in back["findings"]["come"]} == {one["id"] for one in told["findings"]["gone"]}
    assert int(desk.ask(count)[0]["n"]["value"]) == before
    assert desk.people.get("/questions").text == questions


def test_health_counts_what_is_written(desk: Desk) -> None:
    draft = desk.queue()[0]
    made = desk.script.post(f"{desk.place(draft)}/accept", json={}).json()["decisions"][0]
    count = "SELECT (COUNT(*) AS ?n) { GRAPH ?g { ?s ?p ?o } }"
    assert desk.people.get("/health").json()["triples"] == int(desk.ask(count)[0]["n"]["value"])
    desk.script.post("/review/undo", json={"decision": made["decision"]})
    assert desk.people.get("/health").json()["triples"] == int(desk.ask(count)[0]["n"]["value"])


def test_page_goes_on_to_the_next_draft_and_undo_comes_back(desk: Desk) -> None:
    first, second = desk.queue(order="weight")[:2]
    answer = desk.post(f"{desk.place(first)}/accept?order=weight&lang=ar")
    assert answer.status_code == 303
    assert answer.headers["Location"].startswith(f"{desk.place(second)}?order=weight&done=")
    page = desk.people.get(answer.headers["Location"]).text
    assert 'dir="rtl"' in page
    assert 'role="status"' in page
    decision = re.findall(r'name="decision" value="(\w+)"', page)[0]
    answer = desk.post("/review/undo?order=weight", decision=decision)
    assert answer.headers["Location"].startswith(f"{desk.place(first)}?")
    assert desk.queue(order="weight")[0]["claim"] == first["claim"]


def test_edit_by_a_form_changes_what_it_says_and_nothing_else(desk: Desk) -> None:
    draft = next(
        one for one in desk.queue() if one["polarity"] == "affirmed" and one["modality"] == "planned"
    )
    place = desk.place(draft)
    before = desk.script.get(f"{place}.json").json()["editable"]
    fields = _fields(desk.people.get(place).text)
    answer = desk.post(
        f"{place}/edit", **{**fields, "modality": "asserted", "note": "the plan was carried out"}
    )
    assert answer.status_code == 303
    made = desk.script.get("/review/decisions.json").json()[-1]
    assert (made["change"], made["note"]) == (
        {"claim": {"modality": "asserted"}},
        "the plan was carried out",
    )
    edited = desk.script.get(desk.place({"claim": made["outcome"]}) + ".json").json()
    before["claim"]["modality"] = "asserted"
    assert edited["editable"] == before
    assert edited["status"] == "reviewed"
    desk.post("/review/undo", decision=made["decision"])


def test_form_that_changes_nothing_is_told_so(desk: Desk) -> None:
    place = desk.place(desk.queue()[0])
    answer = desk.post(f"{place}/edit", **_fields(desk.people.get(place).text))
    assert answer.status_code == 422
    assert "The form says what the claim says already." in answer.text


def test_selected_words_become_the_evidence_with_their_place(desk: Desk) -> None:
    draft = next(one for one in desk.queue() if len(one["quote"]["text"].split()) > 3)
    place = desk.place(draft)
    fields = _fields(desk.people.get(place).text)
    words = draft["quote"]["text"].rpartition(" ")[0]
    start = draft["quote"]["start"]
    chosen = {"evidence": words, "evidence_start": str(start), "evidence_end": str(start + len(words))}
    assert desk.post(f"{place}/edit", **{**fields, **chosen}).status_code == 303
    made = desk.script.get("/review/decisions.json").json()[-1]
    assert made["change"] == {
        "claim": {"evidence": {"text": words, "start": start, "end": start + len(words)}}
    }
    desk.post("/review/undo", decision=made["decision"])


@pytest.mark.parametrize("language", ["en", "ar"])
def test_what_an_edit_breaks_is_told_beside_its_field_and_nothing_is_lost(desk: Desk, language: str) -> None:
    draft = desk.queue()[0]
    place = desk.place(draft)
    fields = _fields(desk.people.get(place).text)
    filled = {
        **fields,
        "evidence": f"words that are not there {HOSTILE}",
        "source": f"a name {HOSTILE}",
        "note": f"why {HOSTILE}",
    }
    answer = desk.post(f"{place}/edit?lang={language}", **filled)
    assert answer.status_code == 422
    assert '<ul class="wrong" id="wrong-evidence">' in answer.text
    assert re.search(r'id="edit-evidence" aria-invalid="true" aria-describedby="wrong-evidence"', answer.text)
    assert {name: _fields(answer.text)[name] for name in ("evidence", "source", "note")} == {
        name: filled[name] for name in ("evidence", "source", "note")
    }
    assert "<script>alert" not in answer.text
    assert "<img src=x" not in answer.text
    assert desk.queue()[0] == draft


def test_shapes_are_asked_before_an_edit_is_stored(desk: Desk) -> None:
    draft = next(one for one in desk.queue() if one["predicate"] == "sec:numbers")
    place = desk.place(draft)
    change = {"quantity": {"kind": "exact", "value": 5, "lower": 9, "upper": 3}}
    tried = desk.script.post(f"{place}/edit", json={"change": change, "try": True})
    stored = desk.script.post(f"{place}/edit", json={"change": change})
    assert (tried.status_code, stored.status_code) == (422, 422)
    assert tried.json() == stored.json()
    assert tried.json()["error"]["code"] == "M102"
    assert tried.json()["error"]["problems"]
    assert draft in desk.queue()


@pytest.mark.parametrize(
    ("language", "says"), [("en", "Name one place of “entities”"), ("ar", "سمّ مكانا واحدا")]
)
def test_what_a_shape_finds_in_an_edit_is_told_beside_its_field(desk: Desk, language: str, says: str) -> None:
    draft = next(one for one in desk.queue() if one["predicate"] == "sec:numbers")
    place = desk.place(draft)
    fields = _fields(desk.people.get(place).text)
    # Something that is no place: the record allows it, a shape does not.
    answer = desk.post(f"{place}/edit?lang={language}", **{**fields, "place": fields["subject"]})
    assert answer.status_code == 422
    told = answer.text[answer.text.index('id="wrong-place"') :]
    assert says in unescape(told[: told.index("</ul>")])
    assert _fields(answer.text)["place"] == fields["subject"]
    assert draft in desk.queue()


def test_numbers_of_the_form_are_read_in_both_scripts(desk: Desk) -> None:
    draft = next(
        one
        for one in desk.queue()
        if one["predicate"] == "sec:numbers"
        and "quantity" in desk.script.get(f"{desk.place(one)}.json").json()["editable"]
    )
    place = desk.place(draft)
    fields = _fields(desk.people.get(place).text)
    wrong = desk.post(f"{place}/edit", **{**fields, "quantity_upper": "many"})
    assert wrong.status_code == 422
    assert '<ul class="wrong" id="wrong-quantity_upper">' in wrong.text
    assert desk.post(f"{place}/edit", **{**fields, "quantity_upper": "٦٠٠"}).status_code == 303
    made = desk.script.get("/review/decisions.json").json()[-1]
    assert made["change"] == {"quantity": {"upper": 600}}
    desk.post("/review/undo", decision=made["decision"])


def test_trying_an_edit_stores_nothing(desk: Desk) -> None:
    draft = desk.queue()[0]
    decisions = desk.script.get("/review/decisions.json").json()
    other = "denied" if draft["polarity"] == "affirmed" else "affirmed"
    answer = desk.script.post(
        f"{desk.place(draft)}/edit", json={"change": {"claim": {"polarity": other}}, "try": True}
    )
    assert answer.json()["editable"]["claim"]["polarity"] == other
    assert desk.script.get("/review/decisions.json").json() == decisions
    assert desk.queue()[0] == draft


def test_all_drafts_of_a_filter_are_decided_together_once_their_number_is_confirmed(desk: Desk) -> None:
    where = {"outlet": "Shafaq", "least_sure": "0.84"}
    found = desk.queue(**where)
    total = len(desk.queue())
    assert 0 < len(found) < total
    page = desk.people.get("/review/bulk", params={"verdict": "accept", **where}).text
    fields = _fields(page)
    assert fields["count"] == str(len(found))
    # While the reviewer looks, one of them is decided elsewhere: what was confirmed is no longer there.
    other = desk.script.post(f"{desk.place(found[0])}/accept", json={}).json()["decisions"][0]
    place = f"/review/bulk?{httpx.QueryParams(where)}"
    late = desk.post(place, **fields)
    assert late.status_code == 409
    assert "M531" in late.text
    assert len(desk.queue()) == total - 1
    desk.script.post("/review/undo", json={"decision": other["decision"]})
    answer = desk.post(place, **fields)
    assert answer.status_code == 303
    assert desk.queue(**where) == []
    assert len(desk.queue()) == total - len(found)
    made = desk.script.get("/review/decisions.json").json()[-len(found) :]
    assert {one["claim"] for one in made} == {one["claim"] for one in found}
    # One undo takes all of them back.
    desk.post("/review/undo", decision=answer.headers["Location"].rpartition("done=")[2])
    assert desk.queue(**where) == found


def test_script_decides_by_conditions_with_the_number_it_expects(desk: Desk) -> None:
    where = ["confidence>=0.84", "outlet=Shafaq"]
    found = desk.queue(where=where)
    order = {"verdict": "reject", "where": where, "count": len(found) + 1}
    assert desk.script.post("/review/bulk", json=order).status_code == 409
    told = desk.script.post("/review/bulk", json={**order, "count": len(found)}).json()
    assert len(told["decisions"]) == len(found)
    made = [one["decision"] for one in told["decisions"]]
    desk.script.post("/review/undo", json={"decision": made})
    assert desk.queue(where=where) == found


@pytest.mark.parametrize(
    ("place", "sent", "status", "code"),
    [
        ("/review/bulk", {"verdict": "accept", "count": 1}, 400, "M530"),
        ("/review/bulk", {"verdict": "maybe", "where": ["weight>0"], "count": 1}, 400, "M530"),
        ("/review/bulk", {"verdict": "accept", "where": ["weight>0"]}, 400, "M530"),
        ("/review/bulk", {"verdict": "accept", "where": ["colour=red"], "count": 1}, 400, "M523"),
        ("/review/undo", {}, 400, "M530"),
        ("/review/undo", {"decision": "https://w3id.org/musnad/id/decision/none"}, 404, "M5"),
        ("/review/draft/none/accept", {}, 404, "M5"),
        ("/review/draft/%3Cscript%3E/accept", {}, 404, "M5"),
        ("DRAFT/edit", {"change": []}, 422, "M522"),
        ("DRAFT/edit", {"change": {"colour": {}}}, 422, "M522"),
        ("DRAFT/accept", {"at": "yesterday"}, 400, "M524"),
        ("DRAFT/accept", {"note": 5}, 400, "M530"),
        ("DRAFT/accept", ["a list"], 400, "M530"),
    ],
)
def test_unfit_requests_are_errors_with_a_code_and_a_remedy(
    desk: Desk, place: str, sent: object, status: int, code: str
) -> None:
    draft = desk.queue()[0]
    answer = desk.script.post(place.replace("DRAFT", desk.place(draft)), json=sent)
    assert answer.status_code == status
    error = answer.json()["error"]
    assert error["code"].startswith(code)
    assert error["remedy"]
    assert desk.queue()[0] == draft


def test_what_is_no_json_is_told(desk: Desk) -> None:
    place = f"{desk.place(desk.queue()[0])}/accept"
    for content in (b"{", b"\xff", b"[" * 100_000, b'{"at": NaN}'):
        answer = desk.script.post(place, content=content, headers={"Content-Type": "application/json"})
        assert (answer.status_code, answer.json()["error"]["code"]) == (400, "M530")


def test_decision_that_others_rest_on_is_not_undone(desk: Desk) -> None:
    draft = desk.queue()[0]
    place = desk.place(draft)
    first = desk.script.post(f"{place}/accept", json={}).json()["decisions"][0]["decision"]
    second = desk.script.post(f"{place}/reject", json={}).json()["decisions"][0]["decision"]
    answer = desk.script.post("/review/undo", json={"decision": first})
    assert (answer.status_code, answer.json()["error"]["code"]) == (409, "M521")
    desk.script.post("/review/undo", json={"decision": [first, second]})
    assert desk.queue()[0]["claim"] == draft["claim"]


@pytest.mark.parametrize("language", ["en", "ar"])
def test_problems_of_a_draft_name_their_fields(desk: Desk, language: str) -> None:
    place = desk.place(desk.queue()[0])
    page = desk.people.get(f"{place}/problems", params={"lang": language})
    assert page.status_code == 200
    told = desk.script.get(f"{place}/problems.json", params={"lang": language}).json()
    for problem in told:
        assert problem["what"] in unescape(page.text)


def test_pages_have_a_strict_policy_and_are_kept_nowhere(desk: Desk) -> None:
    for path in ("/review", desk.place(desk.queue()[0]), "/review/assets/review.js"):
        headers = desk.people.get(path).headers
        assert "default-src 'none'" in headers["Content-Security-Policy"]
        assert "unsafe" not in headers["Content-Security-Policy"]
    assert desk.people.get("/review").headers["Cache-Control"] == "no-store"


# --- while others read -----------------------------------------------------------------------------------


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


def _fields(page: str) -> dict[str, str]:
    """Give what a browser would send of the form on a page, by the names of its fields."""
    form = page[page.index('id="edit-form"') :] if 'id="edit-form"' in page else page
    form = form[: form.index("</form>")] if "edit-form" in page else form
    fields = {}
    for tag, name in re.findall(r'(<(?:input|textarea|select)\b[^>]*?\bname="(\w+)"[^>]*>)', form):
        if tag.startswith("<input"):
            value = re.search(r'\bvalue="([^"]*)"', tag)
            fields[name] = unescape(value[1]) if value else ""
        else:
            rest = form[form.index(tag) + len(tag) :]
            if tag.startswith("<textarea"):
                fields[name] = unescape(rest[: rest.index("</textarea>")]).removeprefix("\n")
            else:
                chosen = re.search(r'<option value="([^"]*)" selected>', rest[: rest.index("</select>")])
                first = re.search(r'<option value="([^"]*)"', rest)
                found = chosen or first
                fields[name] = unescape(found[1]) if found else ""
    return fields
