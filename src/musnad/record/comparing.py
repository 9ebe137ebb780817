"""How well one record agrees with another of the same article: a machine's reading with a reviewed one.

Statements match as in the attribution literature (Pareti 2015; Vaucher et al. 2021): their cues overlap,
or neither has one, and their contents share at least half of their words (F1 over word positions). Each is
matched once, the best match first. A value matches where it overlaps and says the same.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol, TypeVar

from musnad.errors import TextMismatch
from musnad.record.model import Claim, Record, Statement
from musnad.text.folding import fold

__all__ = ["Agreement", "Placed", "compare_records", "match_statements"]

_WORD = re.compile(r"\w+")
_ENOUGH = 0.5


class Placed(Protocol):
    """Anything at `[start:end]` of a text."""

    @property
    def start(self) -> int:
        """The offset of the first code point."""

    @property
    def end(self) -> int:
        """The offset after the last."""


P = TypeVar("P", bound=Placed)


@dataclass(frozen=True, slots=True)
class Agreement:
    """Of one kind of thing: how many were read, how many the reviewed record has, how many are the same."""

    what: str
    read: int
    reviewed: int
    right: int

    @property
    def precision(self) -> float:
        """The share of what was read that is right; 1 where nothing was read."""
        return self.right / self.read if self.read else 1.0

    @property
    def recall(self) -> float:
        """The share of what is there that was read; 1 where nothing is there."""
        return self.right / self.reviewed if self.reviewed else 1.0

    @property
    def f1(self) -> float:
        """The harmonic mean of precision and recall."""
        total = self.read + self.reviewed
        return 2 * self.right / total if total else 1.0


def compare_records(read: Record, reviewed: Record) -> tuple[Agreement, ...]:
    """Compare a reading with a reviewed record, kind by kind.

    `statements` are matched by span; `sources` count those of them whose source is the same mention or name;
    `dates`, `quantities` and `places` count overlaps with the same value; `claims` are those of matched
    statements with the same predicate, value, polarity and modality, whatever their subject is called.

    Raises:
        TextMismatch: when the two are of different texts.

    """
    if read.text != reviewed.text:
        raise TextMismatch(
            "the two records are of different texts",
            where=f"{read.article} and {reviewed.article}",
            remedy="Read the very text that was reviewed.",
        )
    pairs = list(match_statements(read.text, read.statements, reviewed.statements))
    sizes = len(read.statements), len(reviewed.statements)
    values = _values(read), _values(reviewed)
    claims = [
        sum(
            (Counter(_meaning(values[0], one)) & Counter(_meaning(values[1], other)) for one, other in pairs),
            Counter[Hashable](),
        ).total()
    ]
    return (
        Agreement("statements", *sizes, len(pairs)),
        Agreement("sources", *sizes, sum(_same_source(one, other) for one, other in pairs)),
        _agreement("dates", read.dates, reviewed.dates, lambda date: date.edtf),
        _agreement(
            "quantities", read.quantities, reviewed.quantities, lambda amount: (amount.lower, amount.upper)
        ),
        _agreement("places", read.places, reviewed.places, lambda place: fold(place.name_en).text),
        Agreement(
            "claims",
            sum(len(statement.claims) for statement in read.statements),
            sum(len(statement.claims) for statement in reviewed.statements),
            *claims,
        ),
    )


def match_statements(
    text: str, read: Sequence[Statement], reviewed: Sequence[Statement]
) -> Iterator[tuple[Statement, Statement]]:
    """Yield the statements of two readings of a text that are the same, each once, the best match first."""
    words = [found.span() for found in _WORD.finditer(text)]
    covered = {
        id(one): {
            at for at, (start, end) in enumerate(words) if start < one.content.end and one.content.start < end
        }
        for one in (*read, *reviewed)
    }
    candidates = []
    for number, one in enumerate(read):
        for other_number, other in enumerate(reviewed):
            if not _same_cue(one, other):
                continue
            mine, theirs = covered[id(one)], covered[id(other)]
            shared = 2 * len(mine & theirs) / max(1, len(mine) + len(theirs))
            if shared >= _ENOUGH:
                candidates.append((-shared, number, other_number))
    taken: set[tuple[str, int]] = set()
    for _, number, other_number in sorted(candidates):
        pair = {("read", number), ("reviewed", other_number)}
        if not taken & pair:
            taken |= pair
            yield read[number], reviewed[other_number]


def _same_cue(one: Statement, other: Statement) -> bool:
    if one.cue is None or other.cue is None:
        return one.cue is other.cue
    return _overlap(one.cue, other.cue)


def _overlap(one: Placed, other: Placed) -> bool:
    return one.start < other.end and other.start < one.end


def _same_source(one: Statement, other: Statement) -> bool:
    return _overlap(one.source, other.source) or (
        fold(one.source.canonical).text == fold(other.source.canonical).text
    )


def _agreement(
    what: str, read: Sequence[P], reviewed: Sequence[P], value: Callable[[P], object]
) -> Agreement:
    left = list(reviewed)
    right = 0
    for one in read:
        same = next((other for other in left if _overlap(one, other) and value(one) == value(other)), None)
        if same is not None:
            left.remove(same)
            right += 1
    return Agreement(what, len(read), len(reviewed), right)


def _values(record: Record) -> Mapping[str, Hashable]:
    """Give for the local names of a record what they stand for."""
    named: dict[str, Hashable] = {entity.id: fold(entity.name).text for entity in record.entities}
    named.update((amount.id, (amount.lower, amount.upper)) for amount in record.quantities)
    named.update((date.id, date.edtf) for date in record.dates)
    return named


def _meaning(values: Mapping[str, Hashable], statement: Statement) -> Iterable[Hashable]:
    for claim in statement.claims:
        yield _said(values, claim)


def _said(values: Mapping[str, Hashable], claim: Claim) -> Hashable:
    said = claim.proposition
    members = frozenset(values.get(member, member) for member in said.members)
    objects = [values.get(name or "", name) for name in (said.object, said.quantity, said.time)]
    return said.predicate, members, *objects, claim.polarity, claim.modality
