"""The sources that a picture shows, each with its name, kind and the number of its claims."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from musnad.collection import Collection
from musnad.findings import FindingsReader
from musnad.terms import M
from musnad.views.words import KINDS


@dataclass(frozen=True, slots=True)
class Voice:
    """A source; `kind` is None where nothing tells it."""

    iri: str
    name: str
    kind: str | None
    kind_name: str
    claims: int


def heard_most(weights: Mapping[str, int], at_most: int) -> list[str]:
    """Give the sources of most weight, at most so many; equal ones by their IRIs."""
    return sorted(weights, key=lambda source: (-weights[source], source))[:at_most]


def read_voices(news: Collection, language: str, sources: Iterable[str]) -> list[Voice]:
    """Read what sources are called and of what kind they are, sorted by name.

    Sources of one name, as unnamed ones of several articles often are, also have the outlet that heard them.
    """
    reader = FindingsReader(news.store)
    rows = {row["source"]: row for row in news.query("read/voices")}
    names = {source: reader.label(source).in_language(language) for source in sources}
    bearers = Counter(names.values())
    voices = []
    for source, name in names.items():
        row = rows.get(source, {})
        kind = str(row.get("kind", "")).removeprefix(M) or None
        kind_name = KINDS[kind].in_language(language) if kind in KINDS else ""
        heard_in = row.get("heard_in")
        known = f"{name} ({heard_in})" if bearers[name] > 1 and heard_in else name
        voices.append(Voice(source, known, kind, kind_name, row.get("claims", 0)))
    return sorted(voices, key=lambda voice: (voice.name, voice.iri))
