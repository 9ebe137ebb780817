"""What pages say: languages, twins, names that lead somewhere, the query behind a page."""

from __future__ import annotations

import csv
import re
import time
from html import unescape
from io import StringIO
from pathlib import Path

import httpx
import pytest
from rdflib import Graph

from musnad.terms import FINDINGS_GRAPH, M
from musnad.views.explorer.marking import Mark, cut
from musnad.views.explorer.words import preferred, words

EXPLORER = Path(__file__).resolve().parents[2] / "src" / "musnad" / "views" / "explorer"
LISTS = ["/articles", "/questions", "/sources"]


@pytest.fixture(scope="session")
def pages(client: httpx.Client) -> dict[str, str]:
    """Give an address of each kind of page about one thing, from the lists and the claim s3c4."""
    found = {path: client.get(f"{path}.csv").text for path in LISTS}
    first = {path: next(csv.DictReader(StringIO(text))) for path, text in found.items()}
    article = first["/articles"]["article"].rpartition("/")[2]
    rows = csv.DictReader(StringIO(client.get(f"/validation/{article}.csv").text))
    claim = next(row["claim"] for row in rows if row["claim_id"] == "s3c4").rpartition("/")[2]
    return {
        "article": f"/article/{article}",
        "claim": f"/claim/{claim}",
        "question": f"/question/{first['/questions']['slot'].rpartition('/')[2]}",
        "source": f"/source/{first['/sources']['source'].rpartition('/')[2]}",
    }


def plain(page: str) -> str:
    """Give what is on a page without the marks that keep dates and numbers apart from what is around them."""
    return unescape(page).replace("\u2068", "").replace("\u2069", "")


def test_every_word_is_used_and_none_is_missing() -> None:
    files = [*EXPLORER.glob("*.py"), *EXPLORER.glob("templates/*.html")]
    text = "\n".join(path.read_text(encoding="utf-8") for path in files)
    asked = set(re.findall(r"""\b(?:t|say)\(["'](\w+)["']""", text))
    assert asked - words().keys() == set()
    # How a claim is held and what a hand did are words of the graph.
    of_graph = {"affirmed", "speaker", "relay"}
    assert {key for key in words() if not re.search(rf"""["']{key}["']""", text)} == of_graph
    assert {key for key, said in words().items() if not said.en.strip() or not said.ar.strip()} == set()


@pytest.mark.parametrize(
    ("accept", "language"),
    [
        ("", "en"),
        ("ar", "ar"),
        ("fr,ar;q=0.5", "ar"),
        ("en-GB,ar;q=0.9", "en"),
        ("ar;q=0,en", "en"),
        (";;q", "en"),
    ],
)
def test_language_is_negotiated(client: httpx.Client, accept: str, language: str) -> None:
    assert preferred(accept) == language
    answer = client.get("/articles", headers={"Accept-Language": accept})
    assert answer.headers["Content-Language"] == language
    assert "Accept-Language" in answer.headers["Vary"]
    assert f'<html lang="{language}"' in answer.text


def test_language_that_was_chosen_stays(client: httpx.Client, pages: dict[str, str]) -> None:
    text = client.get(f"{pages['article']}?lang=ar", headers={"Accept-Language": "en"}).text
    links = [unescape(link) for link in re.findall(r'href="(/claim/[^"]+)"', text)]
    assert links
    assert all(link.endswith("?lang=ar") for link in links)


@pytest.mark.parametrize("path", LISTS)
def test_lists_have_twins(client: httpx.Client, path: str) -> None:
    rows = list(csv.DictReader(StringIO(client.get(f"{path}.csv").text)))
    assert rows
    assert [
        {key: "" if value is None else str(value) for key, value in row.items()}
        for row in client.get(f"{path}.json").json()
    ] == rows
    graph = Graph().parse(data=client.get(f"{path}.ttl").text, format="turtle")
    assert len(set(graph.subjects())) >= len(rows)


@pytest.mark.parametrize("kind", ["article", "claim", "question", "source"])
def test_pages_have_twins(client: httpx.Client, pages: dict[str, str], kind: str) -> None:
    path = pages[kind]
    assert list(csv.DictReader(StringIO(client.get(f"{path}.csv").text)))
    assert client.get(f"{path}.json").json()
    assert len(Graph().parse(data=client.get(f"{path}.ttl").text, format="turtle")) > 2
    for form in ("ttl", "json", "csv"):
        assert f'href="{path}.{form}"' in client.get(path).text


