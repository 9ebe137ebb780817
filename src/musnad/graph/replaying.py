"""The current reading of an article, made anew from the readings that are kept and the decisions in force."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from musnad.errors import DamagedHistory
from musnad.graph.history import STATEMENTS, Decision, History, KeptReading, decided_names
from musnad.graph.mapping import map_record
from musnad.record import Record, Review
from musnad.record.carrying import carry_claim, carry_statement
from musnad.record.model import Claim, Statement
from musnad.record.revising import (
    edit_claim,
    mark_claim,
    mark_statement,
    remove_claim,
    remove_statement,
)

__all__ = ["replay"]


def replay(
    history: History, restore: Callable[[KeptReading], Record], *, until: str | None = None
) -> tuple[Record, History]:
    """Give the reading that follows from a history, and the history with the outcome of every edit in it.

    The kept readings and the decisions in force are gone through in their order, from the last reviewed
    reading on. Where a later draft takes the place of an earlier one, what was decided is carried over: a
    claim that a person accepted or edited is brought along as he saw it, even if the draft no longer makes
    it; one that a person rejected stays out. With `until`, a day, withdrawals after it have not happened.

    Raises `InvalidRecord` where an edit makes the record contradict its article or itself, `UnknownChange`
    for an edit that is none, and `DamagedHistory` for a decision about a claim that no reading has.
    """
    readings = [one for one in history.readings if one.ordinal >= history.start]
    state: _Reviewed | None = None
    in_force = history.in_force(until)
    retracted = any(decision.claim == decision.article for decision in in_force)
    decisions = [decision for decision in in_force if decision.claim != decision.article]
    outcomes: list[Decision] = []
    for place, reading in enumerate(readings):
        record = restore(reading)
        state = _Reviewed(record) if state is None else state.read_anew(record)
        end = readings[place + 1].ordinal if place + 1 < len(readings) else None
        while decisions and (end is None or decisions[0].ordinal < end):
            outcomes.append(state.follow(decisions.pop(0)))
    if state is None:
        raise DamagedHistory(
            "no reading is kept to which the decisions belong",
            where=history.article,
            remedy="Build the article again from its record or its text.",
        )
    record = state.record
    if retracted:
        record = replace(record, statements=tuple(replace(said, claims=()) for said in record.statements))
    return record, history.decide(*outcomes)


class _Reviewed:
    """A reading while decisions are followed: the record, and what was taken out of it."""

    def __init__(self, record: Record) -> None:
        self.record = record
        self.names = _names(record)
        reviewed = {
            (isinstance(one, Statement), one.id)
            for statement in record.statements
            for one in _parts(statement)
            if one.review and one.review.status == "reviewed"
        }
        self.settled = dict.fromkeys(
            iri for iri, name in self.names.items() if (iri.startswith(STATEMENTS), name) in reviewed
        )
        """The claims, and statements without any, that a person reviewed (IRIs), in the record itself or by a
        decision, in order."""
        self.gone: dict[str, Record] = {}
        """The claims and statements that are no more (IRIs), each with the record that last had it."""

    def read_anew(self, record: Record) -> _Reviewed:
        """Give what was decided so far, over another reading of the article.

        What a person reviewed in that reading itself stands as it is there.
        """
        other = _Reviewed(record)
        settled = [claim for claim in self.settled if claim not in other.settled]
        gone = {claim: former for claim, former in self.gone.items() if claim not in other.settled}
        for claim in (*gone, *settled):
            # A statement that was reviewed may have claims now, which are a draft like others.
            if claim in other.names and (claim in gone or not claim.startswith(STATEMENTS)):
                other._leave_out(claim)
        for claim in settled:
            other._bring(claim, self.record, self.names[claim])
            other.settled[claim] = None
        other.gone = gone
        return other

    def follow(self, decision: Decision) -> Decision:
        """Carry a decision out; gives it with its outcome, where it is an edit."""
        match decision.verdict:
            case "accept":
                self._settle(decision.claim, self._find(decision), decision)
            case "reject" | "withdraw":
                self._take_out(decision.claim)
            case "edit":
                return self._edit(decision)
            case "undo":
                raise ValueError("an undo is not followed: what it revokes is left out")
        return decision

    def _edit(self, decision: Decision) -> Decision:
        local = self._find(decision)
        before = self.record
        self.record = edit_claim(before, local, decision.change or {})
        self.names = _names(self.record)
        outcome = next(
            iri for iri, name in self.names.items() if name == local and not iri.startswith(STATEMENTS)
        )
        if outcome != decision.claim:
            self.gone[decision.claim] = before
            self.settled.pop(decision.claim, None)
        self._settle(outcome, local, decision)
        return replace(decision, outcome=outcome)

    def _settle(self, claim: str, local: str, decision: Decision) -> None:
        mark = mark_statement if claim.startswith(STATEMENTS) else mark_claim
        self.record = mark(self.record, local, Review("reviewed", decision.by, decision.day))
        self.gone.pop(claim, None)
        self.settled[claim] = None

    def _take_out(self, claim: str) -> None:
        if claim in self.names:
            self.gone[claim] = self.record
            self._leave_out(claim)
        self.settled.pop(claim, None)

    def _leave_out(self, claim: str) -> None:
        remove = remove_statement if claim.startswith(STATEMENTS) else remove_claim
        self.record = remove(self.record, self.names.pop(claim))

    def _bring(self, claim: str, origin: Record, local: str) -> None:
        carry = carry_statement if claim.startswith(STATEMENTS) else carry_claim
        self.record, self.names[claim] = carry(origin, local, self.record)

    def _find(self, decision: Decision) -> str:
        """Give the id of the claim that is decided about; one that was taken out is put back."""
        claim = decision.claim
        if claim not in self.names:
            if claim not in self.gone:
                raise DamagedHistory(
                    "a decision is about a claim that no reading has",
                    where=decision.iri,
                    remedy="Undo the decision; the claim was read otherwise since.",
                )
            former = self.gone[claim]
            self._bring(claim, former, _names(former)[claim])
        return self.names[claim]


def _parts(statement: Statement) -> list[Statement | Claim]:
    return [statement, *statement.claims]


def _names(record: Record) -> dict[str, str]:
    return decided_names(map_record(record))
