"""The record: one article's statements, claims, values and alignments, as plain frozen values.

Field names are those of the JSON form (record.schema.json). Spans count Unicode code points of the
decoded, unnormalised text and are half open.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

SourceKind = Literal["named-person", "office", "organisation", "anonymous", "collective", "outlet"]
EntityType = Literal[
    "person", "group", "force", "place", "facility", "agreement", "event", "activity", "entity"
]
Mode = Literal["direct", "mixed", "indirect"]
Polarity = Literal["affirmed", "denied"]
Modality = Literal["asserted", "planned", "possible", "undetermined"]
Tense = Literal["past", "present", "future"]
QuantityKind = Literal["exact", "approx", "min", "max", "range", "vague", "dual"]
Relation = Literal["same", "partOf"]
ReviewStatus = Literal["draft", "reviewed"]
Number = int | float


@dataclass(frozen=True, slots=True)
class Labels:
    """What something is called in English and in Arabic."""

    en: str | None = None
    ar: str | None = None


@dataclass(frozen=True, slots=True)
class Span:
    """A stretch of the article: `article[start:end] == text`.

    `spans` holds the pieces when the stretch is interrupted; `text` then runs from the first to the last.
    """

    text: str
    start: int
    end: int
    spans: tuple[tuple[int, int], ...] = ()


@dataclass(frozen=True, slots=True)
class SourceMention:
    """Where a statement names its source, and the source it names by its canonical name."""

    text: str
    start: int
    end: int
    canonical: str
    kind: SourceKind
    implicit: bool = False


@dataclass(frozen=True, slots=True)
class Relay:
    """One hand between the speaker and the outlet; `agent` is None when the article leaves it unnamed."""

    agent: str | None = None
    kind: SourceKind = "outlet"
    mention: Span | None = None
    cue: Span | None = None


@dataclass(frozen=True, slots=True)
class Proposition:
    """What is said: subject, predicate and value, with scope and time.

    `subject`, `object`, `members`, `place` and `role` are entity ids of the record, or terms of a
    domain written `domain:term`. `quantity` and `time` are ids of the record's quantities and dates.
    """

    subject: str
    predicate: str
    object: str | None = None
    members: tuple[str, ...] = ()
    closed: bool = False
    quantity: str | None = None
    time: str | None = None
    deadline: bool = False
    tense: Tense | None = None
    place: str | None = None
    phase: int | None = None
    last_phase: bool = False
    unit: str | None = None
    role: str | None = None
    implies: Proposition | None = None


@dataclass(frozen=True, slots=True)
class Review:
    """How far a reading was checked, by whom, and on what day."""

    status: ReviewStatus
    by: str
    date: str


@dataclass(frozen=True, slots=True)
class Claim:
    """The stand a statement's source takes towards one proposition.

    `review` tells who checked this claim where it was checked by itself; otherwise the record's holds.
    """

    id: str
    proposition: Proposition
    polarity: Polarity
    modality: Modality
    evidence: Span
    extraction_confidence: float = 1.0
    rules: tuple[str, ...] = ()
    review: Review | None = None


@dataclass(frozen=True, slots=True)
class Statement:
    """A stretch of the article in which a source says something; `cue` is None in the outlet's own text.

    `review` tells who checked this statement where it was checked by itself; otherwise the record's holds.
    """

    id: str
    source: SourceMention
    cue: Span | None
    content: Span
    mode: Mode
    polarity: Polarity
    modality: Modality
    negated_content: bool = False
    via: tuple[Relay, ...] = ()
    claims: tuple[Claim, ...] = ()
    review: Review | None = None


@dataclass(frozen=True, slots=True)
class Source:
    """A source of the article: who it is, what kind, and for whom it speaks (an entity id)."""

    canonical: str
    kind: SourceKind
    labels: Labels = Labels()
    behalf_of: str | None = None


@dataclass(frozen=True, slots=True)
class Entity:
    """Something propositions are about; `type` and `name` are its identity across articles.

    `within` holds the ids of the places that contain it, `level` its rank among administrative areas.
    The `kind` (a term of a domain), the `day` and the places of an event say how the article was read to tell
    which event it is, so that other articles' names for it can be found; they are nobody's claim.
    """

    id: str
    type: EntityType
    name: str
    labels: Labels = Labels()
    within: tuple[str, ...] = ()
    level: int | None = None
    same_as: tuple[str, ...] = ()
    kind: str | None = None
    day: str | None = None


@dataclass(frozen=True, slots=True)
class QuantityMention:
    """A number in the text as an interval of `unit`; a missing bound is open to that side.

    `value` is the number as put, None for a vague word; `policy` names how the bounds came about.
    """

    id: str
    text: str
    start: int
    end: int
    kind: QuantityKind
    value: Number | None
    unit: str
    lower: Number | None = None
    upper: Number | None = None
    lower_open: bool = False
    upper_open: bool = False
    policy: str | None = None

    @property
    def meaning(self) -> tuple[object, ...]:
        """What it says, wherever it stands and however it is worded."""
        bounds = (self.lower, self.upper, self.lower_open, self.upper_open)
        return (self.kind, self.value, self.unit, *bounds, self.policy)


@dataclass(frozen=True, slots=True)
class DateMention:
    """A time in the text as EDTF; `anchor` is the date from which a relative expression was resolved."""

    id: str
    text: str
    start: int
    end: int
    iso: str
    edtf: str
    anchor: str | None = None


@dataclass(frozen=True, slots=True)
class PlaceMention:
    """A toponym in the text, its English name, and the entity of the record it denotes."""

    id: str
    text: str
    start: int
    end: int
    name_en: str
    entity: str | None = None


@dataclass(frozen=True, slots=True)
class Alignment:
    """That two names mean one thing, or that one is part of the other, in a scope, on someone's word."""

    id: str
    left: str
    relation: Relation
    right: str
    author: str
    evidence: Span | None = None
    note: str | None = None
    place: str | None = None
    valid_from: str | None = None
    valid_until: str | None = None


@dataclass(frozen=True, slots=True)
class Record:
    """One article version and everything read in it."""

    article: str
    lang: str
    date: str
    outlet: str
    text: str
    review: Review
    url: str | None = None
    title: str | None = None
    sources: tuple[Source, ...] = ()
    entities: tuple[Entity, ...] = ()
    statements: tuple[Statement, ...] = ()
    quantities: tuple[QuantityMention, ...] = ()
    dates: tuple[DateMention, ...] = ()
    places: tuple[PlaceMention, ...] = ()
    alignments: tuple[Alignment, ...] = ()
