"""What notebooks show: right to left, through JupyterLab's sanitizer, hostile text as text; `%%sparql`."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from html.parser import HTMLParser
from typing import Any

import pytest
from IPython.core.error import UsageError
from IPython.core.interactiveshell import InteractiveShell

import musnad
from musnad.collection import Collection, Statements, Table
from musnad.errors import MusnadError
from musnad.findings import Text
from musnad.views.notebook.html import table

# Of what JupyterLab lets through of an output that it does not trust, the part that is used here: tags and
# attributes from its sanitizer.ts, and styles with the forms of their values.
TAGS = {
    "details", "div", "img", "mark", "p", "small", "span", "strong", "summary",
    "table", "tbody", "td", "th", "thead", "tr",
}  # fmt: skip
ATTRIBUTES = {"dir", "lang", "style", "title"}
IMAGE_ATTRIBUTES = ATTRIBUTES | {"src", "alt"}
LENGTH = r"(\d+(px|em|%)|0)"
STYLES = {
    "text-align": "left|right|center",
    "color": "dimgray",
    "border-top": f"{LENGTH} solid lightgray",
    "padding": f"{LENGTH}( {LENGTH})*",
    "margin": f"{LENGTH}( {LENGTH})*",
    "max-width": LENGTH,
}
PAYLOAD = "</span></td><script>alert('x')</script><img src=x onerror=alert(1)>&\"'<style>*{}</style>"


class Sanitizer(HTMLParser):
    """Collects what JupyterLab would drop, and what is not closed in order."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.dropped: list[str] = []
        self.open: list[str] = []
        self.words: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag not in TAGS:
            self.dropped.append(tag)
        for name, value in attrs:
            if name not in (IMAGE_ATTRIBUTES if tag == "img" else ATTRIBUTES):
                self.dropped.append(f"{tag} {name}")
            if name == "src" and not (value or "").startswith("data:image/svg+xml;base64,"):
                self.dropped.append(f"{tag} {name}={value}")
            if name == "style":
                for rule in filter(None, (value or "").split(";")):
                    style, _, wanted = rule.strip().partition(": ")
                    if not re.fullmatch(STYLES.get(style, "(?!)"), wanted):
                        self.dropped.append(rule)
        if tag != "img":
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        if not self.open or self.open.pop() != tag:
            self.dropped.append(f"/{tag}")

    def handle_data(self, data: str) -> None:
        self.words.append(data)


def through(html: str) -> str:
    """Give the words of a page that goes through the sanitizer whole."""
    sanitizer = Sanitizer()
    sanitizer.feed(html)
    sanitizer.close()
    assert sanitizer.dropped == []
    assert sanitizer.open == []
    return " ".join(sanitizer.words)


def things(news: Collection) -> dict[str, Any]:
    return {
        "collection": news,
        "table": news.query("positions"),
        "statements": news.statements(),
        "claims": news.claims(),
        "view": news.claim("s13c3"),
        "provenance": news.claim("s13c3").provenance(),
        "findings": news.findings(),
        "finding": news.conflicts()[0],
        "matrix": musnad.plot(news, "matrix"),
    }


NAMES = (
    "collection", "table", "statements", "claims", "view", "provenance", "findings", "finding", "matrix",
)  # fmt: skip


@pytest.mark.parametrize("lang", ["en", "ar"])
@pytest.mark.parametrize("name", NAMES)
def test_everything_is_shown_through_the_sanitizer(seed: Collection, name: str, lang: str) -> None:
    shown = musnad.show(things(seed)[name], lang=lang)
    through(shown._repr_html_())
    direction = "rtl" if lang == "ar" and name != "matrix" else "ltr"  # the matrix was drawn in English
    assert shown.html.startswith(f'<div dir="{direction}"')
    assert len(repr(shown)) > 20
    assert "<div" not in repr(shown)


def test_statements_are_quotations_with_source_cue_and_stand(seed: Collection) -> None:
    said = through(musnad.show(seed.statements()).html)
    for words in ("مصادر مطلعة", "(anonymous source)", "«كشفت»", "indirect", "affirmed, asserted", "بلسانها"):
        assert (words in said) == (words != "بلسانها")
    assert "in its own voice" in said
    row = next(iter(seed.statements()))
    assert f'<p dir="rtl" style="text-align: right; margin: 2px 0"><span dir="auto">{row["content"]}' in (
        musnad.show(seed.statements()).html
    )


