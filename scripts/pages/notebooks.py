"""The notebooks as pages: run, and written with what their cells show."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

import nbformat
from nbclient import NotebookClient

from pages.markdown import code

# A folder with notebooks that have just been run, where the tests have them; else they are run here.
EXECUTED = "MUSNAD_EXECUTED_NOTEBOOKS"


def notebook_page(path: Path) -> str:
    """Run a notebook and give it as a page; a cell that fails stops the build."""
    parts = []
    for cell in _executed(path).cells:
        if cell.cell_type == "markdown":
            parts.append(cell.source + "\n")
            continue
        parts.append(code(cell.source, "sparql" if cell.source.startswith("%%sparql") else "python"))
        parts += [_output(output) for output in cell.outputs]
    link = f"`notebooks/{path.name}`"
    parts.insert(1, f"*This page is the notebook {link}, run when the site was built.*\n")
    return "\n".join(parts)


def _executed(path: Path) -> Any:
    folder = os.environ.get(EXECUTED)
    if folder and (Path(folder) / path.name).is_file():
        return nbformat.read(Path(folder) / path.name, as_version=4)
    notebook = nbformat.read(path, as_version=4)
    NotebookClient(notebook, timeout=120, resources={"metadata": {"path": str(path.parent)}}).execute()
    return notebook


def _output(output: Any) -> str:
    if output.output_type == "stream":
        return code(output.text, "text")
    data = output.get("data", {})
    if "text/html" in data:
        # On one line, so that it is one block of HTML, whatever is in it.
        return f'<div class="musnad-output">{" ".join(data["text/html"].splitlines())}</div>\n'
    return code(data.get("text/plain", ""), "text")
