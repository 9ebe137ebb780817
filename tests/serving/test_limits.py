"""The server keeps its bounds: query bombs, crowds, ways out, strangers, slow clients, malformed requests."""

from __future__ import annotations

import random
import re
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from urllib.parse import urlsplit

import httpx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from musnad.errors import OutsideQuery
from musnad.graph.bounds import check_outreach
from trust.scale import THOROUGH, tried

from .conftest import serve

LATE = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i FILTER(?a != ?f && ?f != ?i) }"
HUNGRY = "SELECT DISTINCT ?a ?b ?c ?d ?e ?f { ?a ?b ?c . ?d ?e ?f } ORDER BY ?f ?a"
HUGE = "SELECT * { ?a ?b ?c . ?d ?e ?f }"
DEEP = "SELECT * { " + "{ " * 20_000 + "?s ?p ?o" + " }" * 20_000 + " }"


@pytest.mark.parametrize("query", [LATE, HUNGRY, HUGE], ids=["late", "hungry", "huge"])
def test_bomb_ends_in_an_honest_error_and_the_server_goes_on(client: httpx.Client, query: str) -> None:
    answer = client.post("/sparql", data={"query": query})
    assert (answer.status_code, answer.headers["Content-Type"]) == (503, "text/plain; charset=utf-8")
    assert answer.text.startswith(("The query was stopped", "The answer is larger"))
    assert client.get("/health").json()["status"] == "ok"
    tried("requests refused")


def test_query_nested_too_deep_is_no_end_of_the_server(client: httpx.Client) -> None:
    assert client.post("/sparql", data={"query": DEEP}).status_code in (400, 503)
    assert client.post("/sparql", data={"query": "ASK {}"}).json()["boolean"] is True


def test_crowd_is_answered_or_told_to_come_back(server: str) -> None:
    def ask(_: int) -> tuple[int, bool]:
        with httpx.Client(base_url=server, trust_env=False, timeout=60) as client:
            answer = client.post("/sparql", data={"query": LATE})
            return answer.status_code, answer.headers.get("Retry-After") is not None

    with ThreadPoolExecutor(40) as pool:
        answers = list(pool.map(ask, range(40)))
    assert {status for status, _ in answers} == {503}
    # Two run at once for two seconds each, and nobody waits for more than five.
    assert sum(told for _, told in answers) >= 20
    with httpx.Client(base_url=server, trust_env=False) as client:
        assert client.post("/sparql", data={"query": "ASK {}"}).json()["boolean"] is True
        text = client.get("/metrics").text
    assert 'musnad_queries_unanswered_total{reason="crowded"}' in text
    assert "musnad_queries_running 0.0" in text


def test_query_dies_when_nobody_waits_for_it(server: str) -> None:
    with (
        pytest.raises(httpx.ReadTimeout),
        httpx.Client(base_url=server, trust_env=False, timeout=0.3) as client,
    ):
        client.post("/sparql", data={"query": LATE})
    with httpx.Client(base_url=server, trust_env=False) as client:
        deadline = time.monotonic() + 1.5
        while "musnad_queries_running 0.0" not in client.get("/metrics").text:
            assert time.monotonic() < deadline, "the query outlives its asker"
            time.sleep(0.05)


# --- ways out -------------------------------------------------------------------------------------------


class _Listener:
    """A server that notes whether anybody comes."""

    def __init__(self) -> None:
        visits = self.visits = list[str]()

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                visits.append(self.path)
                self.send_response(200)
                self.end_headers()

            do_POST = do_GET  # noqa: N815

            def log_message(self, *_: object) -> None:
                pass

        self._server = HTTPServer(("127.0.0.1", 0), Handler)
        self.address = f"http://127.0.0.1:{self._server.server_port}/"
        threading.Thread(target=self._server.serve_forever, daemon=True).start()

    def close(self) -> None:
        self._server.shutdown()
        self._server.server_close()


@pytest.fixture(scope="module")
def listener() -> Iterator[_Listener]:
    listener = _Listener()
    yield listener
    listener.close()


