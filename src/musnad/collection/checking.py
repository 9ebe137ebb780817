"""What validation finds, as a table to read."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Literal

import pyoxigraph as ox

from musnad.collection.table import Table
from musnad.validation import validate


def validation_table(quads: Iterable[ox.Quad], language: Literal["en", "ar"]) -> tuple[Table, bool]:
    """Validate quads; give one row a result, the gravest first, and whether nothing is violated."""
    report = validate(quads)
    rows = []
    for result in report.results:
        problem = result.problem(language)
        rows.append(
            (result.severity, problem.where, f"{problem.what} {problem.remedy}".strip(), result.shape)
        )
    return Table(("severity", "where", "problem", "shape"), tuple(rows)), report.conforms
