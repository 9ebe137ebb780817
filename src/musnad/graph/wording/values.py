"""What a proposition says, as plain values ready to be put into words."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Language = Literal["en", "ar"]
Number = int | float


@dataclass(frozen=True, slots=True)
class Name:
    """What something is called in English and Arabic, and by its own name where it has neither."""

    own: str
    en: str | None = None
    ar: str | None = None

    def in_language(self, language: Language) -> str:
        """Give the name in a language, else the own name."""
        return (self.ar if language == "ar" else self.en) or self.own


@dataclass(frozen=True, slots=True)
class Amount:
    """A quantity as it was put: its kind (exact, approx, min, max, range, vague, dual), bounds and unit.

    `policy` names the word a vague quantity stands for: dozens, hundreds, thousands, several.
    """

    kind: str
    unit: Name
    value: Number | None = None
    lower: Number | None = None
    upper: Number | None = None
    lower_open: bool = False
    upper_open: bool = False
    policy: str | None = None


@dataclass(frozen=True, slots=True)
class Moment:
    """A time: an EDTF expression, a tense (past, present, future) or both; `deadline` for "by"."""

    edtf: str | None = None
    deadline: bool = False
    tense: str | None = None


@dataclass(frozen=True, slots=True)
class Said:
    """A proposition: the predicate's phrase in each language, and what stands in its places.

    `values` are the object or the members; `unit` alone is what an open question counts. `time` is the
    answer where `asks_time`, and otherwise when the rest holds.
    """

    phrase: Name
    subject: Name
    values: tuple[Name, ...] = ()
    closed: bool = False
    amount: Amount | None = None
    unit: Name | None = None
    time: Moment | None = None
    asks_time: bool = False
    implied: Said | None = None
    place: Name | None = None
    phase: int | None = None
    last_phase: bool = False
    role: Name | None = None
