"""Findings and the claims they compare, as values that are read from a store."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

_NAMED = 5  # sources of one side that a reason names; there may be a thousand


@dataclass(frozen=True, slots=True)
class Text:
    """One text in English and in Arabic."""

    en: str
    ar: str

    def in_language(self, language: str) -> str:
        """Give the text in `language`, English where it is neither."""
        return self.ar if language == "ar" else self.en


@dataclass(frozen=True, slots=True)
class Claim:
    """A claim with the words that carry it; offsets are code points of the article, half open."""

    iri: str
    id: str
    article: str
    article_id: str
    outlet: str
    day: date
    statement: str
    statement_id: str
    source: str
    source_name: Text
    source_kind: str
    quote: str
    start: int
    end: int
    polarity: str
    modality: str
    proposition: str
    status: str


@dataclass(frozen=True, slots=True)
class Premise:
    """A fact that a finding rests on; an alignment also has its author and what he says of it."""

    iri: str
    subject: Text
    relation: str
    object: Text
    author: str | None = None
    note: str | None = None


@dataclass(frozen=True, slots=True)
class Independence:
    """How many independent origins stand behind a set of claims, at least and at most, and why."""

    least: int
    most: int
    reasons: tuple[Text, ...] = ()
    loop: bool = False
    single_origin: bool = False


@dataclass(frozen=True, slots=True)
class Position:
    """One side of a finding: a proposition as it is held, and the claims that hold it."""

    iri: str
    claims: tuple[Claim, ...]


@dataclass(frozen=True, slots=True)
class Finding:
    """What comparing positions on a question shows, by which rule, and what that rests on."""

    iri: str
    kind: str
    rule: str
    rule_version: str
    questions: tuple[Text, ...]
    positions: tuple[Position, ...]
    premises: tuple[Premise, ...]
    assumptions: tuple[str, ...]
    within_source: bool
    independence: Independence
    explanation: Text

    @property
    def claims(self) -> tuple[Claim, ...]:
        """All claims of the finding, position by position."""
        return tuple(claim for position in self.positions for claim in position.claims)

    @property
    def sources(self) -> tuple[str, ...]:
        """The sources of the finding's claims, each once, sorted."""
        return tuple(sorted({claim.source for claim in self.claims}))

    def reason(self, language: str) -> str:
        """Say in `language` (en or ar) why the rule fired: its explanation with the sources' names in it."""
        first, second = (_names(self.positions[side].claims, language) for side in (0, -1))
        if second == first and len(self.positions) > 1:
            second = "نفسه في موضع آخر" if language == "ar" else "itself elsewhere"
        return self.explanation.in_language(language).format(first=first, second=second)


def _names(claims: tuple[Claim, ...], language: str) -> str:
    """Give who holds a position, in brackets where they are several, so that the sides stay apart."""
    names = list(dict.fromkeys(claim.source_name.in_language(language) for claim in claims))
    if len(names) > _NAMED:
        left = len(names) - _NAMED
        others = f"{left} غيرهم" if language == "ar" else f"{left} others"
        names = [*names[:_NAMED], others]
    joined = (" و" if language == "ar" else " and ").join(names)
    return f"({joined})" if len(names) > 1 else joined
