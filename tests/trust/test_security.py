"""Nobody gets in: not by a path, a link, an address, an entity, an archive, a page, or a query."""

from __future__ import annotations

import json
import os
import socket
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from calls import count_calls
from cli.conftest import Run, musnad
from musnad.collection import open_collection
from musnad.collection.input import find_records
from musnad.errors import ArticleTooLarge, MusnadError, OutsideQuery, UnreadableArticle, UnreadableRecord
from musnad.graph.bounds import check_outreach
from musnad.graph.exports import FORMS, export_file
from musnad.graph.oxigraph_store import OxigraphStore
from musnad.graph.queries import list_queries
from musnad.text.article import Article
from musnad.text.intake import find_articles, read_articles
from musnad.text.pages import read_page
from trust.scale import examples, tried
from trust.texts import HIDDEN

__all__ = ["musnad"]

ROOT = Path(__file__).resolve().parents[2]
SEED = ROOT / "seeds" / "shafaq-2025-10-11" / "record.json"
MARKET = ROOT / "tests" / "records" / "market-blast-first-day.json"
SECRET = "the secret that lies outside"


@pytest.fixture
def listener() -> Iterator[tuple[str, list[object]]]:
    """Give the address of a server that notes who comes, and the list of those who came."""
    came: list[object] = []
    with socket.create_server(("127.0.0.1", 0)) as server:
        server.settimeout(0.05)
        stop = threading.Event()

        def listen() -> None:
            while not stop.is_set():
                try:
                    connection, peer = server.accept()
                except TimeoutError:
                    continue
                came.append(peer)
                connection.close()

        thread = threading.Thread(target=listen)
        thread.start()
        yield f"http://127.0.0.1:{server.getsockname()[1]}/", came
        stop.set()
        thread.join()


# --- paths --------------------------------------------------------------------------------------------


@pytest.fixture
def secret(tmp_path: Path) -> Path:
    path = tmp_path / "outside" / "secret.txt"
    path.parent.mkdir()
    path.write_text(f"2025-10-11 Coast News - {SECRET}.\n\nThe minister said it.", encoding="utf-8")
    return path


@pytest.mark.parametrize(
    "name", ["../outside/secret.txt", "link.txt", "sub/../../outside/secret.txt", "{absolute}"]
)
def test_record_reads_no_text_outside_its_folder(
    tmp_path: Path, secret: Path, musnad: Run, name: str
) -> None:
    folder = tmp_path / "given"
    folder.mkdir()
    (folder / "link.txt").symlink_to(secret)
    data = json.loads(MARKET.read_text(encoding="utf-8"))
    del data["text"]
    data["text_file"] = name.format(absolute=secret)
    (folder / "record.json").write_text(json.dumps(data), encoding="utf-8")
    result = musnad("validate", folder / "record.json")
    assert result.status != 0
    assert SECRET not in result.out + result.err
    assert "leads out of the record's folder" in result.err
    tried("requests refused")


def test_folder_reads_no_link_that_leads_out(tmp_path: Path, secret: Path, musnad: Run) -> None:
    folder = tmp_path / "given"
    folder.mkdir()
    (folder / "a.txt").symlink_to(secret)
    (folder / "up").symlink_to(secret.parent)
    (folder / "inside.txt").write_text("2025-10-11 Coast News - The port opened.", encoding="utf-8")
    (folder / "b.txt").symlink_to(folder / "inside.txt")
    found = list(find_articles([folder]))
    assert [type(item) for item in found].count(UnreadableArticle) == 1
    assert [item.name for item in found if isinstance(item, Path)] == ["b.txt", "inside.txt"]
    with pytest.raises(UnreadableRecord, match="leads out"):
        find_records([folder])
    result = musnad("read", folder)
    assert result.status == 2
    assert SECRET not in result.out + result.err
    assert "leads out of the folder" in result.err
    tried("requests refused", 2)


