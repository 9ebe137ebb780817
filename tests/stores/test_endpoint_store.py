"""The store at an address: how it is found, and what it says when the other side does not play along."""

from __future__ import annotations

import socket
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread

import pytest
from pyoxigraph import Literal, NamedNode, Quad

from musnad.errors import (
    EndpointRefused,
    EndpointUnreachable,
    InvalidLocation,
    InvalidQuery,
    MalformedReply,
    ReadOnlyEndpoint,
    UpdateRefused,
)
from musnad.graph.endpoint_store import EndpointStore
from musnad.graph.store import open_store

G = "http://example.org/g"
QUAD = Quad(
    NamedNode("http://example.org/a"), NamedNode("http://example.org/p"), Literal("نعم"), NamedNode(G)
)
YES = '{"head":{},"boolean":true}'
ROWS = '{"head":{"vars":["s"]},"results":{"bindings":[{"s":{"type":"literal","value":"1"}}]}}'
ALL = "SELECT ?s WHERE { ?s ?p ?o }"

Reply = Callable[[str, str], tuple[int, str]]
"""From the path and the body of a request to the status and the body of the answer."""


@pytest.fixture
def answering() -> Iterator[Callable[[Reply], str]]:
    """Start servers that answer as a function says; gives their addresses."""
    servers: list[ThreadingHTTPServer] = []

    def start(reply: Reply) -> str:
        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                length = int(self.headers["Content-Length"])
                status, body = reply(self.path.partition("?")[0], self.rfile.read(length).decode())
                self.send_response(status)
                self.end_headers()
                self.wfile.write(body.encode())

            def log_message(self, *args: object) -> None:
                """Say nothing."""

        server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        servers.append(server)
        Thread(target=server.serve_forever, args=(0.01,), daemon=True).start()
        return f"http://127.0.0.1:{server.server_address[1]}"

    yield start
    for server in servers:
        server.shutdown()
        server.server_close()


def after_the_probe(status: int, body: str) -> Reply:
    """Answer the questions asked at opening with yes, and everything else as given."""
    return lambda path, query: (200, YES) if query.startswith("ASK") else (status, body)


@pytest.mark.parametrize("path", ["", "/", "/query"])
def test_base_and_query_address_open_the_same(oxigraph_server: str, path: str) -> None:
    with open_store(oxigraph_server + path) as store:
        store.update("DROP ALL")
        store.replace({G: [QUAD]})
        assert list(store.quads()) == [QUAD]


def test_addresses_may_be_given_in_full(answering: Callable[[Reply], str]) -> None:
    seen = []

    def reply(path: str, body: str) -> tuple[int, str]:
        seen.append(path)
        return (200, YES) if body.startswith("ASK") else (204, "")

    base = answering(reply)
    store = open_store(f"{base}/news/sparql", update_url=f"{base}/news/write")
    store.replace({G: [QUAD]})
    assert seen == ["/news/sparql", "/news/write"]


def test_query_address_alone_reads_only(answering: Callable[[Reply], str]) -> None:
    store = EndpointStore(answering(after_the_probe(200, ROWS)) + "/news/sparql")
    assert store.query(ALL).column("s") == (Literal("1"),)
    with pytest.raises(ReadOnlyEndpoint, match="M215"):
        store.replace({G: [QUAD]})


def test_spellings_of_another_engine_come_back_canonical(answering: Callable[[Reply], str]) -> None:
    reply = ROWS.replace(
        '"value":"1"', '"value":"1.50","datatype":"http://www.w3.org/2001/XMLSchema#decimal"'
    )
    (number,) = EndpointStore(answering(after_the_probe(200, reply))).query(ALL).column("s")
    assert isinstance(number, Literal)
    assert number.value == "1.5"


def test_nobody_there_is_told() -> None:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        address = f"http://127.0.0.1:{probe.getsockname()[1]}"
    with pytest.raises(EndpointUnreachable, match=r"M211.*/query"):
        open_store(address)


def test_silence_is_told() -> None:
    with socket.socket() as silent:
        silent.bind(("127.0.0.1", 0))
        silent.listen()
        with pytest.raises(EndpointUnreachable, match="within 1 s"):
            EndpointStore(f"http://127.0.0.1:{silent.getsockname()[1]}", timeout=1)


@pytest.mark.parametrize("status", [401, 403, 404, 414, 500, 503])
def test_http_errors_are_told(answering: Callable[[Reply], str], status: int) -> None:
    with pytest.raises(EndpointRefused, match=rf"HTTP {status}\): اخطأت السبيل"):
        open_store(answering(lambda path, body: (status, "اخطأت السبيل")))


def test_bad_request_is_about_the_query(answering: Callable[[Reply], str]) -> None:
    store = open_store(answering(after_the_probe(400, "error at 1:7")))
    with pytest.raises(InvalidQuery, match="error at 1:7"):
        store.query(ALL)


@pytest.mark.parametrize("status", [400, 403, 500, 503])
def test_refused_update_is_told(answering: Callable[[Reply], str], status: int) -> None:
    store = open_store(answering(after_the_probe(status, "no writing here")))
    with pytest.raises(UpdateRefused, match=rf"HTTP {status}\): no writing here"):
        store.replace({G: [QUAD]})


@pytest.mark.parametrize(
    "body",
    ["<html>welcome</html>", "", "{}", "[]", ROWS[:-4], ROWS.replace("literal", "unheard-of"), YES],
)
def test_malformed_rows_are_told(answering: Callable[[Reply], str], body: str) -> None:
    store = open_store(answering(after_the_probe(200, body)))
    with pytest.raises(MalformedReply, match="M213"):
        store.query(ALL)


def test_malformed_triples_are_told(answering: Callable[[Reply], str]) -> None:
    store = open_store(answering(after_the_probe(200, "<html>welcome</html>")))
    with pytest.raises(MalformedReply, match="Turtle"):
        store.construct("CONSTRUCT WHERE { ?s ?p ?o }")


def test_malformed_answers_are_told(answering: Callable[[Reply], str]) -> None:
    with pytest.raises(MalformedReply, match="yes or no"):
        open_store(answering(lambda path, body: (200, ROWS)))
    store = open_store(answering(after_the_probe(200, ROWS.replace('"1"', '"many"'))))
    with pytest.raises(MalformedReply, match="a number"):
        store.count()


@pytest.mark.parametrize(
    "address",
    ["http://", "http:///query", "http://[::1", "http://host:port/", "https://host/a b", "http://مثال/"],
)
def test_unusable_addresses_are_told(address: str) -> None:
    with pytest.raises(InvalidLocation, match="M208"):
        open_store(address)
    with pytest.raises(InvalidLocation, match="M208"):
        open_store("http://127.0.0.1:1/query", update_url=address)


def test_load_is_sent_in_requests_of_some_megabytes(
    endpoint: EndpointStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    sent: list[int] = []
    update = EndpointStore.update

    def counted(store: EndpointStore, sparql: str) -> None:
        sent.append(sparql.count("GRAPH"))
        update(store, sparql)

    monkeypatch.setattr(EndpointStore, "update", counted)
    monkeypatch.setattr("musnad.graph.endpoint_store.LARGEST_REQUEST", 100)
    sizes = {"urn:g0": 10, "urn:g1": 20, "urn:g2": 200, "urn:g3": 10, "urn:g4": 10}
    lines = {name: f'<urn:s> <urn:p> "{"x" * size}" <{name}> .\n' for name, size in sizes.items()}
    endpoint.load({name: line.encode() for name, line in lines.items()})
    assert sent == [2, 1, 2]
    assert endpoint.graphs() == list(sizes)
