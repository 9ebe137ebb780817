"""The pages in a real browser: every page in both languages, marks, keyboard, search, the editor."""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import httpx
import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect, sync_playwright

pytestmark = pytest.mark.system("chromium")

# What axe looks at: the Web Content Accessibility Guidelines, levels A and AA, and its own good practice.
RULES = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}
SHOTS = os.environ.get("MUSNAD_SCREENSHOTS")
NAMES = [
    "articles",
    "article",
    "claim",
    "questions",
    "question",
    "pair",
    "sources",
    "source",
    "finding",
    "ask",
]


class Watched:
    """A page of the browser, and what should not have happened on it."""

    def __init__(self, page: Page, server: str) -> None:
        self.page = page
        self.wrong: list[str] = []
        page.on(
            "console", lambda said: self._note(f"{said.type}: {said.text}", said.type in ("error", "warning"))
        )
        page.on("pageerror", lambda error: self._note(f"error: {error}", True))
        page.on(
            "request", lambda asked: self._note(f"outside: {asked.url}", not self._ours(asked.url, server))
        )
        page.on("requestfailed", lambda asked: self._note(f"failed: {asked.url}", True))

    def _note(self, what: str, wrong: bool) -> None:
        if wrong:
            self.wrong.append(what)

    @staticmethod
    def _ours(url: str, server: str) -> bool:
        return urlsplit(url).scheme in ("data", "blob") or url.startswith(f"{server}/")


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """Start Debian's chromium."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=shutil.which("chromium"), args=["--no-sandbox", "--disable-dev-shm-usage"]
        )
        yield browser
        browser.close()


@pytest.fixture
def watched(browser: Browser, server: str) -> Iterator[Watched]:
    """Open a page of the browser; at its end nothing wrong may have happened."""
    context = browser.new_context(base_url=server, viewport={"width": 1280, "height": 900})
    watched = Watched(context.new_page(), server)
    yield watched
    context.close()
    assert watched.wrong == []


@pytest.fixture(scope="module")
def addresses(server: str) -> dict[str, str]:
    """Give an address of every kind of page."""
    with httpx.Client(base_url=server, trust_env=False) as client:
        rows = {name: client.get(f"/{name}.json").json() for name in ("articles", "sources")}
        digest = {name: [next(iter(_iris(row))) for row in found] for name, found in rows.items()}
        article = digest["articles"][0]
        # A question with a matrix: sources agree or conflict on it, and not one with itself alone.
        lists = client.get("/questions.json").json()
        places = [f"/question/{next(_iris(row))}" for row in lists]
        question = next(place for place in places if 'class="matrix"' in client.get(place).text)
        claims = client.get(f"/validation/{article}.csv").text.splitlines()[1:]
        claim = next(line.split(",")[0] for line in claims if ",s3c4," in line).rpartition("/")[2]
        one, other = _speakers(client, claim)
        found = client.get(f"/claim/{claim}.json").json()["findings"][0]["id"]
    return {
        "articles": "/articles",
        "article": f"/article/{article}",
        "claim": f"/claim/{claim}",
        "questions": "/questions",
        "question": question,
        "pair": f"/pair?one={one}&other={other}",
        "sources": "/sources",
        "source": f"/source/{one}",
        "finding": f"/finding/{found.rpartition('/')[2]}",
        "ask": "/ask",
    }


def _iris(row: dict[str, Any]) -> Iterator[str]:
    for key in ("article", "slot", "source"):
        if key in row:
            yield row[key].rpartition("/")[2]


def _speakers(client: httpx.Client, claim: str) -> tuple[str, str]:
    query = """PREFIX prov: <http://www.w3.org/ns/prov#>
    SELECT ?s { VALUES ?c { <https://w3id.org/musnad/id/claim/%s> <%s> } ?c prov:wasAttributedTo ?s }"""
    finding = client.get(f"/claim/{claim}.json").json()["findings"][0]
    other = next(iri for iri in finding["claims"] if not iri.endswith(claim))
    found = client.get("/sparql", params={"query": query % (claim, other)}).json()["results"]["bindings"]
    one, two = (row["s"]["value"].rpartition("/")[2] for row in found)
    return one, two


@pytest.mark.parametrize("language", ["en", "ar"])
@pytest.mark.parametrize("name", NAMES)
def test_page_is_whole_and_fit_for_everybody(
    watched: Watched, addresses: dict[str, str], name: str, language: str, tmp_path: Path
) -> None:
    page = watched.page
    address = addresses[name]
    page.goto(f"{address}{'&' if '?' in address else '?'}lang={language}")
    if name == "ask":
        page.wait_for_selector(".CodeMirror")
    html = page.locator("html")
    assert (html.get_attribute("lang"), html.get_attribute("dir")) == (
        language,
        "rtl" if language == "ar" else "ltr",
    )
    assert page.locator("h1").inner_text().strip()
    # The editor's own parts are its makers' to mend.
    outside = {"exclude": [["#yasgui"]]}
    found = Axe().run(page, context=outside, options=RULES).response["violations"]
    assert [(rule["id"], [node["html"][:120] for node in rule["nodes"]][:3]) for rule in found] == []
    folder = Path(SHOTS) if SHOTS else tmp_path
    page.screenshot(path=folder / f"{name}-{language}.png")


def test_dark_pages_have_enough_contrast(browser: Browser, server: str, addresses: dict[str, str]) -> None:
    context = browser.new_context(base_url=server, color_scheme="dark")
    page = context.new_page()
    for name in ("article", "claim", "question"):
        page.goto(addresses[name])
        found = Axe().run(page, options={"runOnly": ["color-contrast"]}).response["violations"]
        assert [node["html"][:120] for rule in found for node in rule["nodes"]] == []
    context.close()


def test_marks_sit_on_the_right_characters(
    watched: Watched, addresses: dict[str, str], server: str, client: httpx.Client
) -> None:
    page = watched.page
    page.goto(addresses["article"])
    # The browser counts UTF-16 units, the graph code points: Array.from gives the latter.
    shown = page.evaluate(
        """() => {
            const text = document.getElementById("text");
            const marks = [];
            let at = 0;
            for (const node of text.childNodes) {
                const length = Array.from(node.textContent).length;
                if (node.nodeName === "MARK") {
                    marks.push([at, at + length, node.className, node.dataset.statements]);
                }
                at += length;
            }
            return [text.textContent, marks];
        }"""
    )
    text, marks = shown
    query = """PREFIX m: <https://w3id.org/musnad#> PREFIX oa: <http://www.w3.org/ns/oa#>
    PREFIX dcterms: <http://purl.org/dc/terms/>
    SELECT ?id ?part ?start ?end ?exact ?text {
      ?s a m:Statement ; dcterms:identifier ?id ; ?part ?span ; m:reportedIn/m:text ?text .
      FILTER(?part IN (m:sourceSpan, m:cueSpan, m:contentSpan))
      ?span oa:hasSelector ?p, ?q . ?p oa:start ?start ; oa:end ?end . ?q oa:exact ?exact }"""
    rows = client.post("/sparql", data={"query": query}).json()["results"]["bindings"]
    assert text == rows[0]["text"]["value"]
    for row in rows:
        start, end = int(row["start"]["value"]), int(row["end"]["value"])
        part = row["part"]["value"].rpartition("#")[2].removesuffix("Span")
        covering = [
            (low, high)
            for low, high, parts, statements in marks
            if part in parts.split() and row["id"]["value"] in statements.split()
        ]
        covered = sorted({place for low, high in covering for place in range(low, high)})
        assert covered == list(range(start, end))
        assert "".join(text[place] for place in covered) == row["exact"]["value"]


def test_letters_stay_joined_across_the_edge_of_a_mark(watched: Watched, addresses: dict[str, str]) -> None:
    page = watched.page
    page.goto(addresses["article"])
    # Any padding, margin or block box at an edge would tear a word in two.
    styles = page.evaluate(
        """() => [...document.querySelectorAll("#text mark")].map((mark) => {
            const style = getComputedStyle(mark);
            return [style.display, style.padding, style.margin, style.borderWidth];
        })"""
    )
    assert {json.dumps(style) for style in styles} == {json.dumps(["inline", "0px", "0px", "0px"])}


def test_card_and_mark_light_up_together(watched: Watched, addresses: dict[str, str]) -> None:
    page = watched.page
    page.goto(addresses["article"])
    page.locator("#card-s2 a").first.focus()
    assert page.locator("#text mark.lit").evaluate_all(
        "marks => marks.every((mark) => mark.dataset.statements.split(' ').includes('s2'))"
    )
    assert page.locator("#text mark.lit").count() >= 2
    page.locator("#mark-s3").hover()
    assert "lit" in (page.locator("#card-s3").get_attribute("class") or "")
    page.locator("#mark-s3").focus()
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.closest('.card').id").startswith("card-s")


def test_whole_page_is_reached_by_keyboard(watched: Watched, addresses: dict[str, str]) -> None:
    page = watched.page
    page.goto(addresses["articles"])
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip"
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "main"


def test_search_folds_arabic_spelling_and_keeps_the_address(watched: Watched) -> None:
    page = watched.page
    page.goto("/articles")
    # The article writes قاعدة عين الأسد; people leave out hamzas, write ه for ة, stretch and point.
    page.locator("#q").fill("قاعـــدهِ الاسد")
    page.wait_for_url("**q=**")
    assert page.locator("#found li").count() == 1
    page.locator("#q").fill("لا توجد كلمة كهذه")
    expect(page.locator("#found li")).to_have_count(0)
    page.reload()
    expect(page.locator("#found li")).to_have_count(0)


@pytest.mark.parametrize("language", ["en", "ar"])
def test_chain_is_drawn_from_speaker_to_characters(
    watched: Watched, addresses: dict[str, str], language: str
) -> None:
    page = watched.page
    page.goto(f"{addresses['claim']}?lang={language}")
    drawn = page.locator(".drawn")
    stations = drawn.locator(".station")
    # As many boxes as hands, and one for the article, in the order of the list, none upon another.
    assert stations.count() == page.locator(".chain li").count() - 1
    boxes = [station.bounding_box() for station in stations.all()]
    edges = [(box["y"], box["y"] + box["height"]) for box in boxes if box]
    assert all(above[1] < below[0] for above, below in pairwise(edges))
    # Every line lies in the drawing, and begins where its language does.
    sheet = drawn.bounding_box()
    assert sheet
    for line in drawn.locator("text").all():
        box = line.bounding_box()
        assert box
        assert sheet["x"] <= box["x"] < box["x"] + box["width"] <= sheet["x"] + sheet["width"], (
            line.inner_text()
        )
    words = drawn.locator(".words").first
    assert words.get_attribute("direction") == "rtl"
    box = words.bounding_box()
    assert box
    assert box["x"] + box["width"] > sheet["x"] + sheet["width"] * 0.95
    head = drawn.locator(".role").first.bounding_box()
    assert head
    middle = sheet["x"] + sheet["width"] / 2
    assert head["x"] > middle if language == "ar" else head["x"] + head["width"] < middle
    # Boxes of named hands lead to them by keyboard.
    drawn.locator("a").first.focus()
    page.keyboard.press("Enter")
    page.wait_for_url("**/source/**")


def test_cell_of_the_matrix_opens_both_quotations(watched: Watched, addresses: dict[str, str]) -> None:
    page = watched.page
    page.goto(addresses["question"])
    page.locator(".matrix td a").first.click()
    page.wait_for_selector("#opened .sides")
    assert page.locator("#opened .finding").first.locator(".side blockquote").count() >= 2


def test_shapes_are_checked_in_place(watched: Watched, addresses: dict[str, str]) -> None:
    page = watched.page
    page.goto(addresses["claim"])
    page.locator("#shapes").scroll_into_view_if_needed()
    page.wait_for_selector("#shapes .good", timeout=30_000)


def test_editor_asks_the_endpoint(watched: Watched) -> None:
    page = watched.page
    page.goto(
        "/ask?query=SELECT%20(COUNT(*)%20AS%20%3Fn)%20%7B%20%3Fc%20a%20%3Chttps%3A%2F%2Fw3id.org%2Fmusnad%23Claim%3E%20%7D"
    )
    page.wait_for_selector(".CodeMirror")
    page.locator(".yasqe_queryButton").click()
    page.wait_for_selector(".yasr_results td")
    assert "35" in page.locator(".yasr_results").inner_text()
    page.locator(".examples summary").click()
    page.locator(".examples li", has=page.get_by_text("sources", exact=True)).locator("a").click()
    page.locator(".yasqe_queryButton").click()
    expect(page.locator(".yasr_results tr").nth(2)).to_be_visible()
    assert "query=" in page.url
    page.locator("#copy-python").click()
    expect(page.locator("#copy-python[data-program]")).to_be_visible()
    program = page.locator("#copy-python").evaluate("button => button.dataset.program")
    compile(program, "copied", "exec")


def test_pages_can_be_read_without_javascript(
    browser: Browser, server: str, addresses: dict[str, str]
) -> None:
    context = browser.new_context(base_url=server, java_script_enabled=False)
    page = context.new_page()
    page.goto("/articles?q=الاسد")
    page.locator("#found li a").first.click()
    page.locator(".claims a").first.click()
    assert page.locator(".drawn .station").count() >= 3
    page.locator("summary", has_text="As a list").click()
    assert page.locator(".chain li").count() >= 4
    page.goto(addresses["question"])
    page.locator(".matrix td a").first.click()
    assert page.locator("#pair .side blockquote").count() >= 2
    page.goto("/ask")
    assert page.locator("#plain textarea").input_value().startswith("PREFIX")
    context.close()
