"""Review in a real browser, by keyboard alone: five drafts, an edit by selection, an undo."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect, sync_playwright

from musnad.collection import open_collection
from serving.conftest import SEED, Served, serve_review
from serving.test_browser import RULES, Watched

pytestmark = pytest.mark.system("chromium")

SHOTS = os.environ.get("MUSNAD_SCREENSHOTS")


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """Start Debian's chromium."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=shutil.which("chromium"), args=["--no-sandbox", "--disable-dev-shm-usage"]
        )
        yield browser
        browser.close()


@pytest.fixture(params=["en", "ar"])
def language(request: pytest.FixtureRequest) -> str:
    """Give each language of the pages."""
    return str(request.param)


@pytest.fixture
def served(draft_store: Path, tmp_path: Path) -> Iterator[Served]:
    """Serve the machine's reading of the first article for review."""
    shutil.copytree(draft_store, tmp_path / "news.musnad")
    with serve_review(tmp_path / "news.musnad") as served:
        yield served


@pytest.fixture
def watched(browser: Browser, served: Served) -> Iterator[Watched]:
    """Open a page of the browser that has signed in; at its end nothing wrong may have happened."""
    context = browser.new_context(base_url=served.address, viewport={"width": 1280, "height": 900})
    watched = Watched(context.new_page(), served.address)
    watched.page.goto(served.once)
    yield watched
    context.close()
    # Of a page that is left at once, the browser gives the icon up.
    assert [what for what in watched.wrong if what != f"failed: {served.address}/assets/icon.svg"] == []


def script(served: Served, path: str) -> Any:
    """Give what the server tells a script."""
    headers = {"Authorization": f"Bearer {served.token}"}
    return httpx.get(f"{served.address}{path}", headers=headers, trust_env=False, timeout=60).json()


def fit(page: Page, name: str, tmp_path: Path) -> None:
    """Look that a page is fit for everybody, and keep a picture of it."""
    page.screenshot(path=(Path(SHOTS) if SHOTS else tmp_path) / f"{name}.png")  # axe scrolls
    found = Axe().run(page, options=RULES).response["violations"]
    assert [(rule["id"], [node["html"][:160] for node in rule["nodes"]][:3]) for rule in found] == []


def press(page: Page, key: str, goes_to: str) -> None:
    """Press a key that leads to another page, and wait until all of that is there."""
    with page.expect_navigation(url=goes_to):
        strike(page, key)
    if page.locator("#problems").count():
        page.wait_for_selector("#problems .good, #problems li")


def strike(page: Page, key: str) -> None:
    """Press a key; one that an American keyboard lacks, too."""
    if key.isascii():
        page.keyboard.press(key)
        return
    session = page.context.new_cdp_session(page)
    session.send("Input.dispatchKeyEvent", {"type": "keyDown", "key": key, "text": key})
    session.send("Input.dispatchKeyEvent", {"type": "keyUp", "key": key})
    session.detach()


