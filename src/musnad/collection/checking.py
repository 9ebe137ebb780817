"""What validation finds and what it looked at, as tables to read."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Literal

import pyoxigraph as ox

from musnad.collection.table import Table
from musnad.terms import compact
from musnad.validation import validate


def validation_tables(quads: Iterable[ox.Quad], language: Literal["en", "ar"]) -> tuple[Table, Table, bool]:
    """Validate quads; give the results, what each shape met, and whether nothing is violated.

    The results have one row each, the gravest first; what the shapes met is told by nodes, zero included.
    """
    report = validate(quads)
    rows = []
    for result in report.results:
        problem = result.problem(language)
        rows.append(
            (result.severity, problem.where, f"{problem.what} {problem.remedy}".strip(), result.shape)
        )
    met = sorted((compact(shape), nodes) for shape, nodes in report.met.items())
    results = Table(("severity", "where", "problem", "shape"), tuple(rows))
    return results, Table(("shape", "nodes"), tuple(met)), report.conforms
