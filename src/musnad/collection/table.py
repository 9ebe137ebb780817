"""Rows as Python values, with the ways out that people ask for."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING, Any

import pyoxigraph as ox

from musnad.errors import MissingExtra
from musnad.findings.reading import WHOLE_NUMBERS, plain
from musnad.graph.store import Rows
from musnad.terms import RDF, XSD

if TYPE_CHECKING:
    import pandas as pd


@dataclass(frozen=True, slots=True)
class Table:
    """The answer to a query: its columns, and one tuple of plain values a row (None where unbound).

    `datatypes` are those of each column's literals in the graph (IRIs count as text), which tell the types of
    a data frame; a table that was not made by a query has none, and there the values tell.
    """

    columns: tuple[str, ...]
    rows: tuple[tuple[Any, ...], ...]
    datatypes: tuple[frozenset[str], ...] = field(default=(), repr=False, compare=False)

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
        return json.dumps(list(self), ensure_ascii=False, indent=2, default=_text) + "\n"

    def to_df(self) -> pd.DataFrame:
        """Give a pandas DataFrame with columns typed by RDF datatype, so that any cell can be absent.

        Whole numbers are Int64, other numbers Float64, truth is boolean, dates and times are datetime64
        (those with an offset in UTC), text and IRIs are string; a column of several kinds stays object.

        Raises `MissingExtra` where pandas is not installed.
        """
        try:
            import pandas as pd
        except ModuleNotFoundError as error:
            raise MissingExtra(
                "data frames are made with pandas, which is not installed",
                remedy="Install it with `pip install 'musnad[notebook]'`.",
            ) from error
        columns = {}
        for place, column in enumerate(self.columns):
            values = [row[place] for row in self.rows]
            told = self.datatypes[place] if self.datatypes else frozenset()
            columns[column] = _series(values, told or _datatypes_of(values))
        return pd.DataFrame(columns, columns=list(self.columns))


@dataclass(frozen=True, slots=True)
class Statements(Table):
    """Statements, one a row, with source, cue and content; a notebook shows them as quotations."""


def table_of(rows: Rows) -> Table:
    """Give rows of RDF terms as rows of plain values."""
    return Table(
        rows.variables,
        tuple(tuple(plain(term) for term in row) for row in rows.tuples),
        tuple(
            frozenset(_datatype(row[place]) for row in rows.tuples if row[place] is not None)
            for place in range(len(rows.variables))
        ),
    )


_TEXT = frozenset({XSD("string"), RDF("langString")})
_KINDS: tuple[tuple[frozenset[str], str, type | tuple[type, ...]], ...] = (
    (frozenset(map(XSD, WHOLE_NUMBERS)), "Int64", int),
    (frozenset(map(XSD, [*WHOLE_NUMBERS, "decimal", "double", "float"])), "Float64", (int, float)),
    (frozenset({XSD("boolean")}), "boolean", bool),
    (frozenset({XSD("date")}), "datetime64[s]", date),
    (frozenset({XSD("dateTime"), XSD("dateTimeStamp")}), "datetime64[us]", datetime),
    (_TEXT, "string", str),
)
"""The datatypes that a column may have, the type of its data frame's, and that of every value in it."""
_DATATYPES: tuple[tuple[type, str], ...] = (
    (bool, XSD("boolean")),
    (int, XSD("integer")),
    (float, XSD("double")),
    (datetime, XSD("dateTime")),
    (date, XSD("date")),
    (str, XSD("string")),
)
_LARGEST = 2**63  # of Int64


def _series(values: Sequence[Any], datatypes: frozenset[str]) -> pd.Series[Any]:
    import pandas as pd

    held: list[Any] = [value for value in values if value is not None]
    for known, dtype, kind in _KINDS:
        # A lexical form that its datatype does not allow is text among numbers: such a column stays as it is.
        if datatypes and datatypes <= known and all(isinstance(value, kind) for value in held):
            if dtype == "Int64" and any(not -_LARGEST <= value < _LARGEST for value in held):
                break
            if dtype.startswith("datetime64"):
                return _times(values, dtype)
            return pd.Series(list(values), dtype=dtype)
    return pd.Series(list(values), dtype="object")


def _times(values: Sequence[Any], dtype: str) -> pd.Series[Any]:
    import pandas as pd

    aware = {value.tzinfo is not None for value in values if isinstance(value, datetime)}
    if len(aware) > 1:  # some with an offset and some without cannot be put in one order
        return pd.Series(list(values), dtype="object")
    if True in aware:
        utc = [value and value.astimezone(UTC) for value in values]
        return pd.Series(utc, dtype=pd.DatetimeTZDtype("us", "UTC"))
    return pd.Series(list(values), dtype=dtype)


def _datatype(term: object) -> str:
    return term.datatype.value if isinstance(term, ox.Literal) else XSD("string")


def _datatypes_of(values: Sequence[Any]) -> frozenset[str]:
    return frozenset(
        next((datatype for kind, datatype in _DATATYPES if isinstance(value, kind)), "")
        for value in values
        if value is not None
    )


def _text(cell: object) -> str:
    if isinstance(cell, bool):
        return str(cell).lower()
    return cell.isoformat() if isinstance(cell, datetime) else str(cell)
