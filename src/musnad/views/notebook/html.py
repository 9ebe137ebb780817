"""Pieces of HTML that a notebook lets through even where it trusts nothing: no style sheet, script or link.

JupyterLab keeps `dir`, `lang` and some inline styles, of which `text-align` only knows left and right, and
drops the rest (its packages/apputils/src/sanitizer.ts); a test holds what is written here against that list.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from html import escape
from typing import Any

from musnad.terms import ID, compact
from musnad.text.language import script_of

_LONGEST = 600  # characters of a cell
_ROWS = 100
_DIGEST = 8  # characters of a name that tell it from others on one page


def frame(body: str, language: str) -> str:
    """Put a page's HTML in the direction of `language`."""
    side = "right" if language == "ar" else "left"
    direction = "rtl" if language == "ar" else "ltr"
    return f'<div dir="{direction}" lang="{language}" style="text-align: {side}">{body}</div>'


def words(text: str) -> str:
    """Give text that keeps its own direction whatever is around it."""
    return f'<span dir="auto">{escape(_shorten(text))}</span>'


def block(body: str, text: str, *, tag: str = "p") -> str:
    """Give a block whose direction and side are those of `text`, with `body` in it."""
    arabic = script_of(text) == "ar"
    direction, side = ("rtl", "right") if arabic else ("ltr", "left")
    return f'<{tag} dir="{direction}" style="text-align: {side}; margin: 2px 0">{body}</{tag}>'


def faint(*texts: object) -> str:
    """Give texts that stand back, each by itself: a date after an Arabic name would else be turned round."""
    return f'<small style="color: dimgray">{" · ".join(words(str(text)) for text in texts)}</small>'


def card(parts: Iterable[str]) -> str:
    """Put parts together between two lines."""
    return f'<div style="border-top: 1px solid lightgray; padding: 6px 0">{"".join(parts)}</div>'


def table(columns: Sequence[str], rows: Sequence[Sequence[Any]], language: str) -> str:
    """Give a table whose cells each have the direction of what is in them; of long ones the beginning."""
    heads = "".join(f"<th{_side(language)}>{escape(column)}</th>" for column in columns)
    lines = ["".join(_cell(value, language) for value in row) for row in rows[:_ROWS]]
    body = "".join(f"<tr>{line}</tr>" for line in lines)
    text = f"<table><thead><tr>{heads}</tr></thead><tbody>{body}</tbody></table>"
    return text + more(len(rows), _ROWS, language)


def more(number: int, shown: int, language: str) -> str:
    """Say how many there are where not all of them are shown."""
    if number <= shown:
        return ""
    told = f"{shown} من {number}" if language == "ar" else f"{shown} of {number}"
    return f"<p>{faint(told)}</p>"


def _cell(value: Any, language: str) -> str:
    if value is None:
        return "<td></td>"
    if isinstance(value, bool):
        return f"<td{_side(language)}>{str(value).lower()}</td>"
    if isinstance(value, int | float | date | datetime):
        return f'<td{_side(language)}><span dir="ltr">{escape(str(value))}</span></td>'
    text = str(value)
    if text.startswith(ID):
        # A name made of content says nothing to people: its kind, and enough of it to tell it from others.
        kind, _, digest = text.removeprefix(ID).rpartition("/")
        short = f"{kind}/{digest[:_DIGEST]}…"
        return f'<td{_side("en")}><span dir="ltr" title="{escape(text)}">{escape(short)}</span></td>'
    text = _shorten(compact(text))
    own = "ar" if script_of(text) == "ar" else "en"
    return f'<td dir="{"rtl" if own == "ar" else "ltr"}"{_side(own)}>{escape(text)}</td>'


def _side(language: str) -> str:
    return f' style="text-align: {"right" if language == "ar" else "left"}"'


def _shorten(text: str) -> str:
    return text if len(text) <= _LONGEST else text[: _LONGEST - 1] + "…"