@pytest.mark.parametrize("name", ["../evil", "a/b", "..", "", "\x00", "a\nb", "C:\\x", "é"])
def test_id_of_an_article_is_no_path(tmp_path: Path, name: str) -> None:
    file = tmp_path / "a.jsonl"
    file.write_text(
        json.dumps({"text": "The port opened.", "date": "2025-10-11", "lang": "en", "id": name}) + "\n",
        "utf-8",
    )
    (article,) = read_articles(file)
    # An empty id is one that is not given.
    assert isinstance(article, UnreadableArticle) or (name == "" and isinstance(article, Article))
    tried("requests refused")


# --- what reaches out ---------------------------------------------------------------------------------

OUTREACH = [
    "SELECT * WHERE {{ SERVICE <{0}> {{ ?s ?p ?o }} }}",
    "SELECT * WHERE {{ service silent <{0}> {{ ?s ?p ?o }} }}",
    "SELECT * WHERE {{ ?s ?p 1SERVICE <{0}> {{ ?s ?p ?o }} }}",
    "SELECT * WHERE {{ VALUES ?x {{ <{0}> }} SERVICE ?x {{ ?s ?p ?o }} }}",
    "SELECT * WHERE {{ \\u0053ERVICE <{0}> {{ ?s ?p ?o }} }}",
    "SELECT * WHERE {{ \\U00000053ERV\\u0049CE <{0}> {{ ?s ?p ?o }} }}",
    "SELECT * WHERE {{ FILTER(?a<?b)SERVICE#>\n<{0}> {{ ?s ?p ?o }} }}",
    "SELECT * WHERE {{ FILTER EXISTS {{ SERVICE <{0}> {{ ?s ?p ?o }} }} }}",
    "ASK {{ SERVICE <{0}> {{ ?s ?p ?o }} }}",
    "PREFIX e: <urn:e:> SELECT * {{ ?s e:a\\'b ?o . SERVICE <{0}> {{ ?s ?p ?q }} FILTER(?o = 'z') }}",
    "SELECT * {{ ?s ?p '''a\\'''' . SERVICE <{0}> {{ ?s ?p ?o }} }}",
    "CONSTRUCT {{ ?s ?p ?o }} WHERE {{ SERVICE <{0}> {{ ?s ?p ?o }} }}",
]
UPDATES = [
    "LOAD <{0}>",
    "LOAD SILENT <{0}> INTO GRAPH <urn:g>",
    "INSERT DATA {{ <urn:a> <urn:b> <urn:c> }} ; load <{0}>",
    "\\u004COAD <{0}>",
    "INSERT {{ ?s ?p ?o }} WHERE {{ SERVICE <{0}> {{ ?s ?p ?o }} }}",
]


@pytest.mark.parametrize("text", OUTREACH)
def test_query_asks_no_other_server(text: str, listener: tuple[str, list[object]]) -> None:
    address, came = listener
    with OxigraphStore() as store:
        for place in (address, "file:///etc/passwd"):
            for ask in (store.query, store.ask, store.construct):
                with pytest.raises(MusnadError):
                    ask(text.format(place))
            with pytest.raises(OutsideQuery):
                check_outreach(text.format(place))
            tried("requests refused")
    assert came == []


@pytest.mark.parametrize("text", UPDATES)
def test_update_loads_nothing(text: str, listener: tuple[str, list[object]], secret: Path) -> None:
    address, came = listener
    with OxigraphStore() as store:
        for place in (address, secret.as_uri()):
            with pytest.raises(OutsideQuery):
                store.update(text.format(place))
            tried("requests refused")
        assert store.count() == 0
    assert came == []


@pytest.mark.parametrize(
    "text",
    [
        "SELECT ?service WHERE { ?service <http://example.org/service> 'SERVICE' } # SERVICE",
        'PREFIX load: <http://example.org/load#> SELECT ?load { ?load load:service """LOAD <x>""" }',
        "SELECT * FROM <file:///etc/passwd> WHERE { ?s ?p ?o }",
    ],
)
def test_words_that_mean_nothing_are_let_pass(text: str) -> None:
    with OxigraphStore() as store:
        assert store.query(text).tuples == ()


def test_no_query_of_musnads_own_reaches_out() -> None:
    for query in list_queries():
        check_outreach(query.text)


