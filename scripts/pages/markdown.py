"""Pieces of Markdown that all generated pages use."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

NOTE = {
    "en": "This page is written from {0} when the site is built.",
    "ar": "تُكتب هذه الصفحة من {0} عند بناء الموقع.",
}


def table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """Give a table; cells keep to one line."""
    lines = [f"| {' | '.join(head)} |", f"|{'---|' * len(head)}"]
    lines += [f"| {' | '.join(cell(value) for value in row)} |" for row in rows]
    return "\n".join(lines) + "\n"


def cell(text: str) -> str:
    """Give text that can stand in a cell: signs of Markdown or HTML in it stay signs."""
    line = " ".join(text.split())
    if re.fullmatch(r"`[^`]*`", line):
        return line.replace("|", "\\|")
    return line.replace("&", "&amp;").replace("<", "&lt;").replace("|", "\\|").replace("*", "\\*")


def code(text: str, language: str) -> str:
    """Give a fenced block."""
    return f"```{language}\n{text.rstrip()}\n```\n"


def page(title: str, note: str, parts: Iterable[str]) -> str:
    """Give a page of its parts."""
    return "\n".join([f"# {title}\n", f"*{note}*\n", *parts])
