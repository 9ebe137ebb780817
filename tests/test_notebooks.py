"""Notebooks run from top to bottom, show what they say, and are stored without outputs."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from notebook_runs import NOTEBOOKS, executed, nbformat, run

SHOWN = {
    "ask-the-graph": (
        "a government source",
        "Int64",
        "datetime64",
        "الكويت",
        "both cannot be right",
        "ولا يصح القولان معا",
        "Who agrees with whom, and who contradicts whom",
        "من ينقل كلام من",
        "True",
    ),
    "check-one-claim": (
        "coalition forces withdraw to Erbil and Kuwait only",
        "affirmed planned",
        "نقل جزء من القوات والمعدات العسكرية إلى أربيل",
        "US forces m:partOf coalition forces",
        "reviewed",
        "m:Claim",
    ),
    "compare-coverage": (
        "صوت الفرات",
        "What caused it?",
        "✗ denied, asserted",
        "11",
        "non-conflict/succession",
        "Harbour Post",
    ),
}


def read(path: Path) -> Any:
    return nbformat.read(path, as_version=4)


def outputs(notebook: Any) -> list[Any]:
    return [output for cell in notebook.cells for output in cell.get("outputs", ())]


def shown(notebook: Any) -> str:
    """Give all that the cells show as plain text."""
    texts = [
        output.get("text") or output.get("data", {}).get("text/plain", "") for output in outputs(notebook)
    ]
    return "\n".join(texts)


def test_the_three_notebooks_are_there() -> None:
    assert {path.stem for path in NOTEBOOKS} == set(SHOWN)


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_notebook_is_stored_clean(path: Path) -> None:
    notebook = read(path)
    nbformat.validate(notebook)
    for cell in notebook.cells:
        if cell.cell_type == "code":
            assert cell.outputs == []
            assert cell.execution_count is None
    assert (
        path.read_text(encoding="utf-8")
        == nbformat.writes(notebook, indent=1, ensure_ascii=False).rstrip() + "\n"
    )


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_notebook_explains_before_it_runs(path: Path) -> None:
    cells = read(path).cells
    assert cells[0].cell_type == "markdown"
    assert cells[0].source.startswith("# ")
    assert sum(cell.cell_type == "markdown" for cell in cells) >= len(cells) / 3


@pytest.mark.parametrize("name", SHOWN)
def test_notebook_runs_and_shows_what_it_says(name: str) -> None:
    text = shown(executed(name))
    for words in SHOWN[name]:
        assert words in text, words


@pytest.mark.parametrize("name", SHOWN)
def test_notebook_shows_pictures_and_right_to_left_pages(name: str) -> None:
    pages = [
        output["data"]["text/html"]
        for output in outputs(executed(name))
        if "text/html" in output.get("data", {})
    ]
    assert any('<img src="data:image/svg+xml;base64,' in page for page in pages)
    assert any('dir="rtl"' in page for page in pages)
    assert not any("<script" in page or "<svg" in page for page in pages)


def test_notebook_shows_the_same_over_an_endpoint(
    oxigraph_server: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("no_proxy", "127.0.0.1")
    name = "ask-the-graph"
    (path,) = [path for path in NOTEBOOKS if path.stem == name]
    notebook = read(path)
    opening = next(cell for cell in notebook.cells if "musnad.open()" in cell.source)
    opening.source = opening.source.replace("musnad.open()", f"musnad.connect({oxigraph_server!r})").replace(
        'Path("..")', f"Path({str(path.parents[1])!r})"
    )
    opening.source = opening.source.replace("kg.add(", 'kg.store.update("DROP ALL")\nkg.add(')
    remote = tmp_path / path.name
    nbformat.write(notebook, remote)
    # Whether in memory or behind a server: the same cells show the same, pictures to the byte.
    for here, there in zip(executed(name).cells, run(remote).cells, strict=True):
        assert there.get("outputs", []) == here.get("outputs", []), here.source