@pytest.mark.parametrize("path", [*LISTS, "article", "claim", "question", "source"])
def test_query_behind_a_page_gives_its_rows(client: httpx.Client, pages: dict[str, str], path: str) -> None:
    path = pages.get(path, path)
    text = client.get(path).text
    shown = re.search(
        r'class="query">.*?<code>(.*?)</code></pre>\s*<p><a href="(/ask\?[^"]*)"', text, re.DOTALL
    )
    assert shown
    query = unescape(shown[1])
    rows = client.post("/sparql", data={"query": query}, headers={"Accept": "text/csv"}).text
    twin = client.get(f"{path}.csv").text
    shown_rows, twin_rows = (list(csv.reader(StringIO(text))) for text in (rows, twin))
    assert shown_rows[0] == twin_rows[0]
    assert len(shown_rows) == len(twin_rows) > 1
    editor = unescape(shown[2])
    assert httpx.URL(editor).params["query"].split() == query.split()


def test_names_lead_to_pages_and_data(client: httpx.Client, pages: dict[str, str]) -> None:
    name = pages["claim"].replace("/claim/", "/id/claim/")
    for accept, place in (
        ("text/html,*/*;q=0.8", pages["claim"]),
        ("text/turtle", f"{pages['claim']}.ttl"),
        ("application/json", f"{pages['claim']}.json"),
        ("text/csv;q=0.9, image/png", f"{pages['claim']}.csv"),
    ):
        answer = client.get(name, headers={"Accept": accept})
        assert (answer.status_code, answer.headers["Location"]) == (303, place)
        assert "Accept" in answer.headers["Vary"]
        assert client.get(place).status_code == 200
    assert client.get(name, headers={"Accept": "image/png"}).status_code == 406


def test_every_name_of_the_store_has_a_page(client: httpx.Client) -> None:
    ours = "STRSTARTS(STR(?s), 'https://w3id.org/musnad/id/')"
    query = f"SELECT DISTINCT ?s {{ ?s ?p ?o FILTER({ours}) }} ORDER BY MD5(STR(?s))"
    names = client.post("/sparql", data={"query": query}, headers={"Accept": "text/csv"}).text.split()[1:]
    kinds: dict[str, int] = {}
    for name in names:
        kind = name.split("/")[5]
        kinds[kind] = kinds.get(kind, 0) + 1
        if kinds[kind] > 3:
            continue
        answer = client.get(name.removeprefix("https://w3id.org/musnad"), headers={"Accept": "text/html"})
        assert client.get(answer.headers["Location"]).status_code == 200, name
    assert {"article", "claim", "entity", "finding", "proposition", "slot", "span", "step"} <= kinds.keys()


def test_claim_page_says_everything_that_lets_one_check_it(
    client: httpx.Client, pages: dict[str, str]
) -> None:
    text = plain(client.get(pages["claim"]).text)
    for said in (
        "US forces keep a base at Altun Kupri and Harir only",  # in words
        "أحدهما في بلدة التون كوبري",  # as published
        "characters 361–448",
        "informed sources",
        "Conflict with a closed list",
        "Agreement, one more exact",
        "sources without a name might be one person",
        "https://w3id.org/musnad/id/claim/",
        "m:extractionConfidence",
    ):
        assert said in text
    arabic = plain(client.get(f"{pages['claim']}?lang=ar").text)
    assert "القوات الأميركية" in arabic
    assert "المواضع 361–448" in arabic


def test_facets_leave_what_fits(client: httpx.Client) -> None:
    count = {
        query: client.get(f"/articles?{query}").text.count("<li><h2>")
        for query in (
            "", "language=ar", "language=en", "status=reviewed", "status=draft", "since=2025-10-11",
            "since=2025-10-12", "until=2025-10-10", "q=%D8%A7%D8%B1%D8%A8%D9%8A%D9%84", "q=Erbil",
            "page=99999999999", "page=-1", "since=nonsense",
        )
    }  # fmt: skip
    assert count == {
        "": 1, "language=ar": 1, "language=en": 0, "status=reviewed": 1, "status=draft": 0,
        "since=2025-10-11": 1, "since=2025-10-12": 0, "until=2025-10-10": 0,
        "q=%D8%A7%D8%B1%D8%A8%D9%8A%D9%84": 1, "q=Erbil": 0,
        "page=99999999999": 1, "page=-1": 1, "since=nonsense": 1,
    }  # fmt: skip