def test_five_drafts_are_reviewed_by_keyboard_alone(  # noqa: PLR0915 - one sitting, told as it goes
    watched: Watched, served: Served, language: str, tmp_path: Path
) -> None:
    page = watched.page
    queue = script(served, "/review/queue.json?order=weight")
    page.goto(f"/review?order=weight&lang={language}")
    assert page.locator("html").get_attribute("dir") == ("rtl" if language == "ar" else "ltr")
    fit(page, f"review-queue-{language}", tmp_path)
    letters = dict(zip("asreuw", "شسقثعص", strict=True)) if language == "ar" else {c: c for c in "asreuw"}

    press(page, letters["s"], "**/draft/**")
    expect(page.locator("#draft")).to_be_focused()
    fit(page, f"review-draft-{language}", tmp_path)

    press(page, letters["a"], "**/draft/**done=**")  # the first is accepted
    expect(page.locator("#draft")).to_be_focused()
    expect(page.locator(".notice [role=status]")).to_be_visible()

    press(page, letters["r"], "**/draft/**done=**")  # the second is rejected, and its findings are gone
    expect(page.locator("#draft")).to_be_focused()
    gone = page.locator("#changed .kind").all_inner_texts()
    assert gone
    page.locator(".notice summary").focus()
    page.keyboard.press("Enter")
    fit(page, f"review-findings-{language}", tmp_path)
    page.keyboard.press("Escape")

    third = page.url.partition("/draft/")[2].partition("?")[0]
    before = script(served, f"/review/draft/{third}.json")["quote"]
    strike(page, letters["w"])  # the third is edited: its last word goes
    expect(page.locator("#text")).to_be_focused()
    assert page.evaluate("getSelection().toString()") == before["text"]
    page.wait_for_function(
        "(({top, bottom}) => top > 60 && bottom < innerHeight)"
        "(getSelection().getRangeAt(0).getBoundingClientRect())"
    )
    fit(page, f"review-choosing-{language}", tmp_path)
    page.keyboard.type("nothing of this may get into the text")
    # To the right is back in a text that runs to the left.
    page.keyboard.press("Control+Shift+ArrowRight")
    page.keyboard.press("Enter")
    words = before["text"].rpartition(" ")[0]
    expect(page.locator("#edit-evidence")).to_have_value(words)
    expect(page.locator("#edit-evidence")).to_be_focused()
    press(page, "Control+Enter", "**/draft/**done=**")
    expect(page.locator("#draft")).to_be_focused()

    fourth = page.url.partition("/draft/")[2].partition("?")[0]
    press(page, letters["a"], "**/draft/**done=**")  # the fourth is accepted, taken back, and rejected
    press(page, letters["u"], f"**/draft/{fourth}**")
    expect(page.locator("#draft")).to_be_focused()
    press(page, letters["r"], "**/draft/**done=**")

    press(page, letters["a"], "**/draft/**done=**")  # the fifth is accepted
    decisions = script(served, "/review/decisions.json")
    made = [(one["verdict"], one["claim"]) for one in decisions]
    claims = [one["claim"] for one in queue]
    assert made[:2] == [("accept", claims[0]), ("reject", made[1][1])]
    assert [verdict for verdict, _ in made] == [
        "accept",
        "reject",
        "edit",
        "accept",
        "undo",
        "reject",
        "accept",
    ]
    assert made[3][1] == made[4][1] == made[5][1]
    assert len({claim for _, claim in made}) == 5
    text = (SEED / "article.txt").read_bytes().decode("utf-8-sig")
    chosen = decisions[2]["change"]["claim"]["evidence"]
    assert chosen == {"text": words, "start": before["start"], "end": before["start"] + len(words)}
    assert text[chosen["start"] : chosen["end"]] == words
    assert len(script(served, "/review/queue.json")) == len(queue) - 5


def test_keys_are_listed_and_can_be_turned_off(watched: Watched, language: str, tmp_path: Path) -> None:
    page = watched.page
    page.goto(f"/review?lang={language}")
    press(page, "s", "**/draft/**")
    strike(page, "؟" if language == "ar" else "?")
    expect(page.locator("#keys dl")).to_be_visible()
    assert page.locator("#keys kbd").count() == 21
    fit(page, f"review-keys-{language}", tmp_path)
    page.keyboard.press("Tab")
    expect(page.locator("#keys-switch")).to_be_focused()
    page.keyboard.press("Enter")
    page.keyboard.press("Escape")
    here = page.url
    page.locator("#draft").focus()
    page.keyboard.press("s")
    page.wait_for_timeout(300)
    assert page.url == here
    page.reload()
    page.keyboard.press("s")
    page.wait_for_timeout(300)
    assert page.url == here


def test_letters_typed_in_a_field_decide_nothing(watched: Watched, served: Served) -> None:
    page = watched.page
    before = script(served, "/review/queue.json")
    page.goto("/review")
    press(page, "s", "**/draft/**")
    page.keyboard.press("e")
    expect(page.locator("#edit-polarity")).to_be_focused()
    page.locator("#note").focus()
    page.keyboard.type("a rare undo? sequel")
    assert page.locator("#note").input_value() == "a rare undo? sequel"
    page.keyboard.press("Escape")
    expect(page.locator("#draft")).to_be_focused()
    # Nor does a key that is held down go on deciding, or a second press before the next page is there.
    page.evaluate(
        "document.activeElement.dispatchEvent("
        "new KeyboardEvent('keydown', {key: 'a', repeat: true, bubbles: true}))"
    )
    page.wait_for_timeout(300)
    assert script(served, "/review/queue.json") == before
    with page.expect_navigation(url="**done=**"):
        page.evaluate(
            "for (const key of ['a', 'a', 'r']) document.activeElement.dispatchEvent("
            "new KeyboardEvent('keydown', {key, bubbles: true}))"
        )
    assert [one["verdict"] for one in script(served, "/review/decisions.json")] == ["accept"]


