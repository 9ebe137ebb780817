"""Content negotiation: which of the forms on offer a client likes best (RFC 9110, section 12.5.1)."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

_QUALITY = re.compile(r"(?:0(?:\.\d{0,3})?|1(?:\.0{0,3})?)")
_NOTHING_ASKED = "*/*"


@dataclass(frozen=True, slots=True)
class _Range:
    """A media range: how exactly it names something, and how much that is liked (0 to 1)."""

    kind: str
    subkind: str
    quality: float

    def exactness(self, media_type: str) -> int:
        """Give 3 where the range is the media type, 2 for `type/*`, 1 for `*/*`, 0 where it is another."""
        kind, _, subkind = media_type.partition("/")
        if self.kind == "*":
            return 1 if self.subkind == "*" else 0
        if self.kind != kind:
            return 0
        if self.subkind == "*":
            return 2
        return 3 if self.subkind == subkind else 0


def choose(accept: str | None, offered: Sequence[str]) -> str | None:
    """Give the media type among `offered` that an Accept header likes best; None where it takes none.

    Of equals the first offered wins. A part of the header that is malformed is passed over.

    >>> choose("text/html;q=0.5, application/json", ["text/html", "application/json"])
    'application/json'
    >>> choose("text/*;q=0.3, text/csv;q=0", ["text/csv", "text/turtle"])
    'text/turtle'
    >>> choose("image/png", ["text/csv"]) is None
    True
    """
    ranges = _read(accept if accept and accept.strip() else _NOTHING_ASKED)
    best, liked = None, 0.0
    for media_type in offered:
        quality = _quality(media_type, ranges)
        if quality > liked:
            best, liked = media_type, quality
    return best


def _quality(media_type: str, ranges: Sequence[_Range]) -> float:
    """Give how much a media type is liked: by the range that names it most exactly."""
    fitting = [(range_.exactness(media_type), range_.quality) for range_ in ranges]
    exactness = max((exact for exact, _ in fitting), default=0)
    return (
        max((quality for exact, quality in fitting if exact == exactness), default=0.0) if exactness else 0.0
    )


def _read(accept: str) -> list[_Range]:
    ranges = []
    for part in accept.lower().split(","):
        name, *parameters = (piece.strip() for piece in part.split(";"))
        kind, slash, subkind = name.partition("/")
        if not (kind and slash and subkind):
            continue
        quality = 1.0
        for parameter in parameters:
            key, _, value = parameter.partition("=")
            if key.strip() == "q":
                quality = float(value) if _QUALITY.fullmatch(value.strip()) else 0.0
        ranges.append(_Range(kind, subkind, quality))
    return ranges
