"""Notebooks run from top to bottom, show what they say, and are stored without outputs."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import nbformat as notebook_files
import pytest
from nbclient import NotebookClient

NOTEBOOKS = sorted((Path(__file__).resolve().parents[1] / "notebooks").glob("*.ipynb"))


# Its functions have no types.
nbformat: Any = notebook_files


def read(path: Path) -> Any:
    return nbformat.read(path, as_version=4)


def shown(notebook: Any) -> str:
    """Give all that the cells show as plain text."""
    outputs = [output for cell in notebook.cells for output in cell.get("outputs", ())]
    return "\n".join(output.get("text") or output.get("data", {}).get("text/plain", "") for output in outputs)


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


def test_first_article_runs_and_shows_what_it_says() -> None:
    (path,) = [path for path in NOTEBOOKS if path.stem == "first-article"]
    notebook = read(path)
    NotebookClient(notebook, timeout=120, resources={"metadata": {"path": str(path.parent)}}).execute()
    text = shown(notebook)
    for words in (
        "'claims': 35",
        "a government source",
        "Syria",
        "affirmed",
        "both cannot be right",
        "ولا يصح القولان معا",
        "to Erbil and Kuwait",
        "0 speaker",
        "conflict/place",
        "m:Claim",
    ):
        assert words in text, words