def test_dates_are_not_turned_round_by_arabic_names(seed: Collection) -> None:
    html = musnad.show(seed.claim("s13c3"), lang="ar").html
    outlet = seed.claim("s13c3").claim.outlet
    assert f'<span dir="auto">{outlet}</span> · <span dir="auto">2025-10-11</span>' in html


def test_provenance_shows_words_in_context_chain_and_findings(seed: Collection) -> None:
    shown = musnad.show(seed.claim("s13c3"), lang="ar")
    claim = seed.claim("s13c3").claim
    said = through(shown.html)
    assert f'<mark><span dir="auto">{claim.quote}</span></mark>' in shown.html
    assert f"المواضع {claim.start}–{claim.end}" in said
    assert shown.html.count("data:image/svg+xml;base64,") == 1
    assert "✗ تعارض" in said
    assert shown == musnad.show(seed.claim("s13c3").provenance(), lang="ar")


def test_provenance_is_shown_without_matplotlib(seed: Collection, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "matplotlib", None)
    html = musnad.show(seed.claim("s13c3")).html
    assert "data:image" not in html
    assert "a government source (speaker «وأوضح») → Shafaq News (publisher)" in through(html)


def test_findings_quote_both_sides_and_their_reason(seed: Collection) -> None:
    finding = next(finding for finding in seed.conflicts() if finding.kind == "conflict/place")
    said = through(musnad.show(finding).html)
    for claim in finding.claims:
        assert f"«{claim.quote}»" in said
    assert finding.reason("en") in said
    assert "independent origins: 1 to 2" in said
    assert said.strip().startswith("✗ conflict")


def test_hostile_text_stays_text(seed: Collection) -> None:
    provenance = seed.claim("s13c3").provenance()
    claim = replace(provenance.claim, quote=PAYLOAD, outlet=PAYLOAD, article_id=PAYLOAD, id=PAYLOAD)
    claim = replace(claim, source_name=Text(PAYLOAD, PAYLOAD))
    finding = seed.conflicts()[0]
    finding = replace(
        finding,
        questions=(Text(PAYLOAD, PAYLOAD),),
        explanation=Text(PAYLOAD.replace("{}", ""), ""),
        positions=tuple(replace(position, claims=(claim,)) for position in finding.positions),
    )
    statements = seed.statements()
    texts = [
        tuple(PAYLOAD if isinstance(c, str) and "w3id" not in c else c for c in row)
        for row in statements.rows
    ]
    for thing in (
        claim,
        [claim],
        finding,
        replace(provenance, claim=claim, prefix=PAYLOAD, suffix=PAYLOAD, wording=Text(PAYLOAD, PAYLOAD)),
        Table((PAYLOAD,), ((PAYLOAD,), ("https://w3id.org/musnad/id/" + PAYLOAD,))),
        Statements(statements.columns, tuple(texts)),
    ):
        said = through(musnad.show(thing).html)
        assert "<script>alert('x')</script>" in said


def test_long_tables_and_cells_are_cut_and_say_so() -> None:
    page = table(("n", "text"), [(number, "x" * 5000) for number in range(1000)], "en")
    assert page.count("<tr>") == 101
    assert "100 of 1000" in page
    assert len(page) < 100 * 900


def test_cells_stand_as_their_own_text_does() -> None:
    page = table(("a",), [("قال",), ("said",), (3,), (None,), (True,), (date(2026, 1, 2),)], "ar")
    assert '<td dir="rtl" style="text-align: right">قال</td>' in page
    assert '<td dir="ltr" style="text-align: left">said</td>' in page
    assert '<td style="text-align: right"><span dir="ltr">3</span></td>' in page
    assert "<td></td>" in page
    assert ">true<" in page
    assert "2026-01-02" in page


def test_other_things_are_not_shown() -> None:
    for thing in (3, [], [1], "text", object()):
        with pytest.raises(TypeError, match="no way to show"):
            musnad.show(thing)


# --- in a session --------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def session(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Any]:
    """Give an IPython session with the extension, away from the profile of whoever runs the tests."""
    from traitlets.config import Config

    config = Config()
    config.HistoryManager.enabled = False
    untyped: Any = InteractiveShell
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("IPYTHONDIR", str(tmp_path_factory.mktemp("ipython")))
        session = untyped.instance(config=config)
    session.run_line_magic("load_ext", "musnad")
    yield session
    untyped.clear_instance()


