"""The generated records are what they say they are: valid, and of every kind."""

from __future__ import annotations

from collections.abc import Callable

from hypothesis import HealthCheck, given, settings

from musnad.record import Claim, Record
from musnad.record.checks import find_problems
from record.strategies import HOSTILE, records


def claims(record: Record) -> list[Claim]:
    return [claim for statement in record.statements for claim in statement.claims]


CORNERS: dict[str, Callable[[Record], bool]] = {
    "a relay": lambda record: any(s.via for s in record.statements),
    "a hand without a name": lambda record: any(v.agent is None for s in record.statements for v in s.via),
    "pieces": lambda record: any(s.content.spans for s in record.statements),
    "no cue": lambda record: any(s.cue is None for s in record.statements),
    "an implied proposition": lambda record: any(c.proposition.implies for c in claims(record)),
    "members": lambda record: any(c.proposition.members for c in claims(record)),
    "a closed list": lambda record: any(c.proposition.closed for c in claims(record)),
    "a quantity": lambda record: any(c.proposition.quantity for c in claims(record)),
    "a deadline": lambda record: any(c.proposition.deadline for c in claims(record)),
    "a place within another": lambda record: any(e.within for e in record.entities),
    "an event of some kind": lambda record: any(e.kind for e in record.entities),
    "an event on a day": lambda record: any(e.day for e in record.entities),
    "an open bound": lambda record: any(q.lower is None for q in record.quantities),
    "a broken number": lambda record: any(isinstance(q.value, float) for q in record.quantities),
    "an alignment with evidence": lambda record: any(a.evidence for a in record.alignments),
    "an alignment in time": lambda record: any(a.valid_from for a in record.alignments),
    "a place of no entity": lambda record: any(p.entity is None for p in record.places),
}


def test_generated_records_are_valid_and_reach_every_corner() -> None:
    corners: set[str] = set()
    characters: set[str] = set()

    @settings(max_examples=200, derandomize=True, database=None, suppress_health_check=list(HealthCheck))
    @given(records())
    def look(record: Record) -> None:
        assert find_problems(record) == []
        corners.update(name for name, shows in CORNERS.items() if shows(record))
        characters.update(record.text)

    look()
    assert corners == set(CORNERS)
    assert set(HOSTILE) <= characters
