"""Offsets a reviewer left out: counted from the one given, or found where the text stands once."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from musnad.errors import Problem


def fill_offsets(data: dict[str, Any]) -> list[Problem]:
    """Put `start` and `end` into every span of the JSON form that leaves one or both out.

    One of them gives the other by the length of the text. For text alone the article is searched, for a
    claim's evidence only its statement's content. Gives the spans for which no single place was found.
    """
    article: str = data["text"]
    problems: list[Problem] = []
    for where, span, inside in _open_spans(data):
        length = len(span["text"])
        if "start" in span or "end" in span:
            span.setdefault("end", span.get("start", 0) + length)
            span.setdefault("start", max(0, span["end"] - length))
            continue
        low, high = _bounds(inside, article)
        searched = "its statement's content" if high < len(article) or low else "the article"
        found = _occurrences(article, span["text"], low, high)
        if len(found) == 1:
            span["start"], span["end"] = found[0], found[0] + length
        elif found:
            problems.append(
                Problem(where, f"its words stand {len(found)} times in {searched}.", "Add `start` and `end`.")
            )
        else:
            problems.append(
                Problem(
                    where, f"its words do not stand in {searched}.", "Copy them from the text as published."
                )
            )
    return problems


def _bounds(inside: dict[str, Any] | None, article: str) -> tuple[int, int]:
    """Give where to look: in the outer span if it fits the article, else everywhere."""
    if inside and "start" in inside and article[inside["start"] : inside["end"]] == inside["text"]:
        return inside["start"], inside["end"]
    return 0, len(article)


def _occurrences(article: str, text: str, low: int, high: int) -> list[int]:
    found = []
    at = article.find(text, low, high)
    while at >= 0:
        found.append(at)
        at = article.find(text, at + 1, high)
    return found


def _open_spans(data: dict[str, Any]) -> Iterator[tuple[str, dict[str, Any], dict[str, Any] | None]]:
    """Give every span with its place in words and the span it must lie in; outer spans come first."""
    for statement in data["statements"]:
        name = f"statement {statement['id']}"
        yield f"{name}, source", statement["source"], None
        if statement["cue"]:
            yield f"{name}, cue", statement["cue"], None
        yield f"{name}, content", statement["content"], None
        for number, relay in enumerate(statement.get("via", ()), start=1):
            for part in ("mention", "cue"):
                if part in relay:
                    yield f"{name}, via {number}, {part}", relay[part], None
        for claim in statement.get("claims", ()):
            yield f"claim {claim['id']}, evidence", claim["evidence"], statement["content"]
    for group, noun in (("quantities", "quantity"), ("dates", "date"), ("places", "place")):
        for mention in data.get(group, ()):
            yield f"{noun} {mention['id']}", mention, None
    for alignment in data.get("alignments", ()):
        if "evidence" in alignment:
            yield f"alignment {alignment['id']}, evidence", alignment["evidence"], None