def test_own_query_file_reaches_nobody(
    musnad: Run, tmp_path: Path, listener: tuple[str, list[object]]
) -> None:
    address, came = listener
    store, file = tmp_path / "news.musnad", tmp_path / "own.rq"
    with open_collection(store) as news:
        news.add(MARKET)
    file.write_text(OUTREACH[0].format(address), encoding="utf-8")
    result = musnad("query", file, "--store", store)
    assert (result.status, result.out, result.err[:5]) == (2, "", "M759 ")
    assert came == []


def test_contexts_and_imports_are_never_fetched(
    tmp_path: Path, musnad: Run, listener: tuple[str, list[object]]
) -> None:
    """JSON-LD is written and never read, with its context in it; imports are triples like others."""
    address, came = listener
    for name, content in {
        "a.jsonld": json.dumps({"@context": f"{address}context.jsonld", "@id": "urn:a", "statements": []}),
        "a.json": json.dumps({"@context": f"{address}context.jsonld", "statements": []}),
        "a.ttl": f"@base <{address}> . <> <http://www.w3.org/2002/07/owl#imports> <{address}o.ttl> .",
        "a.rdf": f'<?xml version="1.0"?><!DOCTYPE r SYSTEM "{address}r.dtd"><r/>',
    }.items():
        (tmp_path / name).write_text(content, encoding="utf-8")
        for command in ("validate", "build"):
            arguments = [
                command,
                tmp_path / name,
                *(["--store", tmp_path / "s"] if command == "build" else []),
            ]
            assert musnad(*arguments).status in (1, 2)
        tried("requests refused")
    with open_collection() as news:
        news.add(MARKET)
        for form, details in FORMS.items():
            text = export_file(news.quads(), tmp_path / f"out{details.extension}", form).read_text(
                encoding="utf-8"
            )
            assert form != "jsonld" or isinstance(json.loads(text)["@context"], dict)
    assert came == []


def test_building_and_asking_open_no_connection(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, musnad: Run
) -> None:
    def refuse(*arguments: object) -> None:
        raise AssertionError(f"a connection was to be opened: {arguments}")

    monkeypatch.setattr(socket.socket, "connect", refuse)
    monkeypatch.setattr(socket, "getaddrinfo", refuse)
    assert musnad("build", SEED.parent, "--store", tmp_path / "s").status == 0
    for command in (["conflicts"], ["trace", "s3c4"], ["export"], ["verify"], ["info"]):
        assert musnad(*command, "--store", tmp_path / "s").status == 0
    assert musnad("validate", SEED).status == 0


# --- pages --------------------------------------------------------------------------------------------

BODY = (
    "<p>The minister said on Monday that the port of Basra would open again in May, officials added.</p>" * 8
)


@pytest.mark.parametrize(
    "page",
    [
        '<?xml version="1.0"?><!DOCTYPE html [<!ENTITY x SYSTEM "{secret}">]>'
        "<html><body>{body}<p>&x;</p></body></html>",
        '<!DOCTYPE html [<!ENTITY % x SYSTEM "{address}x.dtd"> %x;]><html><body>{body}</body></html>',
        '<!DOCTYPE html SYSTEM "{address}html.dtd"><html><body>{body}</body></html>',
        '<html><head><base href="{address}"><link rel="stylesheet" href="a.css">'
        '<script src="{address}a.js"></script><meta http-equiv="refresh" content="0;url={address}"></head>'
        '<body>{body}<img src="{address}i.png">'
        '<iframe src="{secret}"></iframe><object data="{secret}"></object></body></html>',
        '<html xmlns:xi="http://www.w3.org/2001/XInclude"><body>{body}'
        '<xi:include href="{secret}" parse="text"/></body></html>',
    ],
)
def test_page_brings_nothing_from_elsewhere(
    page: str, secret: Path, listener: tuple[str, list[object]]
) -> None:
    address, came = listener
    data = page.format(secret=secret.as_uri(), address=address, body=BODY).encode()
    try:
        text, _ = read_page(data, "page.html")
    except MusnadError:
        text = ""
    assert SECRET not in text
    assert came == []
    tried("payloads tried")