WAYS_OUT = [
    "SELECT * { SERVICE <%s> { ?s ?p ?o } }",
    "SELECT * { service silent <%s> { ?s ?p ?o } }",
    "SELECT * { SERVICE<%s>{ ?s ?p ?o } }",
    "PREFIX x: <%s> SELECT * { SERVICE x:a { ?s ?p ?o } }",
    "SELECT * { VALUES ?x { <%s> } SERVICE ?x { ?s ?p ?o } }",
    "SELECT * { BIND(1 AS ?a) FILTER(?a<2)SERVICE#>\n<%s>{ ?s ?p ?o } }",
    "PREFIX e: <urn:e:> SELECT * { OPTIONAL { ?s e:a\\'b ?o . SERVICE <%s> { ?s ?p ?q } FILTER(?o = 'z') } }",
    "SELECT * { OPTIONAL { ?s ?p 1SERVICE <%s> { ?s ?p ?o } } }",
    "SELECT * { { SELECT * { SERVICE <%s> { ?s ?p ?o } } } }",
    "ASK { FILTER EXISTS { SERVICE <%s> { ?s ?p ?o } } }",
    "SELECT * { \\u0053ERVICE <%s> { ?s ?p ?o } }",
    "SELECT * { ?s ?p '''a\\'''' . SERVICE <%s> { ?s ?p ?o } }",
    "SELECT * FROM <%s> { ?s ?p ?o }",
    "SELECT * FROM NAMED <%s> { GRAPH ?g { ?s ?p ?o } }",
    "LOAD <%s>",
]


@pytest.mark.parametrize("query", WAYS_OUT, ids=range(len(WAYS_OUT)))
def test_no_query_reaches_another_server(client: httpx.Client, listener: _Listener, query: str) -> None:
    answer = client.post("/sparql", data={"query": query % listener.address})
    if answer.status_code == 200:
        # What FROM names and the store does not have is an empty graph.
        assert answer.json()["results"]["bindings"] == []
    else:
        assert answer.status_code in (400, 403)
    assert listener.visits == []


def test_kernel_stops_what_the_text_does_not_show(seed_store: Path, listener: _Listener) -> None:
    """Without the first barrier the second one holds."""
    program = f"""
import pyoxigraph
from musnad.views.endpoint.outreach import forbid_sockets
assert forbid_sockets()
try:
    list(pyoxigraph.Store().query("SELECT * {{ SERVICE <{listener.address}> {{ ?s ?p ?o }} }}"))
except OSError:
    print("refused")
"""
    if not sys.platform.startswith("linux"):
        pytest.skip("only Linux has this barrier")
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "refused"
    assert listener.visits == []


@given(st.text(max_size=30), st.sampled_from(["'%s'", '"%s"', "'''%s'''", "# %s\n", "<urn:x:%s>"]))
def test_service_after_any_string_comment_or_name_is_seen(text: str, frame: str) -> None:
    inside = "".join(letter for letter in text if letter not in "'\"\\\n\r<>{}|^`" and ord(letter) > 32)
    with pytest.raises(OutsideQuery):
        check_outreach(f"SELECT * {{ ?s ?p {frame % inside} SERVICE <urn:s> {{ ?s ?p ?o }} }}")


# --- strangers --------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "host", ["evil.example", "evil.example:80", "127.0.0.1.evil.example", "[::2]", "a b", ""]
)
@pytest.mark.parametrize(
    "path", ["/articles", "/sparql?query=ASK%20%7B%7D", "/metrics", "/assets/explorer.js"]
)
def test_host_that_is_not_ours_is_refused(client: httpx.Client, host: str, path: str) -> None:
    assert client.get(path, headers={"Host": host}).status_code in (400, 421)
    tried("requests refused")


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost", "LOCALHOST:1", "[::1]:99"])
def test_host_that_is_ours_is_let_in(client: httpx.Client, host: str) -> None:
    assert client.get("/health", headers={"Host": host}).status_code == 200


STRANGERS = [
    {"Origin": "http://evil.example"},
    {"Origin": "null"},
    {"Origin": "http://127.0.0.1:1"},
    {"Sec-Fetch-Site": "cross-site", "Sec-Fetch-Mode": "no-cors"},
    {"Sec-Fetch-Site": "same-site", "Sec-Fetch-Mode": "cors"},
]


@pytest.mark.parametrize("headers", STRANGERS, ids=str)
@pytest.mark.parametrize("path", ["/sparql", "/articles"])
def test_pages_of_others_are_refused(client: httpx.Client, path: str, headers: dict[str, str]) -> None:
    assert client.get(path, headers=headers).status_code == 403
    assert client.post("/sparql", headers=headers, data={"query": "ASK {}"}).status_code == 403
    tried("requests refused", 2)


def test_form_of_another_site_is_refused_and_its_links_are_not(client: httpx.Client) -> None:
    headers = {"Sec-Fetch-Site": "cross-site", "Sec-Fetch-Mode": "navigate"}
    assert client.get("/articles", headers=headers).status_code == 200
    assert client.post("/sparql", headers=headers, data={"query": "ASK {}"}).status_code == 403


