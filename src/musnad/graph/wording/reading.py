"""From quads to what is put into words: propositions with the names of all they speak of."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache
from typing import Final

import pyoxigraph as ox

from musnad.graph.descriptions import Descriptions
from musnad.graph.vocabulary import load_vocabulary
from musnad.graph.wording.sentences import say_claim, say_proposition
from musnad.graph.wording.values import Amount, Language, Moment, Name, Number, Said
from musnad.terms import UNIT, M

_TIME: Final = M("timeValue")


class Wording:
    """Puts the propositions and claims of a graph into words.

    `quads` need hold no more than the propositions in question with their slots, quantities and times, and
    the names of what they speak of; the names of predicates, concepts and units come from the vocabulary.
    """

    def __init__(self, quads: Iterable[ox.Quad] | Descriptions) -> None:
        self.graph = quads if isinstance(quads, Descriptions) else Descriptions(quads)
        self._names: dict[str, Name] = {}
        self._claims: dict[tuple[str, str, str, Language], str] = {}

    def claim(self, claim: str, language: Language) -> str:
        """Give a claim, or a position of a finding, as a sentence; raises KeyError if it is not there."""
        parts = (
            self._needed(claim, "m:proposition"),
            self._needed(claim, "m:polarity"),
            self._needed(claim, "m:modality"),
            language,
        )
        # What is widely reported is worded once for all who report it.
        sentence = self._claims.get(parts)
        if sentence is None:
            proposition, polarity, modality, _ = parts
            sentence = self._claims[parts] = say_claim(
                self.said(proposition), language, polarity=_local(polarity), modality=_local(modality)
            )
        return sentence

    def proposition(self, proposition: str, language: Language) -> str:
        """Give a proposition as a sentence; raises KeyError if it is not there."""
        return say_proposition(self.said(proposition), language)

    def said(self, proposition: str) -> Said:
        """Give a proposition as plain values; raises KeyError if it is not there."""
        graph = self.graph
        predicate = self._needed(proposition, "rdf:predicate")
        slot = graph.iri(proposition, "m:slot") or ""
        value = graph.iri(proposition, "rdf:object")
        implied = value if value and "m:Proposition" in graph.classes(value) else None
        values = graph.iris(proposition, "m:member") or ([value] if value and not implied else [])
        amount, time = graph.iri(proposition, "m:quantity"), graph.iri(proposition, "m:time")
        phase = graph.text(slot, "m:phase")
        unit, place, role = (graph.iri(slot, name) for name in ("m:unit", "m:place", "m:role"))
        return Said(
            phrase=_phrase(predicate),
            subject=self._name(self._needed(proposition, "rdf:subject")),
            values=tuple(sorted((self._name(item) for item in values), key=lambda name: name.own)),
            closed=graph.text(proposition, "m:closed") == "true",
            amount=self._amount(amount) if amount else None,
            unit=self._name(unit) if unit else None,
            time=self._moment(time) if time else None,
            asks_time=_value_kind(predicate) == _TIME,
            implied=self.said(implied) if implied else None,
            place=self._name(place) if place else None,
            phase=int(phase) if phase else None,
            last_phase=graph.text(proposition, "m:lastPhase") == "true",
            role=self._name(role) if role else None,
        )

    def _needed(self, subject: str, predicate: str) -> str:
        value = self.graph.iri(subject, predicate)
        if value is None:
            raise KeyError(f"{subject} has no {predicate}")
        return value

    def _name(self, iri: str) -> Name:
        name = self._names.get(iri)
        if name is None:
            name = self._names[iri] = self._read_name(iri)
        return name

    def _read_name(self, iri: str) -> Name:
        graph = self.graph if iri in self.graph else _vocabulary()
        texts = {
            word.language: word.text
            for predicate in ("rdfs:label", "skos:prefLabel")
            for word in graph.literals(iri, predicate)
        }
        own = texts.get(None) or _local(iri)
        return Name(own, en=texts.get("en"), ar=texts.get("ar"))

    def _amount(self, quantity: str) -> Amount:
        graph = self.graph
        policy = graph.iri(quantity, "m:tolerancePolicy")
        return Amount(
            kind=_local(self._needed(quantity, "m:approximation")),
            unit=self._name(graph.iri(quantity, "m:unit") or UNIT("")),
            value=_number(graph.text(quantity, "schema:value")),
            lower=_number(graph.text(quantity, "schema:minValue")),
            upper=_number(graph.text(quantity, "schema:maxValue")),
            lower_open=graph.text(quantity, "m:minOpen") == "true",
            upper_open=graph.text(quantity, "m:maxOpen") == "true",
            policy=_local(policy) if policy else None,
        )

    def _moment(self, time: str) -> Moment:
        tense = self.graph.iri(time, "m:tense")
        return Moment(
            edtf=self.graph.text(time, "m:edtf"),
            deadline=self.graph.text(time, "m:deadline") == "true",
            tense=_local(tense) if tense else None,
        )


def _local(iri: str) -> str:
    return iri.rpartition("#")[2].rpartition("/")[2]


def _number(text: str | None) -> Number | None:
    if text is None:
        return None
    number = float(text)
    return int(number) if number.is_integer() else number


@cache
def _vocabulary() -> Descriptions:
    return Descriptions(load_vocabulary().quads)


@cache
def _phrase(predicate: str) -> Name:
    """Give the phrases of a predicate; one that no domain declares says "subject predicate value"."""
    texts = {word.language: word.text for word in _vocabulary().literals(predicate, "m:phrase")}
    plain = f"{{subject}} {_local(predicate)} {{value}}"
    return Name(plain, en=texts.get("en"), ar=texts.get("ar"))


@cache
def _value_kind(predicate: str) -> str | None:
    aspect = _vocabulary().iri(predicate, "m:answers")
    return _vocabulary().iri(aspect, "m:valueKind") if aspect else None
