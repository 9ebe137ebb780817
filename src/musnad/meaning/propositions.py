"""Propositions of a statement as frames read them: plain values, with the words that carry each."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Literal

from musnad.meaning.dates import DateMention
from musnad.meaning.places import PlaceMention
from musnad.meaning.quantities import QuantityMention
from musnad.text.spans import Span

__all__ = ["Actor", "FramedProposition"]

ActorKind = Literal["force", "group", "event", "activity"]


@dataclass(frozen=True, slots=True)
class Actor:
    """Who or what a proposition is about: its kind, its name, and where the text names it.

    `country` is the English name of the state a force belongs to. A `mention` that stands outside the
    statement is the one the words refer back to. `shared` says that the name means the same in every
    article, `label` how the article's own language calls it where the name is made up. An event that other
    articles may tell of by another name has a `what` (a term of a domain), a `place` and a `day`.
    """

    kind: ActorKind
    name: str
    mention: Span
    country: str = ""
    label: str = ""
    shared: bool = False
    what: str = ""
    place: PlaceMention | None = None
    day: date | None = None


@dataclass(frozen=True, slots=True)
class FramedProposition:
    """One proposition in a statement's content.

    The value is one of: `objects` (places, actors, or names of concepts; `closed` when the text says there
    are no others), `quantity`, `date` (a `deadline` after "by"), `implied` (a proposition that follows or, if
    denied, does not), or none, for a predicate that is true or not. `place` is the country in which it is
    said to hold. `evidence` is the stretch of the untouched text it was read from; `rules` name the rows
    and steps that fired, `confidence` how far they are to be trusted, between 0 and 1. What is `presupposed`
    is asserted even where the statement only calls for something.
    """

    subject: Actor
    predicate: str
    evidence: Span
    objects: tuple[PlaceMention | Actor | str, ...] = ()
    closed: bool = False
    quantity: QuantityMention | None = None
    date: DateMention | None = None
    deadline: bool = False
    implied: FramedProposition | None = None
    place: str | None = None
    phase: int | None = None
    last_phase: bool = False
    unit: str | None = None
    tense: Literal["past", "present", "future"] | None = None
    polarity: Literal["affirmed", "denied"] = "affirmed"
    modality: Literal["asserted", "planned", "possible", "undetermined"] = "asserted"
    rules: tuple[str, ...] = ()
    confidence: float = 1.0
    presupposed: bool = False

    def __str__(self) -> str:
        """Give the proposition in one line, as the tables write the reading of an example."""
        value: list[str] = [item if isinstance(item, str) else _name(item) for item in self.objects]
        parts = [self.subject.name, self.predicate, " + ".join(value) + (" only" if self.closed else "")]
        if self.quantity is not None:
            parts.append(f"{_bound(self.quantity.lower)}-{_bound(self.quantity.upper)} {self.quantity.unit}")
        if self.unit is not None:
            parts.append(f"unit {self.unit}")
        if self.date is not None:
            parts.append(("by " if self.deadline else "") + self.date.iso)
        if self.implied is not None:
            parts.append(f"({self.implied.subject.name}, {self.implied.predicate})")
        if self.phase is not None:
            parts.append(f"phase {self.phase}" + (" (last)" if self.last_phase else ""))
        parts += [self.polarity, self.modality, self.tense or ""]
        return " | ".join(part for part in parts if part)


def _name(item: PlaceMention | Actor) -> str:
    return item.name_en if isinstance(item, PlaceMention) else item.name


def _bound(number: float | None) -> str:
    return "" if number is None else f"{number:g}"
