"""A record in lines that a person can read and correct: who says what, the values, the claims.

One line a thing, indented under what it belongs to:

    s1 | الوزير الخوري [named-person] | قال | ستفتح الطريق غدا | planned
        via وكالة الساحل [outlet]
        police of Oman : security:arrestsNumber = 5 | by 2023 | denied
    date غدا | 2024-05-02
    quantity خمسة | 5 person
    place صور | Sur

What is implied stands in brackets after the source; mode, polarity and modality only where they are not the
plainest (indirect, affirmed, asserted). Identifiers are left out, so that one thing more moves no other line.
"""

from __future__ import annotations

from collections.abc import Iterator

from musnad.record import Record
from musnad.record.model import Claim, Proposition, QuantityMention, Statement

PLAIN = frozenset({"indirect", "affirmed", "asserted"})


def outline(record: Record) -> list[str]:
    """Give the lines of a record."""
    return list(_lines(record))


def _lines(record: Record) -> Iterator[str]:
    yield f"{record.outlet} | {record.date} | {record.lang}"
    for statement in record.statements:
        yield _statement(record, statement)
        for hand in statement.via:
            yield f"    via {hand.agent or '-'} [{hand.kind}]"
        for claim in statement.claims:
            yield f"    {_claim(record, claim)}"
    for date in record.dates:
        yield f"date {_in_line(date.text)} | {date.edtf}"
    for quantity in record.quantities:
        yield f"quantity {_in_line(quantity.text)} | {_amount(quantity)}"
    for place in record.places:
        yield f"place {_in_line(place.text)} | {place.name_en}"


def _statement(record: Record, statement: Statement) -> str:
    source = f"{statement.source.canonical} [{statement.source.kind}]"
    if statement.source.implicit:
        source += " (implied)"
    cue = _in_line(statement.cue.text) if statement.cue else "-"
    parts = [source, cue, _in_line(statement.content.text)]
    parts += [part for part in (statement.mode, statement.polarity, statement.modality) if part not in PLAIN]
    return f"{statement.id} | {' | '.join(parts)}"


def _claim(record: Record, claim: Claim) -> str:
    parts = [_proposition(record, claim.proposition)]
    parts += [part for part in (claim.polarity, claim.modality) if part not in PLAIN]
    return " | ".join(parts)


def _proposition(record: Record, said: Proposition) -> str:
    names = {entity.id: entity.name for entity in record.entities}
    amounts = {quantity.id: _amount(quantity) for quantity in record.quantities}
    times = {date.id: date.edtf for date in record.dates}
    things = [names.get(thing, thing) for thing in (said.object, *said.members) if thing]
    text = f"{names[said.subject]} : {said.predicate}"
    values = [" + ".join(things)] if things else []
    if said.quantity:
        values.append(amounts[said.quantity])
    if said.unit:
        values.append(f"[{said.unit}]")
    if values:
        text += f" = {' '.join(values)}"
    if said.closed:
        text += " | closed"
    if said.time:
        text += f" | {'by ' if said.deadline else ''}{times[said.time]}"
    if said.place:
        text += f" | in {names[said.place]}"
    if said.phase:
        text += f" | phase {said.phase}"
    if said.tense and said.tense != "past":
        text += f" | {said.tense}"
    if said.implies:
        text += f" | implies {_proposition(record, said.implies)}"
    return text


def _amount(quantity: QuantityMention) -> str:
    if quantity.value is not None and quantity.lower == quantity.upper == quantity.value:
        return f"{quantity.value:g} {quantity.unit}"
    low = "(" if quantity.lower_open or quantity.lower is None else "["
    high = ")" if quantity.upper_open or quantity.upper is None else "]"
    lower = "" if quantity.lower is None else f"{quantity.lower:g}"
    upper = "" if quantity.upper is None else f"{quantity.upper:g}"
    return f"{low}{lower}..{upper}{high} {quantity.unit}"


def _in_line(text: str) -> str:
    return " ".join(text.split())
