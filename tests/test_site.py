"""The documentation site builds without a warning, tells of everything, and asks nothing of elsewhere."""

from __future__ import annotations

import html
import importlib
import inspect
import os
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import rdflib
import typer.main

import musnad
from musnad.cli.app import app
from musnad.collection import Collection
from musnad.graph.queries import list_queries
from musnad.terms import DOMAINS, M, compact
from notebook_runs import NOTEBOOKS, executed, nbformat

ROOT = Path(__file__).resolve().parents[1]


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Build the site as `make docs` does; the notebooks have been run once already."""
    notebooks = tmp_path_factory.mktemp("notebooks")
    for path in NOTEBOOKS:
        nbformat.write(executed(path.stem), notebooks / path.name)
    output = tmp_path_factory.mktemp("site") / "site"
    done = subprocess.run(
        [sys.executable, ROOT / "scripts" / "build_site.py", "--output", output],
        env=os.environ | {"MUSNAD_EXECUTED_NOTEBOOKS": str(notebooks)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return output


@pytest.fixture
def script(monkeypatch: pytest.MonkeyPatch) -> Any:
    """Give what imports a module of scripts/ by its name."""
    monkeypatch.syspath_prepend(ROOT / "scripts")
    return importlib.import_module


def words(page: Path) -> str:
    """Give the words of a page, one after the other, without what marks them up."""
    text = re.sub(r"<(script|style).*?</\1>", "", page.read_text(encoding="utf-8"), flags=re.DOTALL)
    text = re.sub(r"<img[^>]*>", "", text)
    return html.unescape(re.sub(r"<[^>]+>", "", text))


def in_language(graph: rdflib.Graph, subject: Any, predicate: Any, language: str) -> list[str]:
    values = graph.objects(subject, predicate)
    return [str(v) for v in values if isinstance(v, rdflib.Literal) and v.language == language]


def test_homes_are_in_both_languages_and_directions(site: Path) -> None:
    english, arabic = ((site / name).read_text(encoding="utf-8") for name in ("index.html", "ar/index.html"))
    assert '<html lang="en"' in english
    assert 'dir="rtl"' not in english
    assert '<html lang="ar"' in arabic
    assert 'dir="rtl"' in arabic
    assert "من قال ماذا، وعمّن نُقل القول، ومن يناقض من" in words(site / "ar" / "index.html")
    # Relative, so that the site can be read from any folder; also where a page has no twin.
    how_to = (site / "how-to" / "write-a-record.html").read_text(encoding="utf-8")
    assert re.search(r'<a href="\.\./ar/index.html" hreflang="ar"', how_to)
    assert re.search(r'<a href="(\./)?ar/index.html" hreflang="ar"', english)
    assert re.search(r'<a href="\.\./(\./)?index.html" hreflang="en"', arabic)


def test_every_term_is_on_the_vocabulary_page(site: Path) -> None:
    graph = rdflib.Graph()
    for path in (ROOT / "ontology").rglob("*.ttl"):
        graph.parse(path)
    for language, page in (("en", "reference/vocabulary.html"), ("ar", "ar/reference/vocabulary.html")):
        text = words(site / page)
        for term in set(graph.subjects(rdflib.SKOS.definition, None)):
            if (term, rdflib.RDF.type, rdflib.SKOS.ConceptScheme) in graph:
                continue
            assert compact(str(term)) in text
            (definition,) = in_language(graph, term, rdflib.SKOS.definition, language)
            assert definition in text
    assert str(M) in text
    assert str(M).startswith(DOMAINS.rstrip("/"))


def test_every_query_is_on_the_queries_page(site: Path) -> None:
    for language, page in (("en", "reference/queries.html"), ("ar", "ar/reference/queries.html")):
        text = words(site / page)
        for folder in ("list", "trace", "compare"):
            for query in list_queries(folder):
                assert query.name in text
                assert getattr(query.header.summary, language) in text
    assert "SELECT DISTINCT ?source_name" in text


def test_every_shape_and_check_is_on_its_page(site: Path) -> None:
    shacl = rdflib.SH
    for language, page in (("en", "reference/shapes.html"), ("ar", "ar/reference/shapes.html")):
        text = words(site / page)
        for path in (ROOT / "shapes").glob("*.ttl"):
            graph = rdflib.Graph().parse(path)
            for shape in graph.subjects(rdflib.RDF.type, shacl.PropertyShape):
                assert compact(str(shape)) in text
            messages = in_language(graph, None, shacl.message, language)
            assert messages
            assert all(" ".join(message.split()) in text for message in messages)
        for query in list_queries("check"):
            assert query.header.problem is not None
            assert " ".join(getattr(query.header.problem, language).split()) in text


def test_what_people_import_and_call_is_documented(site: Path) -> None:
    python, commands, errors = (
        words(site / page) for page in ("reference/python.html", "cli.html", "errors.html")
    )
    for name in musnad.__all__:
        assert f"{name}(" in python
    for name, member in vars(Collection).items():
        if inspect.isfunction(member) and not name.startswith("_"):
            assert f"Collection.{name}" in python
    assert "read(article: Path | str, *, outlet: str = ''" in python
    group: Any = typer.main.get_command(app)
    for name in group.commands:
        assert f"Usage: musnad {name}" in commands
    assert "M734 UnclearCollection" in errors


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_notebook_is_a_page_with_what_it_shows(site: Path, path: Path) -> None:
    page = site / "notebooks" / f"{path.stem}.html"
    text = page.read_text(encoding="utf-8")
    cells = executed(path.stem).cells
    shown = [
        o["data"]["text/html"]
        for cell in cells
        for o in cell.get("outputs", [])
        if "text/html" in o.get("data", {})
    ]
    assert text.count("data:image/svg+xml;base64,") == "".join(shown).count("data:image/svg+xml;base64,") > 0
    for cell in cells:
        if cell.cell_type == "markdown":
            assert re.sub(r"[#*`]", "", cell.source.splitlines()[0]).strip() in words(page)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("[bad](nowhere.md)", "the target is not found"),
        ("[bad](#nowhere)", "there is no such anchor"),
        ("[good](#home)", ""),
    ],
)
def test_a_link_that_leads_nowhere_fails_the_build(tmp_path: Path, script: Any, text: str, said: str) -> None:
    (tmp_path / "docs").mkdir()
    (tmp_path / "docs" / "index.md").write_text(f"# Home\n\n{text}\n")
    settings = "site_name: a site\nvalidation: {links: {anchors: warn}}\n"
    amiss = script("build_site").build(tmp_path / "docs", tmp_path / "site", settings)
    assert (said in amiss) if said else (amiss == "")


def test_nothing_is_asked_of_elsewhere(site: Path, script: Any) -> None:
    assert script("pages.outside").asked_outside(site) == []


@pytest.mark.parametrize(
    "planted",
    [
        '<script src="https://cdn.example/x.js"></script>',
        '<link rel="stylesheet" href="//fonts.example/css">',
        '<link rel="preconnect" href="https://fonts.example">',
        '<img src="http://example.org/x.png">',
        '<style>@import "https://example.org/x.css";</style>',
        '<p style="background: url(https://example.org/x.png)">',
    ],
)
def test_what_a_page_asks_of_elsewhere_is_found(tmp_path: Path, script: Any, planted: str) -> None:
    page = tmp_path / "index.html"
    page.write_text('<a href="https://w3id.org/musnad">a link waits</a><img src="data:image/png;base64,">')
    asked_outside = script("pages.outside").asked_outside
    assert asked_outside(tmp_path) == []
    page.write_text(planted)
    assert len(asked_outside(tmp_path)) == 1