def test_what_is_wrong_with_an_edit_gets_the_focus(
    browser: Browser, served: Served, language: str, tmp_path: Path
) -> None:
    # Not watched: the browser notes the status 422 of the answer as an error.
    context = browser.new_context(base_url=served.address)
    page = context.new_page()
    page.goto(served.once)
    page.goto(f"/review?lang={language}")
    press(page, "s", "**/draft/**")
    page.locator("#edit-evidence").focus()
    page.keyboard.press("Control+a")
    page.keyboard.type("words that the article does not have")
    page.locator("#note").fill("kept")
    press(page, "Control+Enter", "**/edit**")
    expect(page.locator("#edit-evidence")).to_be_focused()
    expect(page.locator("#edit-evidence")).to_have_value("words that the article does not have")
    assert page.locator("#edit-evidence").get_attribute("aria-describedby") == "wrong-evidence"
    expect(page.locator("#wrong-evidence")).to_be_visible()
    assert page.locator("#note").input_value() == "kept"
    fit(page, f"review-wrong-{language}", tmp_path)
    context.close()


def test_filtered_drafts_are_decided_together_by_keyboard(
    watched: Watched, served: Served, language: str, tmp_path: Path
) -> None:
    page = watched.page
    page.goto(f"/review?least_sure=0.84&lang={language}")
    page.locator("a[href*='verdict=accept']").focus()
    press(page, "Enter", "**/bulk**")
    expect(page.locator("h1")).to_be_focused()
    fit(page, f"review-confirm-{language}", tmp_path)
    page.locator("main button").focus()
    press(page, "Enter", "**/review?**done=**")
    assert script(served, "/review/queue.json?least_sure=0.84") == []


def test_statements_without_claims_are_reviewed_by_keyboard(
    watched: Watched, served: Served, language: str, tmp_path: Path
) -> None:
    page = watched.page
    waiting = script(served, "/review/statements.json")
    page.goto(f"/review/statements?lang={language}")
    fit(page, f"review-statements-{language}", tmp_path)
    press(page, "s", "**/statement/**")
    expect(page.locator("#draft")).to_be_focused()
    fit(page, f"review-statement-{language}", tmp_path)
    press(page, "a", "**done=**")
    press(page, "u", "**/statement/**done=**")
    expect(page.locator("#draft")).to_be_focused()
    press(page, "r", "**done=**")
    assert script(served, "/review/statements.json") == waiting[1:]


def test_review_works_without_javascript(browser: Browser, served: Served) -> None:
    context = browser.new_context(base_url=served.address, java_script_enabled=False)
    page = context.new_page()
    page.goto(served.once)
    page.locator("#main ol h2 a").first.click()
    place = page.url
    page.locator("#edit-modality").select_option("possible")
    page.locator("#edit-form button[type=submit]").click()
    assert page.url != place
    assert script(served, "/review/decisions.json")[-1]["change"] == {"claim": {"modality": "possible"}}
    context.close()


def test_line_ends_of_the_text_do_not_move_what_is_chosen(browser: Browser, tmp_path: Path) -> None:
    article = (
        "BAGHDAD (2026-01-10)\r\n\r\nThe ministry said the attack killed 5 people in Mosul.\r\n\r\n"
        "The minister said the attack killed 9 people in Mosul 😀 on Monday.\r\n"
    )
    path = tmp_path / "article.txt"
    path.write_bytes(article.encode())
    with open_collection(tmp_path / "news.musnad") as news:
        news.read(path, outlet="Desk", date="2026-01-10", lang="en")
        drafts = news.queue()
        if not drafts:
            pytest.fail("the article is read into no claim")
    with serve_review(tmp_path / "news.musnad") as served:
        context = browser.new_context(base_url=served.address)
        page = context.new_page()
        page.goto(served.once)
        for draft in drafts:
            page.goto(f"/review/draft/{draft.claim.iri.rpartition('/')[2]}")
            page.keyboard.press("w")
            expect(page.locator("#text")).to_be_focused()
            assert page.evaluate("getSelection().toString()") == draft.claim.quote
            page.keyboard.press("Enter")
            edges = [int(page.locator(f"[name=evidence_{edge}]").input_value()) for edge in ("start", "end")]
            assert edges == [draft.claim.start, draft.claim.end]
        context.close()