@pytest.fixture
def shell(session: Any, seed: Collection) -> Any:
    """Give the session with the first article's collection in `kg` and nothing else."""
    session.user_ns.clear()
    session.user_ns["kg"] = seed
    return session


def ask(shell: Any, options: str, query: str) -> Any:
    return shell.run_cell_magic("sparql", options, query)


COUNT = "SELECT (COUNT(?c) AS ?n) { ?c a m:Claim }"


def test_results_are_shown_richly_and_others_as_ever(shell: Any, seed: Collection) -> None:
    show = shell.display_formatter.format
    for name, thing in things(seed).items():
        data, _ = show(thing)
        assert data["text/html"].startswith("<div dir="), name
        assert data["text/plain"].strip(), name
    assert "a government source (speaker" in show(seed.claim("s13c3"))[0]["text/plain"]
    assert set(show([1, 2])[0]) == set(show((1, 2))[0]) == {"text/plain"}


def test_cell_is_asked_of_the_collection_that_is_open(shell: Any) -> None:
    assert ask(shell, "", COUNT).rows == ((35,),)
    assert ask(shell, "", "ASK { ?c a m:Claim }").rows == ((True,),)
    assert str(ask(shell, "--df", COUNT)["n"].dtype) == "Int64"
    assert ask(shell, "--store-to claims", COUNT) is None
    assert shell.user_ns["claims"].rows == ((35,),)
    turtle = ask(shell, "", "CONSTRUCT WHERE { ?c a m:Claim }")
    assert repr(turtle).startswith("@prefix ")


def test_cell_is_asked_of_an_endpoint(
    shell: Any, seed: Collection, oxigraph_server: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("no_proxy", "127.0.0.1")
    with musnad.connect(oxigraph_server) as remote:
        remote.store.update("DROP ALL")
        remote.store.update("INSERT DATA { <urn:c> a <https://w3id.org/musnad#Claim> }")
    assert ask(shell, f"--endpoint {oxigraph_server}", COUNT).rows == ((1,),)


def test_two_names_of_one_collection_are_one(shell: Any, seed: Collection) -> None:
    shell.user_ns["same"] = seed
    assert ask(shell, "", COUNT).rows == ((35,),)


def test_which_collection_is_meant_can_be_said(shell: Any) -> None:
    with musnad.open() as other:
        shell.user_ns["other"] = other
        assert ask(shell, "--on other", COUNT).rows == ((0,),)
        with pytest.raises(UsageError, match=r"(?s)M734 several collections are open: kg, other.*--on kg"):
            ask(shell, "", COUNT)


@pytest.mark.parametrize(
    ("options", "query", "said"),
    [
        ("", "SELECT ?c { ?c a m:Claim ;; } }", r"M301 .* 1:\d\d:"),
        ("", "SELECT ?c\n{ ?c nope:it 1 }", "M301 .*2:"),
        ("", "INSERT DATA { <urn:a> <urn:b> 1 }", "M30"),
        ("--on nobody", COUNT, "M734 there is no collection in “nobody”"),
        ("--endpoint http://127.0.0.1:9", COUNT, "M2"),
        ("--df", "CONSTRUCT WHERE { ?c a m:Claim }", "the answer is a graph"),
        ("--store-to 1x", COUNT, "no name of a variable"),
        ("--bogus", COUNT, "unrecognized arguments: --bogus"),
    ],
)
def test_mistakes_end_in_one_sentence(
    shell: Any, options: str, query: str, said: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("no_proxy", "127.0.0.1")
    with pytest.raises(UsageError, match=said):
        ask(shell, options, query)


def test_no_collection_says_how_to_open_one(shell: Any) -> None:
    del shell.user_ns["kg"]
    with pytest.raises(UsageError, match=r"musnad\.open"):
        ask(shell, "", COUNT)


def test_errors_are_shown_without_a_traceback(seed: Collection) -> None:
    with pytest.raises(MusnadError) as error:
        seed.claim("no such words")
    assert error.value._render_traceback_() == str(error.value).splitlines()
    assert "Traceback" not in str(error.value)


def test_opening_in_a_session_is_enough(shell: Any) -> None:
    formatter = shell.display_formatter.formatters["text/html"]
    formatter.pop(Collection)
    assert Collection not in formatter
    with musnad.open() as kg:
        assert "text/html" in shell.display_formatter.format(kg)[0]
