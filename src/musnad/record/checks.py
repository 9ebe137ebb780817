"""What can be wrong with a record that has the right form: its words, names and numbers."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from datetime import date

from musnad.errors import Problem
from musnad.record.model import Claim, Proposition, Record, SourceMention, Span, Statement
from musnad.record.times import read_bounds
from musnad.text.folding import fold

# What fits the integers (64 bits) and decimals (18 digits after the point) of every engine in use.
LARGEST = 10**18
DECIMALS = 12
_TERM = re.compile(r"[a-z]+:[A-Za-z][A-Za-z0-9]*")


def find_problems(record: Record) -> list[Problem]:
    """List every way in which `record` contradicts its article or itself, in the order of the record."""
    return [
        *_dates(record),
        *_duplicates(record),
        *_sources(record),
        *_entities(record),
        *_events(record),
        *_statements(record),
        *_quantities(record),
        *_mentions(record),
        *_alignments(record),
    ]


def _dates(record: Record) -> Iterator[Problem]:
    days = [("the article", record.date), ("the review", record.review.date)]
    days += [
        (f"claim {claim.id}, review", claim.review.date)
        for statement in record.statements
        for claim in statement.claims
        if claim.review
    ]
    days += [(f"date {mention.id}, anchor", mention.anchor) for mention in record.dates if mention.anchor]
    days += [(f"entity {entity.id}, day", entity.day) for entity in record.entities if entity.day]
    for alignment in record.alignments:
        days += [
            (f"alignment {alignment.id}", day) for day in (alignment.valid_from, alignment.valid_until) if day
        ]
    for where, day in days:
        try:
            date.fromisoformat(day)
        except ValueError:
            yield Problem(where, f"{day} is not a day of the calendar.", "Write YYYY-MM-DD.")


def _duplicates(record: Record) -> Iterator[Problem]:
    groups: list[tuple[str, Iterable[str]]] = [
        ("source", (source.canonical for source in record.sources)),
        ("entity", (entity.id for entity in record.entities)),
        ("statement", (statement.id for statement in record.statements)),
        ("claim", (claim.id for statement in record.statements for claim in statement.claims)),
        # Claims name mentions by id, so the three lists share one set of names.
        ("mention", (m.id for group in (record.quantities, record.dates, record.places) for m in group)),
        ("alignment", (alignment.id for alignment in record.alignments)),
    ]
    for noun, names in groups:
        for name, count in Counter(names).items():
            if count > 1:
                yield Problem(
                    f"{noun} {name}", f"this {noun} is given {count} times.", "Give each its own name."
                )


def _sources(record: Record) -> Iterator[Problem]:
    entities = {entity.id for entity in record.entities}
    for source in record.sources:
        if source.behalf_of and source.behalf_of not in entities:
            yield _unknown("entity", source.behalf_of, f"source {source.canonical}, behalf_of")
        if source.canonical == record.outlet and source.kind != "outlet":
            yield Problem(
                f"source {source.canonical}",
                f"this is the outlet, and its kind is {source.kind}.",
                "Write outlet.",
            )
    identities = Counter((source.kind, fold(source.canonical).text) for source in record.sources)
    for source in record.sources:
        count = identities[source.kind, fold(source.canonical).text]
        if count > 1:
            yield Problem(
                f"source {source.canonical}",
                f"{count} sources are the {source.kind} of this name, spelling aside.",
                "Kind and name are the identity: use one.",
            )


def _entities(record: Record) -> Iterator[Problem]:
    parents = {entity.id: entity.within for entity in record.entities}
    for entity in record.entities:
        for parent in entity.within:
            if parent not in parents:
                yield _unknown("entity", parent, f"entity {entity.id}, within")
        if entity.id in _ancestors(entity.id, parents):
            yield Problem(f"entity {entity.id}", "it lies within itself.", "Mend the `within` lists.")
    identities = Counter((entity.type, fold(entity.name).text) for entity in record.entities)
    for entity in record.entities:
        count = identities[entity.type, fold(entity.name).text]
        if count > 1:
            yield Problem(
                f"entity {entity.id}",
                f"{count} entities are the {entity.type} of the name {entity.name}, spelling aside.",
                "Type and name are the identity: use one.",
            )


def _events(record: Record) -> Iterator[Problem]:
    types = {entity.id: entity.type for entity in record.entities}
    for entity in record.entities:
        if entity.type == "event":
            for place in entity.within:
                if types.get(place, "place") not in ("place", "facility"):
                    yield Problem(
                        f"entity {entity.id}, within",
                        f"an event lies within places, and {place!r} is of type {types[place]}.",
                        "Name a place or a facility.",
                    )
        elif entity.kind or entity.day:
            yield Problem(
                f"entity {entity.id}",
                f"only an event has a `kind` or a `day`, and its type is {entity.type}.",
                "Drop them, or write event in `type`.",
            )


def _ancestors(name: str, parents: dict[str, tuple[str, ...]]) -> set[str]:
    seen: set[str] = set()
    todo = list(parents.get(name, ()))
    while todo:
        parent = todo.pop()
        if parent not in seen:
            seen.add(parent)
            todo += parents.get(parent, ())
    return seen


def _statements(record: Record) -> Iterator[Problem]:
    kinds = {source.canonical: source.kind for source in record.sources}
    for statement in record.statements:
        where = f"statement {statement.id}"
        yield from _source(statement.source, kinds, where)
        for name, span in _spans(statement):
            yield from _evidence(record.text, span, f"{where}, {name}")
        for number, relay in enumerate(statement.via, start=1):
            if relay.agent is not None and kinds.get(relay.agent) != relay.kind:
                yield _unknown("source", f"{relay.agent} ({relay.kind})", f"{where}, via {number}")
        for claim in statement.claims:
            yield from _claim(record, statement, claim)


def _source(mention: SourceMention, kinds: Mapping[str, str], where: str) -> Iterator[Problem]:
    if mention.canonical not in kinds:
        yield _unknown("source", mention.canonical, where)
    elif kinds[mention.canonical] != mention.kind:
        yield Problem(
            f"{where}, source",
            f"{mention.canonical} is {mention.kind} here and {kinds[mention.canonical]} among the sources.",
            "Give one kind.",
        )


def _spans(statement: Statement) -> Iterator[tuple[str, Span]]:
    mention = statement.source
    yield "source", Span(mention.text, mention.start, mention.end)
    if statement.cue:
        yield "cue", statement.cue
    yield "content", statement.content
    for number, relay in enumerate(statement.via, start=1):
        if relay.mention:
            yield f"via {number}", relay.mention
        if relay.cue:
            yield f"via {number}, cue", relay.cue


def _evidence(text: str, span: Span, where: str) -> Iterator[Problem]:
    found = text[span.start : span.end]
    if found != span.text:
        yield Problem(
            where,
            f"at {span.start}-{span.end} the article has {_short(found)}, the record {_short(span.text)}.",
            "Correct `start` and `end`, or leave both out where the words stand once.",
        )
    edges = [edge for piece in span.spans for edge in piece]
    if edges and (edges != sorted(set(edges)) or (edges[0], edges[-1]) != (span.start, span.end)):
        yield Problem(where, "its pieces do not run in order from `start` to `end`.", "Correct `spans`.")


def _claim(record: Record, statement: Statement, claim: Claim) -> Iterator[Problem]:
    where = f"claim {claim.id}"
    yield from _evidence(record.text, claim.evidence, f"{where}, evidence")
    outer = statement.content
    if not outer.start <= claim.evidence.start <= claim.evidence.end <= outer.end:
        yield Problem(
            where, "its evidence lies outside the statement's content.", "Quote words of that statement."
        )
    yield from _proposition(record, claim.proposition, where)
    if claim.modality == "undetermined" and _has_value(claim.proposition):
        yield Problem(
            where, "what is undetermined has no value.", "Leave the value out or change the modality."
        )


def _has_value(proposition: Proposition) -> bool:
    return bool(proposition.object or proposition.members or proposition.quantity)


def _proposition(record: Record, proposition: Proposition, where: str) -> Iterator[Problem]:
    entities = {entity.id for entity in record.entities}
    named = [
        proposition.subject,
        proposition.object,
        proposition.place,
        proposition.role,
        *proposition.members,
    ]
    for name in named:
        if name and ":" in name and not _TERM.fullmatch(name):
            yield Problem(where, f"{name!r} is no term of a domain.", "Write it as domain:term.")
        elif name and ":" not in name and name not in entities:
            yield _unknown("entity", name, where)
    if proposition.quantity and proposition.quantity not in {mention.id for mention in record.quantities}:
        yield _unknown("quantity", proposition.quantity, where)
    if proposition.time and proposition.time not in {mention.id for mention in record.dates}:
        yield _unknown("date", proposition.time, where)
    values = [
        bool(proposition.object),
        bool(proposition.members),
        bool(proposition.quantity),
        bool(proposition.implies),
    ]
    if sum(values) > 1:
        yield Problem(
            where, "it gives more than one value.", "Give `object`, `members`, `quantity` or `implies`."
        )
    if proposition.closed and not (proposition.members or proposition.object):
        yield Problem(where, "a closed list needs members.", "Add `members`, or drop `closed`.")
    if proposition.quantity and proposition.unit:
        yield Problem(where, "it gives a unit beside a quantity, which has its own.", "Drop `unit`.")
    if proposition.deadline and not proposition.time:
        yield Problem(where, "a deadline needs a time.", "Add `time`, or drop `deadline`.")
    if proposition.implies and proposition.implies.implies:
        yield Problem(where, "what is implied implies something in turn.", "Make two claims of it.")
    elif proposition.implies:
        yield from _proposition(record, proposition.implies, f"{where}, implies")


def _quantities(record: Record) -> Iterator[Problem]:
    for mention in record.quantities:
        where = f"quantity {mention.id}"
        if mention.lower is not None and mention.upper is not None and mention.lower > mention.upper:
            yield Problem(
                where,
                f"its interval is reversed: {mention.lower} is above {mention.upper}.",
                "Put the smaller bound in `lower`.",
            )
        numbers = (mention.value, mention.lower, mention.upper)
        if any(abs(number) > LARGEST or number != round(number, DECIMALS) for number in numbers if number):
            yield Problem(
                where,
                "one of its numbers is larger or finer than engines compare.",
                f"Stay within ±10^18 and {DECIMALS} decimals.",
            )
        if mention.lower is None and mention.upper is None:
            yield Problem(where, "it has no bound.", "Give `lower`, `upper` or both.")


def _mentions(record: Record) -> Iterator[Problem]:
    entities = {entity.id for entity in record.entities}
    groups = (("quantity", record.quantities), ("date", record.dates), ("place", record.places))
    for noun, mentions in groups:
        for mention in mentions:
            span = Span(mention.text, mention.start, mention.end)
            yield from _evidence(record.text, span, f"{noun} {mention.id}")
    for place in record.places:
        if place.entity and place.entity not in entities:
            yield _unknown("entity", place.entity, f"place {place.id}")
    for moment in record.dates:
        try:
            read_bounds(moment.edtf)
        except ValueError as error:
            yield Problem(f"date {moment.id}", f"{error}.", "Write EDTF, such as 2026-09 or 2025-09/2026-09.")
        try:
            read_bounds(moment.iso)
        except ValueError:
            yield Problem(
                f"date {moment.id}",
                f"{moment.iso} is not in the calendar.",
                "Write YYYY, YYYY-MM or YYYY-MM-DD.",
            )


def _alignments(record: Record) -> Iterator[Problem]:
    entities = {entity.id for entity in record.entities}
    for alignment in record.alignments:
        where = f"alignment {alignment.id}"
        for name in (alignment.left, alignment.right, alignment.place):
            if name and name not in entities:
                yield _unknown("entity", name, where)
        if alignment.left == alignment.right:
            yield Problem(where, "it aligns a thing with itself.", "Name two entities.")
        if alignment.evidence:
            yield from _evidence(record.text, alignment.evidence, f"{where}, evidence")
        elif not alignment.note:
            yield Problem(where, "it gives neither evidence nor note.", "Say what it rests on.")
        if alignment.valid_from and alignment.valid_until and alignment.valid_from > alignment.valid_until:
            yield Problem(where, "its time is reversed.", "Put the earlier day in `valid_from`.")


def _unknown(noun: str, name: str, where: str) -> Problem:
    plural = {"entity": "entities", "quantity": "quantities"}.get(noun, f"{noun}s")
    return Problem(
        where, f"{name!r} is not among the record's {plural}.", f"Add it to `{plural}`, or mend the name."
    )


def _short(text: str) -> str:
    return repr(text) if len(text) <= 40 else repr(text[:37] + "…")
