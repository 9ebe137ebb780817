"""The notebooks, run by nbmake; each once, for all the tests that look at what it shows."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any

import nbformat as notebook_files
from nbmake import nb_run as notebook_runs

NOTEBOOKS = sorted((Path(__file__).resolve().parents[1] / "notebooks").glob("*.ipynb"))

# They have no types.
nbformat: Any = notebook_files
nbmake: Any = notebook_runs


def run(path: Path) -> Any:
    """Run a notebook and give it with its outputs; a cell that fails fails the test."""
    result = nbmake.NotebookRun(path, 120).execute()
    assert result.error is None, result.error.summary
    return result.nb


@cache
def executed(name: str) -> Any:
    """Give one of the project's notebooks after it has run."""
    return run(next(path for path in NOTEBOOKS if path.stem == name))
