"""Parts of a record: what was reviewed of it alone, and a claim brought from one reading into another."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import TypeVar

from musnad.record.model import (
    DateMention,
    Entity,
    Proposition,
    QuantityMention,
    Record,
    Source,
    Statement,
)
from musnad.record.revising import find_claim, find_statement, fresh_name
from musnad.text.folding import fold

__all__ = ["carry_claim", "carry_statement", "reviewed_part"]

M = TypeVar("M", QuantityMention, DateMention)


def reviewed_part(record: Record) -> Record | None:
    """Give what a person reviewed of a record, with all that it names; None where that is nothing.

    A reviewed record is reviewed as a whole. Of a draft, the claims that were reviewed by themselves are kept
    with their statements, the statements that were reviewed without any, and the sources, entities and values
    that these name; what the machine aligned is not.
    """
    if record.review.status == "reviewed":
        return record
    statements = []
    for statement in record.statements:
        claims = tuple(one for one in statement.claims if one.review and one.review.status == "reviewed")
        said = statement.review is not None and statement.review.status == "reviewed"
        if claims or said:
            statements.append(replace(statement, claims=claims))
    if not statements:
        return None
    used = [part for one in statements for claim in one.claims for part in _parts(claim.proposition)]
    speakers = {record.outlet} | {
        name
        for statement in statements
        for name in (statement.source.canonical, *(relay.agent for relay in statement.via))
        if name
    }
    sources = tuple(source for source in record.sources if source.canonical in speakers)
    needed = {name for part in used for name in _things(part)}
    needed |= {source.behalf_of for source in sources if source.behalf_of}
    quantities = {part.quantity for part in used}
    times = {part.time for part in used}
    return replace(
        record,
        sources=sources,
        entities=tuple(_with_parents(record, needed)),
        statements=tuple(statements),
        quantities=tuple(mention for mention in record.quantities if mention.id in quantities),
        dates=tuple(mention for mention in record.dates if mention.id in times),
        places=(),
        alignments=(),
    )


def carry_claim(origin: Record, claim: str, target: Record) -> tuple[Record, str]:
    """Give `target` with a claim of `origin`, another reading of the same text, and the claim's id there.

    What the target knows by another id is named by that: things by type and name, sources by kind and name,
    values by where they stand and what they say. What it lacks is brought along under an id of its own.
    """
    return _Carrying(origin, target).carry(claim)


def carry_statement(origin: Record, statement: str, target: Record) -> tuple[Record, str]:
    """Give `target` with a statement of `origin` without its claims, and the statement's id there.

    Its source is named as in `carry_claim`. Where the target says the same words, that one takes the review.
    """
    return _Carrying(origin, target).carry_words(statement)


class _Carrying:
    """The names that what is carried has in the target."""

    def __init__(self, origin: Record, target: Record) -> None:
        self.origin, self.target = origin, target
        self.entities = list(target.entities)
        self.sources = list(target.sources)
        self.quantities = list(target.quantities)
        self.dates = list(target.dates)

    def carry(self, name: str) -> tuple[Record, str]:
        statement, claim = find_claim(self.origin, name)
        moved = self._moved(statement)
        taken = {one.id for other in self.target.statements for one in other.claims}
        proposition = self._proposition(claim.proposition)
        known = next((other for other in self.target.statements if _same_words(other, moved)), None)
        ids = {other.id for other in self.target.statements}
        home = known or replace(moved, id=_free(moved.id, ids))
        prefix = f"{home.id}c"
        carried = replace(
            claim, id=name if name not in taken else fresh_name(prefix, taken), proposition=proposition
        )
        grown = replace(home, claims=(*home.claims, carried))
        statements = [grown if other is known else other for other in self.target.statements]
        record = replace(
            self.target,
            statements=tuple(statements if known else [*statements, grown]),
            sources=tuple(self.sources),
            entities=tuple(self.entities),
            quantities=tuple(self.quantities),
            dates=tuple(self.dates),
        )
        return record, carried.id

    def carry_words(self, name: str) -> tuple[Record, str]:
        moved = self._moved(find_statement(self.origin, name))
        known = next((other for other in self.target.statements if _same_words(other, moved)), None)
        if known:
            marked = replace(known, review=moved.review)
            statements = [marked if other is known else other for other in self.target.statements]
        else:
            marked = replace(moved, id=_free(moved.id, {other.id for other in self.target.statements}))
            statements = [*self.target.statements, marked]
        record = replace(
            self.target,
            statements=tuple(statements),
            sources=tuple(self.sources),
            entities=tuple(self.entities),
        )
        return record, marked.id

    def _moved(self, statement: Statement) -> Statement:
        """Give a statement without claims, its source and hands named as in the target."""
        source = self._source(statement.source.canonical)
        return replace(
            statement,
            source=replace(statement.source, canonical=source.canonical, kind=source.kind),
            via=tuple(
                replace(relay, agent=self._source(relay.agent).canonical) if relay.agent else relay
                for relay in statement.via
            ),
            claims=(),
        )

    def _source(self, canonical: str) -> Source:
        origin = next(source for source in self.origin.sources if source.canonical == canonical)
        for known in self.sources:
            if known.kind == origin.kind and fold(known.canonical).text == fold(canonical).text:
                return known
        behalf = self._thing(origin.behalf_of) if origin.behalf_of else None
        self.sources.append(replace(origin, behalf_of=behalf))
        return self.sources[-1]

    def _proposition(self, part: Proposition) -> Proposition:
        return replace(
            part,
            subject=self._thing(part.subject),
            object=self._thing(part.object) if part.object else None,
            members=tuple(self._thing(member) for member in part.members),
            place=self._thing(part.place) if part.place else None,
            role=self._thing(part.role) if part.role else None,
            quantity=self._mention(part.quantity, self.origin.quantities, self.quantities, "q"),
            time=self._mention(part.time, self.origin.dates, self.dates, "d"),
            implies=self._proposition(part.implies) if part.implies else None,
        )

    def _thing(self, name: str) -> str:
        origin = next((entity for entity in self.origin.entities if entity.id == name), None)
        if origin is None:
            return name  # a domain's term
        key = (origin.type, fold(origin.name).text)
        for known in self.entities:
            if (known.type, fold(known.name).text) == key:
                return known.id
        within = tuple(self._thing(parent) for parent in origin.within)
        taken = {entity.id for entity in self.entities}
        self.entities.append(replace(origin, id=_free(name, taken), within=within))
        return self.entities[-1].id

    def _mention(self, name: str | None, origin: Iterable[M], known: list[M], prefix: str) -> str | None:
        if name is None:
            return None
        wanted = next(mention for mention in origin if mention.id == name)
        for mention in known:
            if replace(mention, id="") == replace(wanted, id=""):
                return mention.id
        groups: tuple[Iterable[QuantityMention | DateMention], ...] = (self.quantities, self.dates)
        taken = {mention.id for group in groups for mention in group} | {
            place.id for place in self.target.places
        }
        known.append(replace(wanted, id=name if name not in taken else fresh_name(prefix, taken)))
        return known[-1].id


def _same_words(one: Statement, other: Statement) -> bool:
    """Whether two statements are one: the same source says the same words with the same cue."""
    mentions = (replace(said.source, implicit=False) for said in (one, other))
    return len(set(mentions)) == 1 and (one.cue, one.content) == (other.cue, other.content)


def _free(name: str, taken: set[str]) -> str:
    return name if name not in taken else fresh_name(f"{name}.", taken, first=2)


def _parts(proposition: Proposition) -> Iterator[Proposition]:
    yield proposition
    if proposition.implies:
        yield from _parts(proposition.implies)


def _things(part: Proposition) -> Iterator[str]:
    for name in (part.subject, part.object, *part.members, part.place, part.role):
        if name:
            yield name


def _with_parents(record: Record, names: set[str]) -> Iterator[Entity]:
    """Give the entities of these names and all that they lie within, in the record's order."""
    within = {entity.id: entity.within for entity in record.entities}
    needed: set[str] = set()
    waiting = [name for name in names if name in within]
    while waiting:
        name = waiting.pop()
        if name not in needed:
            needed.add(name)
            waiting += within[name]
    return (entity for entity in record.entities if entity.id in needed)
