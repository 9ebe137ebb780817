"""The sources that a picture shows, each with its name, kind and the number of its claims."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from musnad.collection import Collection
from musnad.findings import FindingsReader
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
    """Read what sources are called and of what kind they are, sorted by name."""
    reader = FindingsReader(news.store)
    kinds = {hand.agent: hand.kind for steps in reader.hands.values() for hand in steps if hand.agent}
    claims = Counter(claim.source for claim in reader.claims())
    voices = []
    for source in sources:
        kind = kinds.get(source)
        kind_name = KINDS[kind].in_language(language) if kind in KINDS else ""
        name = reader.label(source).in_language(language)
        voices.append(Voice(source, name, kind, kind_name, claims[source]))
    return sorted(voices, key=lambda voice: (voice.name, voice.iri))
