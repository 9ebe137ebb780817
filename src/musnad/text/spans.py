"""A stretch of the untouched text: offsets in code points, half open, and the words themselves."""

from __future__ import annotations

from dataclasses import dataclass

__all__ = ["Span", "cut"]


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """`text` stands at `[start:end]` of the article's untouched text."""

    start: int
    end: int
    text: str


def cut(raw: str, start: int, end: int) -> Span:
    """Give the span of `raw` at `[start:end]`.

    >>> cut("قال الوزير", 4, 10)
    Span(start=4, end=10, text='الوزير')
    """
    return Span(start, end, raw[start:end])