def test_origin_that_was_let_in_may_query_and_no_more(client: httpx.Client) -> None:
    friend = {"Origin": "http://friend.example", "Sec-Fetch-Site": "cross-site", "Sec-Fetch-Mode": "cors"}
    asked = client.options("/sparql", headers={**friend, "Access-Control-Request-Method": "POST"})
    assert (asked.status_code, asked.headers["Access-Control-Allow-Origin"]) == (204, "http://friend.example")
    answer = client.post("/sparql", headers=friend, data={"query": "ASK {}"})
    assert answer.json()["boolean"] is True
    assert answer.headers["Access-Control-Allow-Origin"] == "http://friend.example"
    assert "Origin" in answer.headers["Vary"]
    assert client.get("/articles", headers=friend).status_code == 403
    assert "Access-Control-Allow-Origin" not in client.get("/articles").headers


# --- bad manners ------------------------------------------------------------------------------------------


def test_slow_clients_keep_nobody_out(server: str) -> None:
    host, port = urlsplit(server).hostname, urlsplit(server).port
    slow = [socket.create_connection((host, port)) for _ in range(60)]
    for connection in slow:
        connection.sendall(b"POST /sparql HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Le")
    with httpx.Client(base_url=server, trust_env=False, timeout=10) as client:
        assert client.post("/sparql", data={"query": "ASK {}"}).json()["boolean"] is True
    for connection in slow:
        connection.close()


def test_body_that_is_too_large_is_refused(client: httpx.Client) -> None:
    body = b"query=" + b"a" * (2 << 20)
    answer = client.post(
        "/sparql", content=body, headers={"Content-Type": "application/x-www-form-urlencoded"}
    )
    assert answer.status_code == 413


PIECES = [
    b"GET ", b"POST ", b"/sparql", b"/article/", b"/id/", b"/thing?iri=", b"?query=", b"%", b"%00", b"%ff",
    b"\xff", b"..", b"//", b" HTTP/1.1\r\n", b"Host: 127.0.0.1\r\n", b"Content-Length: 9\r\n", b"<script>",
    b"Content-Length: -1\r\n", b"Transfer-Encoding: chunked\r\n", b"Accept: ;;,/q=\r\n", b"0\r\n\r\n",
    b"Content-Type: ;=\r\n", b"\r\n", b"\x00", b"Accept-Language: \xd8\xa7;q=x\r\n", b"Origin: ://[\r\n",
    b"If-None-Match: *\r\n",
]  # fmt: skip
# Requests that get through to the pages: a sound head, and something unsound in it.
HEADS = [
    b"GET /article/%s HTTP/1.1\r\nHost: 127.0.0.1\r\n",
    b"GET /thing?iri=%s HTTP/1.1\r\nHost: 127.0.0.1\r\n",
    b"GET /articles?q=%s&page=%s HTTP/1.1\r\nHost: 127.0.0.1\r\n",
    b"GET /sparql?query=%s HTTP/1.1\r\nHost: 127.0.0.1\r\n",
    b"GET /id/%s HTTP/1.1\r\nHost: localhost\r\nAccept: %s\r\n",
    b"POST /sparql HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: %s\r\nContent-Length: 0\r\n",
    b"GET /pair?one=%s&other=%s HTTP/1.1\r\nHost: 127.0.0.1\r\nAccept-Language: %s\r\n",
]
UNSOUND = [
    b"%00",
    b"%ff",
    b"%0d%0aX:%20y",
    b"<script>",
    b"%22%3E",
    b"..%2f",
    b"a" * 3000,
    b"%D8%A7",
    b"{}",
    b"'",
    b"-1",
]


def _request(rng: random.Random) -> bytes:
    if rng.random() < 0.5:
        return b"".join(rng.choices(PIECES, k=rng.randint(1, 14)))
    head = rng.choice(HEADS)
    return head % tuple(b"".join(rng.choices(UNSOUND, k=rng.randint(1, 3))) for _ in range(head.count(b"%s")))


def test_malformed_requests_do_no_harm(server: str) -> None:
    rng = random.Random(7)
    host, port = urlsplit(server).hostname, urlsplit(server).port
    statuses: dict[bytes, int] = {}
    requests = 10_000 if THOROUGH else 1000
    for _ in range(requests):
        request = _request(rng)
        with socket.create_connection((host, port), timeout=5) as connection:
            try:
                connection.sendall(request + b"\r\n\r\n")
                connection.shutdown(socket.SHUT_WR)
                start = connection.recv(12)
            except OSError:
                start = b""
        statuses[start] = statuses.get(start, 0) + 1
    assert not any(start.startswith(b"HTTP/1.1 500") for start in statuses), statuses
    with httpx.Client(base_url=server, trust_env=False) as client:
        assert client.get("/health").status_code == 200
        assert client.get("/articles").status_code == 200
    answered = sum(number for start, number in statuses.items() if start.startswith(b"HTTP/1.1 200"))
    tried("malformed requests answered or refused", requests)
    tried("requests refused", requests - answered)


