"""Fetching keeps its bounds whatever the server does: size, redirects, time, and where it may be led."""

from __future__ import annotations

import contextlib
import socket
import threading
import time
from collections.abc import Callable, Iterator

import pytest

from musnad.errors import ArticleTooLarge, UnfetchedArticle
from musnad.text.fetching import LARGEST_PAGE, fetch

HEAD = b"HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=windows-1256\r\n"
Answer = Callable[[socket.socket], None]
Serve = Callable[[Answer], str]


@pytest.fixture
def serve(monkeypatch: pytest.MonkeyPatch) -> Iterator[Serve]:
    """Give what starts a server that answers each connection in its own way; gives its address."""
    monkeypatch.setenv("no_proxy", "127.0.0.1")
    listening: list[socket.socket] = []
    threads: list[threading.Thread] = []

    def start(answer: Answer) -> str:
        server = socket.create_server(("127.0.0.1", 0))
        listening.append(server)

        def run() -> None:
            while True:
                try:
                    connection, _ = server.accept()
                except OSError:
                    return
                with connection, contextlib.suppress(OSError):
                    connection.recv(65536)
                    answer(connection)

        threads.append(threading.Thread(target=run))
        threads[-1].start()
        return f"http://127.0.0.1:{server.getsockname()[1]}/"

    yield start
    for server in listening:
        server.shutdown(socket.SHUT_RDWR)
        server.close()
    for thread in threads:
        thread.join(timeout=10)
        assert not thread.is_alive()


def test_page_comes_with_what_the_server_says_of_it(serve: Serve) -> None:
    address = serve(lambda to: to.sendall(HEAD + b"Content-Length: 4\r\n\r\npage"))
    page = fetch(address)
    assert (page.data, page.media_type, page.charset) == (b"page", "text/html", "windows-1256")


def test_page_that_does_not_end_is_refused_at_its_largest(serve: Serve) -> None:
    sent = 0

    def pour(to: socket.socket) -> None:
        nonlocal sent
        to.sendall(HEAD + b"\r\n")
        while True:
            sent += to.send(b"a" * 65536)

    with pytest.raises(ArticleTooLarge):
        fetch(serve(pour))
    assert sent < 4 * LARGEST_PAGE


@pytest.mark.parametrize("part", ["head", "body"])
def test_server_that_answers_a_byte_now_and_then_is_left(serve: Serve, part: str) -> None:
    """Each byte comes in time; a head or a page that goes on like that would be waited for for ever."""

    def drip(to: socket.socket) -> None:
        if part == "body":
            to.sendall(HEAD + b"\r\n")
        while True:
            to.sendall(b"a")
            time.sleep(0.02)

    with pytest.raises(UnfetchedArticle, match=r"within 0\.4 seconds"):
        fetch(serve(drip), timeout=0.4)


def test_server_that_says_nothing_is_left(serve: Serve) -> None:
    with pytest.raises(UnfetchedArticle, match=r"within 0\.3 seconds"):
        fetch(serve(lambda to: time.sleep(0.6)), timeout=0.3)


@pytest.mark.parametrize(
    "where", ["file:///etc/passwd", "ftp://127.0.0.1/x", "data:text/html,x", "/again", "//"]
)
def test_redirect_leads_neither_elsewhere_nor_round_in_circles(serve: Serve, where: str) -> None:
    moved = f"HTTP/1.1 302 Found\r\nLocation: {where}\r\nContent-Length: 0\r\n\r\n".encode()
    with pytest.raises(UnfetchedArticle):
        fetch(serve(lambda to: to.sendall(moved)), timeout=5)


@pytest.mark.parametrize(
    "answer",
    [b"", b"\x00" * 100, b"HTTP/1.1 500 No\r\n\r\n", b"HTTP/1.1 200 OK\r\n" + b"A: b\r\n" * 200, b"SSH-2.0"],
)
def test_what_is_no_page_is_told(serve: Serve, answer: bytes) -> None:
    with pytest.raises(UnfetchedArticle):
        fetch(serve(lambda to: to.sendall(answer)), timeout=5)


@pytest.mark.parametrize("address", ["http://127.0.0.1:1/", "https://127.0.0.1:1/", "http:///x", "http://[/"])
def test_address_without_an_answer_is_told(address: str) -> None:
    with pytest.raises(UnfetchedArticle):
        fetch(address, timeout=5)
