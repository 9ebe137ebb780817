"""Statements for people and programs: article by article, each with its source, cue and content."""

from __future__ import annotations

from itertools import groupby
from typing import Any

from musnad.collection.news import Collection
from musnad.collection.table import Table
from musnad.findings import FindingsReader, Text
from musnad.terms import M
from musnad.text.folding import fold
from musnad.views.tables import write_table

_COLUMNS = (
    "article", "outlet", "date", "id", "source", "kind", "cue", "content", "start", "end", "mode", "polarity",
    "modality", "claims",
)  # fmt: skip
_KEYS = (
    "article_id", "outlet", "day", "statement_id", "source", "source_kind", "cue", "content", "start", "end",
    "mode", "polarity", "modality", "claims",
)  # fmt: skip
_OWN_VOICE = Text("in its own voice", "بلسانها")
_CLAIMS = Text("claims", "ادعاءات")


def write_statements(news: Collection, form: str, language: str, *, source: str | None = None) -> str:
    """Give statements as text in `form`: table (a page to read), csv, json or ttl.

    `source` keeps those whose source's name, in either language, has these words.
    """
    reader = FindingsReader(news.store)
    rows = []
    for row in news.statements():
        name = reader.label(row["source"])
        if source and not _called(source, name.en, name.ar, row["source_name"]):
            continue
        rows.append({**row, "source": name.in_language(language)})
    if form == "table":
        return _draw(rows, language)
    if form == "ttl":
        return news.describe(*(row["statement"] for row in rows))
    cells = (tuple(_local(row[key]) for key in _KEYS) for row in rows)
    return write_table(Table(_COLUMNS, tuple(cells)), form)


def _called(words: str, *names: str) -> bool:
    return any(fold(words).text in fold(name).text for name in names)


def _draw(rows: list[dict[str, Any]], language: str) -> str:
    pages = []
    for _, inside in groupby(rows, key=lambda row: row["article"]):
        statements = list(inside)
        first = statements[0]
        lines = [f"{first['outlet']}, {first['day']} ({first['article_id']})"]
        for row in statements:
            cue = f" «{row['cue']}»" if row["cue"] else f" ({_OWN_VOICE.in_language(language)})"
            marks = [row["mode"], row["polarity"], row["modality"]]
            told = ", ".join(mark.removeprefix(M) for mark in marks)
            lines.append(f"  {row['statement_id']}  {row['source']}{cue}")
            lines.append(f"      {' '.join(row['content'].split())}")
            lines.append(f"      {told}; {_CLAIMS.in_language(language)}: {row['claims']}")
        pages.append("\n".join(lines) + "\n")
    return "\n".join(pages)


def _local(cell: Any) -> Any:
    return cell.removeprefix(M) if isinstance(cell, str) else cell