@pytest.mark.parametrize(
    "path",
    [
        "/assets/../app.py",
        "/assets/..%2fapp.py",
        "/assets/%2e%2e/app.py",
        "/vendor/....//app.py",
        "/assets//etc/passwd",
        "/article/..%2f..%2fetc%2fpasswd",
        "/thing/..%2f..%2fetc%2fpasswd",
        "/id/../../etc/passwd",
    ],
)
def test_no_path_leaves_the_folders(server: str, path: str) -> None:
    host, port = urlsplit(server).hostname, urlsplit(server).port
    with socket.create_connection((host, port), timeout=5) as connection:
        connection.sendall(f"GET {path} HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n\r\n".encode())
        answer = b""
        while part := connection.recv(65536):
            answer += part
    assert answer.split()[1] in (b"303", b"404")
    assert b"root:" not in answer
    assert b"def build_app" not in answer


def test_every_answer_has_the_headers_that_keep_it_to_itself(client: httpx.Client) -> None:
    for path in ("/articles", "/sparql", "/assets/explorer.js", "/nowhere", "/article/nothing", "/health"):
        headers = client.get(path).headers
        policy = headers["Content-Security-Policy"]
        assert "default-src 'none'" in policy
        assert "script-src 'self';" in policy
        assert "unsafe" not in policy
        assert headers["X-Content-Type-Options"] == "nosniff"
        assert headers["Referrer-Policy"] == "same-origin"
    assert "script-src 'self';" in client.get("/ask").headers["Content-Security-Policy"]


def test_store_that_is_served_tells_who_has_it(seed_store: Path, server: str) -> None:
    from musnad.errors import StoreLocked
    from musnad.graph.store import open_store

    with pytest.raises(StoreLocked, match="process"):
        open_store(seed_store)


def test_port_that_is_taken_is_an_error_with_a_code(tmp_path: Path, server: str) -> None:
    from musnad.collection import open_collection
    from musnad.errors import AddressInUse
    from musnad.views.explorer.server import Address, Server

    open_collection(tmp_path / "empty.musnad").close()
    port = urlsplit(server).port or 0
    with (
        Server(tmp_path / "empty.musnad", Address(port=port)) as second,
        pytest.raises(AddressInUse, match="nothing can listen"),
    ):
        second.run(lambda _: None)


def test_empty_store_has_pages_too(tmp_path: Path) -> None:
    from musnad.collection import open_collection

    open_collection(tmp_path / "empty.musnad").close()
    with (
        serve(tmp_path / "empty.musnad") as address,
        httpx.Client(base_url=address, trust_env=False) as client,
    ):
        for path in (
            "/articles",
            "/questions?lang=ar",
            "/sources",
            "/ask",
            "/articles.csv",
            "/questions.ttl",
        ):
            assert client.get(path).status_code == 200


@pytest.mark.parametrize("sent", [signal.SIGINT, signal.SIGTERM])
def test_interrupt_ends_the_server_and_all_it_started(tmp_path: Path, sent: signal.Signals) -> None:
    from musnad.collection import open_collection

    open_collection(tmp_path / "empty.musnad").close()
    program = [sys.executable, "-c", "from musnad.cli import main; main()", "serve", "--port", "0", "--store"]
    command = [*program, str(tmp_path / "empty.musnad")]
    with subprocess.Popen(command, stderr=subprocess.PIPE, text=True) as server:
        assert server.stderr is not None
        assert "serving" in server.stderr.readline()
        server.send_signal(sent)
        # The process that forks has the other end of this pipe: reading ends when that one has ended too.
        assert server.stderr.read() == ""
        assert server.wait(timeout=20) == 0
    open_collection(tmp_path / "empty.musnad", create=False).close()


@pytest.mark.parametrize("given", ["http://127.0.0.1:1/", "missing.musnad"])
def test_what_cannot_be_served_is_an_error_with_a_code(given: str, tmp_path: Path) -> None:
    program = [sys.executable, "-c", "from musnad.cli import main; main()", "serve", "--port", "0", "--store"]
    done = subprocess.run([*program, given], cwd=tmp_path, capture_output=True, text=True, check=False)
    assert done.returncode == 2
    assert re.match(r"M(706|202) ", done.stderr)
