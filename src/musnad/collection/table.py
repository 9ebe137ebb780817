"""Rows as Python values, with the ways out that people ask for."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from musnad.findings.reading import plain
from musnad.graph.store import Rows

if TYPE_CHECKING:
    import pandas as pd

Cell = str | int | float | bool | None


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
        frame = pd.DataFrame(list(self.rows), columns=list(self.columns))
        for column in self.columns:
            kinds = {type(value).__name__ for value in frame[column] if value is not None}
            if kinds == {"int"}:
                frame[column] = frame[column].astype("Int64")
            elif kinds == {"bool"}:
                frame[column] = frame[column].astype("boolean")
            elif kinds == {"date"}:
                frame[column] = pd.to_datetime(frame[column])
        return frame


def table_of(rows: Rows) -> Table:
    """Give rows of RDF terms as rows of plain values."""
    return Table(rows.variables, tuple(tuple(plain(term) for term in row) for row in rows.tuples))


def _text(cell: object) -> str:
    return str(cell).lower() if isinstance(cell, bool) else str(cell)
