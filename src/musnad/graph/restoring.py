"""A record from its quads: the way back from the graph, without loss."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from decimal import Decimal, InvalidOperation
from typing import Any, cast
from urllib.parse import unquote

import pyoxigraph as ox

from musnad.errors import InvalidRecord, Problem
from musnad.graph.mapping import ENTITY_CLASSES, RELATIONS, SOURCE_KINDS, map_record
from musnad.graph.naming import term_text
from musnad.record import (
    Alignment,
    Claim,
    DateMention,
    Entity,
    Labels,
    PlaceMention,
    Proposition,
    QuantityMention,
    Record,
    Relay,
    Review,
    Source,
    SourceMention,
    Span,
    Statement,
)
from musnad.record.checks import find_problems
from musnad.record.json_form import canonical_order, natural_key
from musnad.terms import DOMAINS, ID, PREFIXES, RDF, M, compact

DIGESTS = frozenset({ox.NamedNode(M("textDigest")), ox.NamedNode(M("recordDigest"))})
_CHANGED = Problem(
    "graph",
    "it was changed since its digests (m:textDigest, m:recordDigest) were written.",
    "Export the article again; or, where the change is meant, take the digests out.",
)


def restore_record(quads: Iterable[ox.Quad]) -> Record:
    """Give the record that `quads` (one article's graph) were mapped from.

    A graph without digests is as good: musnad has not always written them. Raises `InvalidRecord` when
    something is missing, or when the graph says anything that the record does not: nothing is dropped in
    silence, and no bare triple slips in.
    """
    given = set(quads)
    try:
        record = canonical_order(_Restoring(given).run())
        mapped = {quad.triple for quad in map_record(record)}
    except (LookupError, ValueError, AttributeError, InvalidOperation) as error:
        problem = Problem(
            "graph",
            f"something a record needs is missing, or not what it should be: {error}.",
            "Export the article again.",
        )
        raise InvalidRecord([problem]) from error
    present = {quad.triple for quad in given}
    if not any(triple.predicate in DIGESTS for triple in present):
        mapped = {triple for triple in mapped if triple.predicate not in DIGESTS}
    elif present != mapped and all(triple.predicate in DIGESTS for triple in present ^ mapped):
        raise InvalidRecord(find_problems(record) or [_CHANGED], where=record.article)
    strangers = sorted(str(triple) for triple in present - mapped)
    missing = sorted(str(triple) for triple in mapped - present)
    problems = [
        Problem(
            "graph",
            f"this triple is no part of a record: {text}",
            "Remove it; claims are never bare triples.",
        )
        for text in strangers
    ]
    problems += [
        Problem("graph", f"this triple is missing: {text}", "Export the article again.") for text in missing
    ]
    if problems:
        raise InvalidRecord(problems, where=record.article)
    return record


class _Restoring:
    """One article's graph, indexed by subject and predicate."""

    def __init__(self, quads: Iterable[ox.Quad]) -> None:
        self.values: dict[tuple[str, str], list[Any]] = defaultdict(list)
        self.types: dict[str, list[str]] = defaultdict(list)
        rdf_type = RDF("type")
        for quad in sorted(quads, key=str):
            subject, predicate = cast(ox.NamedNode, quad.subject).value, quad.predicate.value
            self.values[subject, compact(predicate)].append(quad.object)
            if predicate == rdf_type:
                self.types[compact(cast(ox.NamedNode, quad.object).value)].append(subject)
        self.local = {name: self._text(name, "dcterms:identifier") for name in self.types["m:Entity"]}

    # --- reading -------------------------------------------------------------------------------

    def _all(self, subject: str, predicate: str) -> list[str]:
        return [cast(str, value.value) for value in self.values[subject, predicate]]

    def _text(self, subject: str, predicate: str) -> str:
        found = self._all(subject, predicate)
        if not found:
            raise LookupError(f"{compact(subject)} has no {predicate}")
        return found[0]

    def _maybe(self, subject: str, predicate: str) -> str | None:
        found = self._all(subject, predicate)
        return found[0] if found else None

    def _concept(self, subject: str, predicate: str) -> Any:
        return self._text(subject, predicate).removeprefix(PREFIXES["m"])

    def _maybe_concept(self, subject: str, predicate: str) -> Any:
        found = self._maybe(subject, predicate)
        return found.removeprefix(PREFIXES["m"]) if found else None

    def _flag(self, subject: str, predicate: str) -> bool:
        return self._maybe(subject, predicate) == "true"

    def _number(self, subject: str, predicate: str) -> int | float | None:
        text = self._maybe(subject, predicate)
        if text is None:
            return None
        # A float holds whole numbers up to 2^53 alone.
        value = Decimal(text)
        return int(value) if value == value.to_integral_value() else float(value)

    def _labels(self, subject: str) -> Labels:
        found = {label.language: label.value for label in self.values[subject, "skos:prefLabel"]}
        return Labels(en=found.get("en"), ar=found.get("ar"))

    def _thing(self, iri: str | None) -> str | None:
        if iri is None:
            return None
        return self.local[iri] if iri.startswith(ID) else term_text(iri)

    def _span(self, name: str) -> Span:
        start, end = self._offsets(name)
        pieces = sorted(self._offsets(piece) for piece in self._all(name, "m:piece"))
        return Span(self._text(f"{name}/quote", "oa:exact"), start, end, tuple(pieces))

    def _offsets(self, name: str) -> tuple[int, int]:
        position = f"{name}/position"
        return int(self._text(position, "oa:start")), int(self._text(position, "oa:end"))

    def _maybe_span(self, subject: str, predicate: str) -> Span | None:
        name = self._maybe(subject, predicate)
        return self._span(name) if name else None

    # --- the record's parts ----------------------------------------------------------------------

    def run(self) -> Record:
        articles = self.types["m:Article"]
        if len(articles) != 1:
            raise LookupError(f"one article is needed and {len(articles)} are given")
        article = articles[0]
        reading = self.types["m:Reading"][0]
        return Record(
            article=self._text(article, "dcterms:identifier"),
            lang=self._text(article, "schema:inLanguage"),
            date=self._text(article, "schema:datePublished"),
            outlet=self._text(self._text(article, "schema:publisher"), "rdfs:label"),
            text=self._text(article, "m:text"),
            url=self._maybe(article, "schema:url"),
            title=self._maybe(article, "schema:headline"),
            review=Review(
                status=self._concept(reading, "m:reviewStatus"),
                by=self._text(self._text(reading, "prov:wasAssociatedWith"), "rdfs:label"),
                date=self._text(reading, "dcterms:date"),
            ),
            sources=tuple(self._source(name) for name in self.types["m:Source"]),
            entities=tuple(self._entity(name) for name in self.types["m:Entity"]),
            statements=tuple(self._statement(name) for name in self.types["m:Statement"]),
            quantities=tuple(self._quantity(name) for name in self._mentions("m:Quantity")),
            dates=tuple(self._date(name) for name in self._mentions("m:TimeSpan")),
            places=tuple(self._place(name) for name in self._mentions(None)),
            alignments=tuple(self._alignment(name) for name in self.types["m:Alignment"]),
        )

    def _mentions(self, kind: str | None) -> Iterator[str]:
        """Give the mentions that denote a thing of `kind`; those of places may denote nothing."""
        values = {name: kind for kind in ("m:Quantity", "m:TimeSpan") for name in self.types[kind]}
        for mention in self.types["m:Mention"]:
            if values.get(self._maybe(mention, "m:denotes") or "") == kind:
                yield mention

    def _source(self, name: str) -> Source:
        return Source(
            canonical=self._text(name, "rdfs:label"),
            kind=self._source_kind(name),
            labels=self._labels(name),
            behalf_of=self._thing(self._maybe(name, "m:behalfOf")),
        )

    def _source_kind(self, name: str) -> Any:
        concept = self._concept(name, "m:sourceKind")
        kinds = {term: kind for kind, term in SOURCE_KINDS.items()}
        return kinds[concept]

    def _entity(self, name: str) -> Entity:
        types = {frozenset(classes): kind for kind, classes in ENTITY_CLASSES.items()}
        classes = self._all(name, "rdf:type")
        kind = next((iri for iri in classes if iri.startswith(DOMAINS)), None)
        level = self._number(name, "m:adminLevel")
        return Entity(
            id=self.local[name],
            type=cast(Any, types[frozenset(compact(iri) for iri in classes if iri != kind)]),
            name=self._text(name, "rdfs:label"),
            labels=self._labels(name),
            within=tuple(self.local[parent] for parent in self._all(name, "geo:sfWithin")),
            level=None if level is None else int(level),
            same_as=tuple(self._all(name, "skos:exactMatch")),
            kind=term_text(kind) if kind else None,
            day=self._maybe(name, "schema:startDate"),
        )

    def _quantity(self, name: str) -> QuantityMention:
        span, value = self._span(self._text(name, "m:evidence")), self._text(name, "m:denotes")
        return QuantityMention(
            id=self._text(name, "dcterms:identifier"),
            text=span.text,
            start=span.start,
            end=span.end,
            kind=self._concept(value, "m:approximation"),
            value=self._number(value, "schema:value"),
            unit=unquote(self._text(value, "m:unit").removeprefix(PREFIXES["unit"])),
            lower=self._number(value, "schema:minValue"),
            upper=self._number(value, "schema:maxValue"),
            lower_open=self._flag(value, "m:minOpen"),
            upper_open=self._flag(value, "m:maxOpen"),
            policy=self._maybe_concept(value, "m:tolerancePolicy"),
        )

    def _date(self, name: str) -> DateMention:
        span = self._span(self._text(name, "m:evidence"))
        return DateMention(
            id=self._text(name, "dcterms:identifier"),
            text=span.text,
            start=span.start,
            end=span.end,
            iso=self._text(name, "dcterms:date"),
            edtf=self._text(self._text(name, "m:denotes"), "m:edtf"),
            anchor=self._maybe(name, "m:anchorDate"),
        )

    def _place(self, name: str) -> PlaceMention:
        span = self._span(self._text(name, "m:evidence"))
        return PlaceMention(
            id=self._text(name, "dcterms:identifier"),
            text=span.text,
            start=span.start,
            end=span.end,
            name_en=self._text(name, "rdfs:label"),
            entity=self._thing(self._maybe(name, "m:denotes")),
        )

    def _statement(self, name: str) -> Statement:
        source = self._text(name, "prov:wasAttributedTo")
        mention = self._span(self._text(name, "m:sourceSpan"))
        claims = [claim for claim in self.types["m:Claim"] if self._text(claim, "m:statedIn") == name]
        return Statement(
            id=self._text(name, "dcterms:identifier"),
            source=SourceMention(
                text=mention.text,
                start=mention.start,
                end=mention.end,
                canonical=self._text(source, "rdfs:label"),
                kind=self._source_kind(source),
                implicit=self._flag(name, "m:implicitSource"),
            ),
            cue=self._maybe_span(name, "m:cueSpan"),
            content=self._span(self._text(name, "m:contentSpan")),
            mode=self._concept(name, "m:mode"),
            polarity=self._concept(name, "m:polarity"),
            modality=self._concept(name, "m:modality"),
            negated_content=self._flag(name, "m:negatedContent"),
            via=tuple(self._relays(name)),
            claims=tuple(self._claim(claim) for claim in claims),
            review=self._review(name),
        )

    def _relays(self, statement: str) -> Iterator[Relay]:
        steps = self._all(statement, "prov:qualifiedAttribution")
        for step in sorted(steps, key=lambda step: int(self._text(step, "m:depth"))):
            if self._concept(step, "prov:hadRole") not in ("relay", "unnamedLink"):
                continue
            agent = self._maybe(step, "prov:agent")
            yield Relay(
                agent=self._text(agent, "rdfs:label") if agent else None,
                kind=self._source_kind(agent) if agent else "anonymous",
                mention=self._maybe_span(step, "m:sourceSpan"),
                cue=self._maybe_span(step, "m:cueSpan"),
            )

    def _claim(self, name: str) -> Claim:
        return Claim(
            id=self._text(name, "dcterms:identifier"),
            proposition=self._proposition(self._text(name, "m:proposition"), name),
            polarity=self._concept(name, "m:polarity"),
            modality=self._concept(name, "m:modality"),
            evidence=self._span(self._text(name, "m:evidence")),
            extraction_confidence=float(self._text(name, "m:extractionConfidence")),
            rules=tuple(sorted(self._all(name, "m:readingRule"))),
            review=self._review(name),
        )

    def _review(self, name: str) -> Review | None:
        reviewer = self._maybe(name, "m:reviewedBy")
        if reviewer is None:
            return None
        return Review(
            status=self._concept(name, "m:reviewStatus"),
            by=self._text(reviewer, "rdfs:label"),
            date=self._text(name, "m:reviewedOn"),
        )

    def _proposition(self, name: str, claim: str, *, inner: bool = False) -> Proposition:
        slot = self._text(name, "m:slot")
        value, time, quantity = (self._maybe(name, part) for part in ("rdf:object", "m:time", "m:quantity"))
        implied = value if value in self.types["m:Proposition"] else None
        phase = self._number(slot, "m:phase")
        unit = None if quantity else self._maybe(slot, "m:unit")
        return Proposition(
            subject=self._thing(self._text(name, "rdf:subject")) or "",
            predicate=term_text(self._text(name, "rdf:predicate")),
            object=None if implied else self._thing(value),
            members=tuple(self._thing(member) or "" for member in self._all(name, "m:member")),
            closed=self._flag(name, "m:closed"),
            quantity=self._quantity_mention(claim, quantity, inner=inner) if quantity else None,
            time=self._time_mention(claim, time, inner=inner)
            if time and self._maybe(time, "m:edtf")
            else None,
            deadline=bool(time) and self._flag(time or "", "m:deadline"),
            tense=self._maybe_concept(time, "m:tense") if time else None,
            place=self._thing(self._maybe(slot, "m:place")),
            phase=None if phase is None else int(phase),
            last_phase=self._flag(name, "m:lastPhase"),
            unit=unquote(unit.removeprefix(PREFIXES["unit"])) if unit else None,
            role=self._thing(self._maybe(slot, "m:role")),
            implies=self._proposition(implied, claim, inner=True) if implied else None,
        )

    def _quantity_mention(self, claim: str, quantity: str, *, inner: bool) -> str:
        mentions = self._all(claim, "m:quantityMention")
        meant = [name for name in mentions if self._maybe(name, "m:denotes") == quantity]
        return self._pick(claim, meant, inner=inner)

    def _time_mention(self, claim: str, time: str, *, inner: bool) -> str:
        wanted = self._text(time, "m:edtf")
        mentions = self._all(claim, "m:timeMention")
        meant = [name for name in mentions if self._text(self._text(name, "m:denotes"), "m:edtf") == wanted]
        return self._pick(claim, meant, inner=inner)

    def _pick(self, claim: str, mentions: list[str], *, inner: bool) -> str:
        """Choose between two mentions of one value: the implied proposition takes the later."""
        if not mentions:
            raise LookupError(f"{compact(claim)} names no mention of its value")
        ids = sorted((self._text(name, "dcterms:identifier") for name in mentions), key=natural_key)
        return ids[-1] if inner else ids[0]

    def _alignment(self, name: str) -> Alignment:
        relations = {term: relation for relation, term in RELATIONS.items()}
        return Alignment(
            id=self._text(name, "dcterms:identifier"),
            left=self._thing(self._text(name, "rdf:subject")) or "",
            relation=cast(Any, relations[compact(self._text(name, "rdf:predicate"))]),
            right=self._thing(self._text(name, "rdf:object")) or "",
            author=self._text(self._text(name, "prov:wasAttributedTo"), "rdfs:label"),
            evidence=self._maybe_span(name, "m:evidence"),
            note=self._maybe(name, "rdfs:comment"),
            place=self._thing(self._maybe(name, "m:place")),
            valid_from=self._maybe(name, "m:validFrom"),
            valid_until=self._maybe(name, "m:validUntil"),
        )
