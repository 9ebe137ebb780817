"""The last check that quoted words are the article's own, made on whatever leaves musnad."""

from __future__ import annotations

from typing import Final

from musnad.errors import OrphanedSpan
from musnad.graph.descriptions import Descriptions, first_text, verb
from musnad.terms import compact

_SPAN: Final = verb("oa:SpecificResource")
_TYPE: Final = verb("rdf:type")
_SOURCE: Final = verb("oa:hasSource")
_EXACT: Final = verb("oa:exact")
_START: Final = verb("oa:start")
_END: Final = verb("oa:end")
_TEXT: Final = verb("m:text")
_NOTHING: Final[dict[str, str]] = {}


def check_evidence(said: Descriptions) -> None:
    """See that `text[start:end] == exact` for every span; offsets count Unicode code points, half open.

    Raises `OrphanedSpan` for the first span that fails, or whose article's text is not there to compare.
    """
    texts: dict[str, str | None] = {}
    known = said.said
    for span, own in known.items():
        if _SPAN not in own.get(_TYPE, ""):
            continue
        article = own.get(_SOURCE, "")
        if article not in texts:
            texts[article] = _first(known.get(article[1:-1], _NOTHING), _TEXT)
        text = texts[article]
        exact = _first(known.get(f"{span}/quote", _NOTHING), _EXACT)
        position = known.get(f"{span}/position", _NOTHING)
        start, end = _first(position, _START), _first(position, _END)
        if text is None or exact is None or start is None or end is None:
            missing = "the text of its article" if text is None else "its words or its offsets"
            raise OrphanedSpan(
                f"{missing} cannot be found among what is exported",
                where=compact(span),
                remedy="Export the whole graph of the article.",
            )
        found = text[int(start) : int(end)]
        if found != exact:
            raise OrphanedSpan(
                f"at {start}-{end} the article has {found[:60]!r}, the span {exact[:60]!r}",
                where=compact(span),
                remedy="Build the article again from its record; a span is never moved to where it fits.",
            )


def _first(known: dict[str, str], predicate: str) -> str | None:
    values = known.get(predicate)
    return None if values is None else first_text(values)
