"""Why an article was read as it was: each statement's rules, its speaker's score, who else, its claims."""

from __future__ import annotations

from musnad.record import Claim
from musnad.record import Statement as Drafted
from musnad.record.confidence import estimate
from musnad.record.drafting import Draft
from musnad.speech import Candidate, Statement

_WIDTH = 100


def explain_draft(draft: Draft) -> str:
    """Give the reasons of a draft as plain text, a paragraph a statement."""
    record = draft.record
    head = f"{record.article}: {record.outlet}, {record.date}, {record.lang}"
    notes = [f"left out: {note}" for note in draft.left_out]
    return "\n\n".join(["\n".join([head, *notes]), *map(_explain, draft.readings, record.statements)]) + "\n"


def _explain(statement: Statement, drafted: Drafted) -> str:
    source = statement.source
    cue = f"{statement.cue.text} ({statement.lemma})" if statement.cue else "none"
    lines = [
        f"{statement.id}  {_short(statement.content.text)}",
        f"  source   {source.canonical} ({source.kind}{', implicit' if source.implicit else ''})",
        f"  because  {_reason(statement.speaker)}",
        *(f"  or else  {other.canonical}: {_reason(other)}" for other in statement.alternatives),
        *(f"  via      {relay.agent} ({relay.kind})" for relay in statement.via),
        f"  cue      {cue}",
        f"  stand    {statement.polarity}, {statement.modality}, {statement.mode}",
        f"  rules    {', '.join(statement.rules)}",
        *(line for claim in drafted.claims for line in _claim(statement, claim)),
    ]
    return "\n".join(lines)


def _claim(statement: Statement, claim: Claim) -> tuple[str, str, str]:
    said = claim.proposition
    value = said.object or " + ".join(said.members) or said.quantity or said.time or ""
    parts = (said.subject, said.predicate, value, claim.polarity, claim.modality)
    counted = estimate(statement)
    sure = (
        f"{claim.extraction_confidence:.2f}, {counted.right} of {counted.judged} such claims were right in "
        f"annotated articles ({counted.bin}; {counted.low:.2f} to {counted.high:.2f})"
    )
    return (
        f"  claim    {' | '.join(part for part in parts if part)}",
        f"  because  {', '.join(claim.rules)}",
        f"  sure     {sure}",
    )


def _reason(candidate: Candidate) -> str:
    return f"{candidate.score:.2f}, {candidate.reason}"


def _short(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= _WIDTH else line[: _WIDTH - 1] + "…"
