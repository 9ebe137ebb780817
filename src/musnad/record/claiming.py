"""Claims of a draft: what frames read in statements, in the names of the record."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from hashlib import sha256

from musnad.meaning.frames import Actor, FramedProposition
from musnad.meaning.gazetteer import Gazetteer
from musnad.meaning.places import PlaceMention
from musnad.record.entities import EntityList
from musnad.record.model import (
    Claim,
    DateMention,
    Modality,
    Polarity,
    Proposition,
    QuantityMention,
    Span,
    Statement,
)

_TERM = re.compile(r"[a-z]+:[A-Za-z][A-Za-z0-9]*")
# بمقتل: what of a word may belong to the cue before the statement.
CLITICS = 3
_OTHER: dict[Polarity, Polarity] = {"affirmed": "denied", "denied": "affirmed"}


def text_mark(text: str) -> str:
    """Give what tells the things of one article from those of others that go by the same name."""
    return sha256(text.encode()).hexdigest()[:8]


class UnclaimableProposition(Exception):
    """A proposition needs something that the record has no room for."""


@dataclass(frozen=True, slots=True)
class Values:
    """The quantities and dates of the record, by where they stand."""

    quantities: Mapping[tuple[int, int], QuantityMention]
    dates: Mapping[tuple[int, int], DateMention]


class Claims:
    """Makes the claims of one article's statements; entities they need are added to its list."""

    def __init__(self, text: str, entities: EntityList, gazetteer: Gazetteer, values: Values) -> None:
        self.text = text
        self.home = text_mark(text)
        self.entities = entities
        self.gazetteer = gazetteer
        self.values = values
        self._meanings: dict[str | None, object] = {
            quantity.id: quantity.meaning for quantity in values.quantities.values()
        }
        self._moments: dict[str | None, str] = {moment.id: moment.edtf for moment in values.dates.values()}
        self.left_out: list[str] = []

    def add(self, statement: Statement, found: Iterable[FramedProposition]) -> Statement:
        """Give the statement with the claims of what was found in it; one that says the same is one."""
        claims: dict[object, Claim] = {}
        for framed in found:
            try:
                claim = self._claim(statement, framed)
            except UnclaimableProposition as error:
                self.left_out.append(f"claim in {statement.id}: {error}")
                continue
            claims.setdefault(self._meaning(claim), claim)
        if not claims:
            return statement
        numbered = (
            replace(claim, id=f"{statement.id}c{number}") for number, claim in enumerate(claims.values(), 1)
        )
        return replace(statement, claims=tuple(numbered))

    def _claim(self, statement: Statement, framed: FramedProposition) -> Claim:
        outer = statement.content
        start, end = max(framed.evidence.start, outer.start), min(framed.evidence.end, outer.end)
        if start >= end or framed.evidence.end > outer.end or outer.start - framed.evidence.start > CLITICS:
            raise UnclaimableProposition("its evidence lies outside the statement")
        rules = list(dict.fromkeys(framed.rules))
        polarity: Polarity = framed.polarity
        if statement.polarity == "denied":
            # "X denied that it left": what the content affirms is what the source denies.
            polarity = _OTHER[polarity]
            rules.append("polarity/denial-cue")
        modality: Modality = framed.modality
        if (
            statement.modality == "possible"
            and modality in ("asserted", "planned")
            and not framed.presupposed
        ):
            modality = "possible"
            rules.append("modality/statement")
        if statement.modality == "undetermined" and modality != "undetermined":
            # "Did not confirm the raid": what it names it leaves open.
            modality = "undetermined"
            rules.append("modality/statement")
        proposition = self._proposition(framed)
        valued = proposition.object or proposition.members or proposition.quantity
        if modality == "undetermined" and valued:
            raise UnclaimableProposition("what is undetermined has no value")
        return Claim(
            "",
            proposition,
            polarity,
            modality,
            Span(self.text[start:end], start, end),
            framed.confidence,
            tuple(rules),
        )

    def _proposition(self, framed: FramedProposition) -> Proposition:
        things = tuple(dict.fromkeys(self._thing(item) for item in framed.objects))
        quantity = time = None
        if framed.quantity is not None:
            quantity = self.values.quantities.get((framed.quantity.start, framed.quantity.end))
            if quantity is None:
                raise UnclaimableProposition(f"its quantity {framed.quantity.text[:40]!r} was left out")
        if framed.date is not None:
            time = self.values.dates.get((framed.date.start, framed.date.end))
            if time is None:
                raise UnclaimableProposition(f"its date {framed.date.text[:40]!r} was left out")
        return Proposition(
            subject=self._thing(framed.subject),
            predicate=framed.predicate,
            object=things[0] if len(things) == 1 else None,
            members=things if len(things) > 1 else (),
            closed=framed.closed and bool(things),
            quantity=quantity.id if quantity else None,
            time=time.id if time else None,
            deadline=framed.deadline and time is not None,
            tense=framed.tense,
            place=self._country(framed.place),
            phase=framed.phase,
            last_phase=framed.last_phase,
            unit=framed.unit if quantity is None else None,
            implies=self._proposition(framed.implied) if framed.implied else None,
        )

    def _thing(self, item: PlaceMention | Actor | str) -> str:
        """Give the id of what a proposition is about, or the domain's term for it."""
        if isinstance(item, str):
            return item if _TERM.fullmatch(item) else self.entities.add("entity", item)
        if isinstance(item, Actor):
            return self._actor(item)
        if item.id:
            return self.entities.add_place(self.gazetteer.places[item.id])
        return self.entities.add("place", item.name_en)

    def _actor(self, actor: Actor) -> str:
        if actor.kind != "event":
            return self.entities.add(actor.kind, actor.name, label=actor.label or None)
        # "The blast" of one article is not another's: only who took part, or where and when, could tell.
        name = actor.name if actor.shared else f"{actor.name} ({self.home})"
        within = (self._thing(actor.place),) if actor.place else ()
        label = actor.label or actor.name
        return self.entities.add_event(name, label=label, what=actor.what, within=within, day=actor.day)

    def _country(self, name: str | None) -> str | None:
        if name is None:
            return None
        place = self.gazetteer.by_name.get(name)
        return self.entities.add_place(place) if place else self.entities.add("place", name)

    def _meaning(self, claim: Claim) -> tuple[object, ...]:
        """Give what a claim says whatever mention it takes its values from."""
        return (*self._parts(claim.proposition), claim.polarity, claim.modality)

    def _parts(self, proposition: Proposition | None) -> Iterator[object]:
        if proposition is None:
            return
        if proposition.quantity in self._meanings:
            yield self._meanings[proposition.quantity]
        if proposition.time in self._moments:
            yield self._moments[proposition.time]
        members = tuple(sorted(proposition.members))
        yield replace(proposition, quantity=None, time=None, members=members, implies=None)
        yield from self._parts(proposition.implies)