BOMBS = {
    "entities": lambda n: (
        "<!DOCTYPE html [<!ENTITY a 'aaaaaaaaaa'>"
        + "".join(f"<!ENTITY a{i} '{f'&a{i - 1 if i else str()};' * 10}'>" for i in range(9))
        + f"]><html><body>{BODY}<p>&a8;</p></body></html>"
    ),
    "depth": lambda n: f"<html><body>{BODY}{'<div>' * n}deep{'</div>' * n}</body></html>",
    "inline depth": lambda n: f"<html><body>{BODY}<p>{'<b>' * n}deep{'</b>' * n}</p></body></html>",
    "attributes": lambda n: f"<html><body {' '.join(f'a{i}=1' for i in range(n))}>{BODY}</body></html>",
    "unclosed": lambda n: f"<html><body>{BODY}{'<p><a href=x>' * (n // 4)}",
    "comments": lambda n: f"<html><body>{BODY}{'<!--' * n}</body></html>",
    "lists": lambda n: f"<html><body>{BODY}{'<ul><li>' * (n // 8)}</body></html>",
    "brackets": lambda n: f"<html><body>{BODY}{'<' * n}</body></html>",
}


@pytest.mark.parametrize("between", [" ", "=1 ", "='>' ", '="<p>" ', "/", "\n", '\n= "a b" '])
def test_element_of_endless_attributes_is_refused_before_it_is_parsed(between: str) -> None:
    """The parser compares each attribute with all before it: a page of 1.5 MB took half a minute."""
    page = "<html><body {}>{}</body></html>"
    many, few = (between.join(f"a{number}" for number in range(count)) for count in (2_100, 1_900))
    with pytest.raises(ArticleTooLarge, match="attributes"):
        read_page(page.format(many, BODY).encode(), "page.html")
    assert "Basra" in read_page(page.format(few, BODY).encode(), "page.html")[0]
    tried("payloads tried")


@pytest.mark.parametrize("bomb", BOMBS)
def test_page_that_is_a_bomb_is_read_or_refused_in_bounded_steps(bomb: str) -> None:
    def steps(size: int) -> int:
        page = BOMBS[bomb](size).encode()

        def look() -> None:
            try:
                text, _ = read_page(page, "page.html")
            except MusnadError:
                return
            assert len(text) < 20 * len(page)

        return count_calls(look)

    steps(100)
    assert steps(16_000) < 14 * steps(2_000) + 200_000
    tried("payloads tried")


@examples(30)
@given(
    st.lists(
        st.sampled_from(
            [
                "<p>",
                "</p>",
                "<div>",
                "<html",
                "<!--",
                "-->",
                "<script>",
                "&#x0;",
                "&#1114112;",
                "&lt;",
                "]]>",
                BODY,
            ]
        )
        | st.sampled_from(
            [
                "<![CDATA[",
                "<?xml",
                '<meta charset="utf-16">',
                "<table><tr><td>",
                "<svg>",
                "<template>",
                "\x00",
            ]
        )
        | st.text(HIDDEN + "<>&;\"'= /!-", max_size=8),
        max_size=12,
    ).map("".join)
)
def test_any_page_is_read_or_refused(page: str) -> None:
    try:
        text, _ = read_page(f"<html>{page}".encode(errors="surrogatepass"), "page.html")
    except MusnadError as error:
        assert error.remedy  # noqa: PT017
    else:
        text.encode()
    tried("inputs fuzzed")


# --- archives -----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "start", [b"PK\x03\x04", b"\x1f\x8b\x08\x00", b"%PDF-1.7", b"\xd0\xcf\x11\xe0", b"BZh9", b"\xfd7zXZ\x00"]
)
@pytest.mark.parametrize("ending", [".txt", ".html"])
def test_archives_are_never_unpacked(tmp_path: Path, start: bytes, ending: str) -> None:
    file = tmp_path / f"a{ending}"
    file.write_bytes(start + os.urandom(64) + b"\x00" * 64)
    (found,) = read_articles(file)
    assert isinstance(found, MusnadError)
    tried("requests refused")
