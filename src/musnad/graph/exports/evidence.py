"""The last check that quoted words are the article's own, made on whatever leaves musnad."""

from __future__ import annotations

from musnad.errors import OrphanedSpan
from musnad.graph.descriptions import Descriptions
from musnad.terms import compact


def check_evidence(said: Descriptions) -> None:
    """See that `text[start:end] == exact` for every span; offsets count Unicode code points, half open.

    Raises `OrphanedSpan` for the first span that fails, or whose article's text is not there to compare.
    """
    texts: dict[str, str | None] = {}
    for span in said.of_class("oa:SpecificResource"):
        article = said.iri(span, "oa:hasSource") or ""
        if article not in texts:
            texts[article] = said.text(article, "m:text")
        text = texts[article]
        exact = said.text(f"{span}/quote", "oa:exact")
        start, end = (said.text(f"{span}/position", name) for name in ("oa:start", "oa:end"))
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