def test_what_is_not_there_is_told(client: httpx.Client) -> None:
    for path in (
        "/article/0",
        "/claim/%20",
        "/question/x",
        "/source/x",
        "/finding/x",
        "/pair",
        "/pair?one=a&other=b",
    ):
        answer = client.get(path)
        assert answer.status_code == 404
        assert "M707" in answer.text
    assert client.get("/articles.exe").status_code == 404
    assert client.get("/nowhere").status_code == 404


def test_page_that_did_not_change_is_not_sent_again(client: httpx.Client) -> None:
    tag = client.get("/articles").headers["ETag"]
    again = client.get("/articles", headers={"If-None-Match": tag})
    assert (again.status_code, again.content) == (304, b"")


def test_counters_count(client: httpx.Client) -> None:
    client.get("/articles")
    deadline = time.monotonic() + 30  # the lists are read in a thread of their own
    while 'musnad_held{what="sources"}' not in (text := client.get("/metrics").text):
        assert time.monotonic() < deadline
        time.sleep(0.1)
    assert re.search(r'musnad_requests_total\{route="/articles",status="200"\} [1-9]', text)
    assert 'musnad_held{what="articles"} 1.0' in text


def test_question_that_nobody_answers_shows_what_bears_on_it(client: httpx.Client) -> None:
    """No claim answers whether US forces withdraw completely; three findings compare on it."""
    text = plain(client.get("/questions").text)
    line = next(part for part in text.split("<li>") if "answered only by what 5 claims of 2 sources" in part)
    assert "Claims 0" not in text
    found = re.search(r'href="(/question/[^"]+)"', line)
    assert found
    page = plain(client.get(found[1]).text)
    section = page[page.index('id="implied-title"') : page.index('id="matrix-title"')]
    said = " ".join(re.sub(r"<[^>]+>", " ", section).split())
    assert "US forces keep 2 bases (Iraq, in the future) affirmed planned" in said
    assert "excludes withdraws completely · answers How many bases are kept? ( US forces )" in said
    assert "ستبقى فقط قاعدتين عسكريتين" in said
    for claim in re.findall(r'href="(/claim/[^"]+)"', section):
        assert client.get(claim).status_code == 200
    assert section.count('href="/claim/') == 5
    assert 'id="positions-title"' not in page
    assert 'id="timeline-title"' not in page


def test_every_competency_question_is_an_example_that_runs(client: httpx.Client) -> None:
    """The editor has all of ontology/questions.md, each ready to run."""
    questions = (Path(__file__).resolve().parents[2] / "ontology" / "questions.md").read_text("utf-8")
    wanted = set(re.findall(r"\[(?:list|trace|compare)/([\w-]+)\]", questions))
    text = client.get("/ask").text
    examples = re.findall(r'<a href="([^"]+)" class="example">.*?</a> <code>([\w-]+)</code>', text)
    assert {name for _, name in examples} == wanted
    for place, name in examples:
        query = httpx.URL(unescape(place)).params["query"]
        assert client.post("/sparql", data={"query": query}).status_code == 200, name


@pytest.mark.parametrize("text", ["", "abc", "قالَ🙂 مصدر"])
def test_stretches_are_the_text(text: str) -> None:
    spans = [(start, end) for start in range(len(text)) for end in range(start + 1, len(text) + 1)]
    marks = [Mark(start, end, "content", f"s{start}") for start, end in spans]
    stretches = cut(text, marks)
    assert "".join(stretch.text for stretch in stretches) == text
    for stretch in stretches:
        covering = {mark for mark in marks if mark.start <= stretch.start < mark.end}
        assert set(stretch.marks) == covering


def test_lists_read_findings_graph(client: httpx.Client) -> None:
    """The counts of a list are those of the graph."""
    query = f"SELECT (COUNT(*) AS ?n) {{ GRAPH <{FINDINGS_GRAPH}> {{ ?f <{M('slot')}> ?slot }} }}"
    counted = client.post("/sparql", data={"query": query}).json()["results"]["bindings"][0]["n"]["value"]
    text = client.get("/questions").text
    shown = re.findall(r'class="kind [\w-]+"><span aria-hidden="true">.</span> [\w ]+? (\d+)</span>', text)
    assert sum(map(int, shown)) == int(counted)
