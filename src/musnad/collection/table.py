"""Rows as Python values, with the ways out that people ask for."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal

from musnad.findings.reading import plain
from musnad.graph.store import Rows

if TYPE_CHECKING:
    import pandas as pd


@dataclass(frozen=True, slots=True)
class Table:
    """The answer to a query: its columns, and one tuple of plain values a row (None where unbound)."""

    columns: tuple[str, ...]
    rows: tuple[tuple[Any, ...], ...]

    def __len__(self) -> int:
        return len(self.rows)

    def __iter__(self) -> Iterator[dict[str, Any]]:
        """Give the rows as dictionaries, in order."""
        for row in self.rows:
            yield dict(zip(self.columns, row, strict=True))

    def to_csv(self) -> str:
        """Write the table as CSV (RFC 4180 quoting, line feeds), with a header."""
        text = io.StringIO()
        writer = csv.writer(text, lineterminator="\n")
        writer.writerow(self.columns)
        writer.writerows(["" if cell is None else _text(cell) for cell in row] for row in self.rows)
        return text.getvalue()

    def to_json(self) -> str:
        """Write the table as a JSON list of objects."""
        return json.dumps(list(self), ensure_ascii=False, indent=2, default=str) + "\n"

    def to_df(self) -> pd.DataFrame:
        """Give a pandas DataFrame with typed columns; whole numbers are Int64, so that they can be absent.

        Raises `ModuleNotFoundError`, naming the extra to install, where pandas is not there.
        """
        try:
            import pandas as pd
        except ModuleNotFoundError as error:
            raise ModuleNotFoundError("to_df needs pandas: pip install 'musnad[notebook]'") from error
        columns = {}
        for place, column in enumerate(self.columns):
            values = [row[place] for row in self.rows]
            # The kind is told from the values themselves: pandas turns integers with gaps into floats.
            kinds = {type(value).__name__ for value in values if value is not None}
            if kinds == {"date"}:
                columns[column] = pd.Series(pd.to_datetime(values))
            else:
                kind = _COLUMN_TYPES.get(frozenset(kinds), "object")
                columns[column] = pd.Series(values, dtype=kind)
        return pd.DataFrame(columns, columns=list(self.columns))


_COLUMN_TYPES: dict[frozenset[str], Literal["Int64", "Float64", "boolean", "object"]] = {
    frozenset({"int"}): "Int64",
    frozenset({"float"}): "Float64",
    frozenset({"int", "float"}): "Float64",
    frozenset({"bool"}): "boolean",
}


def table_of(rows: Rows) -> Table:
    """Give rows of RDF terms as rows of plain values."""
    return Table(rows.variables, tuple(tuple(plain(term) for term in row) for row in rows.tuples))


def _text(cell: object) -> str:
    return str(cell).lower() if isinstance(cell, bool) else str(cell)
