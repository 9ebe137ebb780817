"""A record as quads: one named graph per article version, every name made from content."""

from __future__ import annotations

from collections.abc import Container, Iterable
from datetime import date, timedelta

import pyoxigraph as ox

from musnad.errors import InvalidRecord, Problem
from musnad.graph.digests import digest_text
from musnad.graph.literals import number, truth
from musnad.graph.naming import (
    article_graph,
    article_name,
    content_name,
    entity_name,
    source_name,
    term_name,
    unit_name,
)
from musnad.graph.vocabulary import Vocabulary, load_vocabulary
from musnad.record import (
    Claim,
    DateMention,
    Labels,
    Proposition,
    QuantityMention,
    Record,
    Relay,
    SourceMention,
    Span,
    Statement,
)
from musnad.record.json_form import canonical_order, dump_record
from musnad.record.times import read_bounds
from musnad.terms import PREFIXES

CONTEXT = 32  # code points of text kept before and after a span, as oa:prefix and oa:suffix

SOURCE_KINDS = {
    "named-person": "namedPerson",
    "office": "office",
    "organisation": "organisation",
    "anonymous": "anonymous",
    "collective": "collective",
    "outlet": "outlet",
}
# The most specific class first: it is the one a record's type is restored from.
ENTITY_CLASSES = {
    "person": ("m:Person", "m:Entity"),
    "group": ("m:Group", "m:Entity"),
    "force": ("m:Force", "m:Group", "m:Entity"),
    "place": ("m:Place", "geo:Feature", "m:Entity"),
    "facility": ("m:Facility", "m:Place", "geo:Feature", "m:Entity"),
    "agreement": ("m:Agreement", "m:Entity"),
    "event": ("m:Event", "m:Entity"),
    "activity": ("m:Activity", "m:Entity"),
    "entity": ("m:Entity",),
}
RELATIONS = {"same": "m:same", "partOf": "m:partOf"}

Term = ox.NamedNode | ox.Literal


def map_record(record: Record, *, vocabulary: Vocabulary | None = None) -> list[ox.Quad]:
    """Give the quads of a record, sorted; `restore_record` gives the record back.

    Raises `InvalidRecord` for a predicate or kind of event that no domain declares, an address that is no
    IRI, and two statements, claims or alignments that say the same, since they would be one node.
    """
    return _Mapping(canonical_order(record), vocabulary or load_vocabulary()).run()


def integer(value: int) -> ox.Literal:
    """Write a whole number in its canonical form."""
    return ox.Literal(str(value), datatype=node("xsd:integer"))


def day(value: str | date) -> ox.Literal:
    """Write a day as xsd:date."""
    return ox.Literal(str(value), datatype=node("xsd:date"))


class _Mapping:
    """The names that one record's parts need of one another while they are written."""

    def __init__(self, record: Record, vocabulary: Vocabulary) -> None:
        self.record = record
        self.aspects = vocabulary.aspects
        self.event_kinds = vocabulary.event_kinds
        self.article = article_name(record)
        self.graph = ox.NamedNode(article_graph(self.article))
        self.quads: set[ox.Quad] = set()
        self.entities = {entity.id: entity_name(entity) for entity in record.entities}
        self.quantities = {mention.id: mention for mention in record.quantities}
        self.dates = {mention.id: mention for mention in record.dates}
        self.mentions: dict[str, str] = {}
        self.reading = content_name(
            "reading", self.article, record.review.status, record.review.by, record.review.date
        )
        self.problems: list[Problem] = []
        self.named: dict[str, str] = {}

    def run(self) -> list[ox.Quad]:
        self._article()
        self._sources()
        self._entities()
        self._values()
        for statement in self.record.statements:
            self._statement(statement)
        self._alignments()
        if self.problems:
            raise InvalidRecord(self.problems, where=self.record.article)
        return sorted(self.quads, key=str)

    # --- writing -----------------------------------------------------------------------------

    def _add(self, subject: str, predicate: str, *objects: Term | str | None) -> None:
        """Write one predicate; a `str` object is an IRI, prefixed or whole, and None writes nothing."""
        for value in objects:
            if value is not None:
                term = value if isinstance(value, ox.Literal | ox.NamedNode) else node(value)
                self.quads.add(ox.Quad(ox.NamedNode(subject), node(predicate), term, self.graph))

    def _identify(self, name: str, local: str, where: str) -> None:
        """Write the id that a thing has in the record; two things of one name would melt into one."""
        first = self.named.setdefault(name, local)
        if first != local:
            self.problems.append(Problem(where, f"it says the same as {first}.", "Remove one of them."))
        self._add(name, "dcterms:identifier", ox.Literal(local))

    def _refuse_unknown(self, noun: str, term: str, declared: Container[str], where: str) -> None:
        if term_name(term) not in declared:
            what = f"no domain declares the {noun} {term!r}."
            self.problems.append(Problem(where, what, "Use one of ontology/domains/, or declare it there."))

    def _address(self, address: str, where: str) -> ox.NamedNode | None:
        try:
            return ox.NamedNode(address)
        except ValueError:
            self.problems.append(
                Problem(where, f"{address!r} is not a usable web address.", "Copy it from the browser.")
            )
            return None

    def _labels(self, subject: str, name: str, labels: Labels) -> None:
        self._add(subject, "rdfs:label", ox.Literal(name))
        for language, label in (("en", labels.en), ("ar", labels.ar)):
            if label:
                self._add(subject, "skos:prefLabel", ox.Literal(label, language=language))

    def _span(self, span: Span | SourceMention | QuantityMention | DateMention) -> str:
        text, start, end = self.record.text, span.start, span.end
        pieces = span.spans if isinstance(span, Span) else ()
        name = content_name("span", self.article, start, end, *(f"{low}-{high}" for low, high in pieces))
        position, words = f"{name}/position", f"{name}/quote"
        self._add(name, "rdf:type", "oa:SpecificResource")
        self._add(name, "oa:hasSource", self.article)
        self._add(name, "oa:hasSelector", position, words)
        self._add(position, "rdf:type", "oa:TextPositionSelector")
        self._add(position, "oa:start", integer(start))
        self._add(position, "oa:end", integer(end))
        self._add(words, "rdf:type", "oa:TextQuoteSelector")
        self._add(words, "oa:exact", ox.Literal(span.text))
        self._add(words, "oa:prefix", ox.Literal(text[max(0, start - CONTEXT) : start]))
        self._add(words, "oa:suffix", ox.Literal(text[end : end + CONTEXT]))
        for low, high in pieces:
            self._add(name, "m:piece", self._span(Span(text[low:high], low, high)))
        return name

    # --- the record's parts --------------------------------------------------------------------

    def _article(self) -> None:
        record, name = self.record, self.article
        self._add(name, "rdf:type", "m:Article", "schema:NewsArticle", "prov:Entity")
        self._add(name, "dcterms:identifier", ox.Literal(record.article))
        self._add(name, "schema:publisher", source_name(name, "outlet", record.outlet))
        self._add(name, "schema:datePublished", day(record.date))
        self._add(name, "schema:inLanguage", ox.Literal(record.lang))
        self._add(name, "schema:headline", ox.Literal(record.title) if record.title else None)
        self._add(name, "schema:url", self._address(record.url, "url") if record.url else None)
        self._add(name, "m:text", ox.Literal(record.text))
        self._add(name, "m:textDigest", ox.Literal(digest_text(record.text)))
        self._add(self.reading, "rdf:type", "m:Reading", "prov:Activity")
        self._add(self.reading, "prov:used", name)
        self._add(self.reading, "m:reviewStatus", f"m:{record.review.status}")
        self._add(self.reading, "dcterms:date", day(record.review.date))
        self._add(self.reading, "m:recordDigest", ox.Literal(digest_text(dump_record(record))))
        self._add(self.reading, "prov:wasAssociatedWith", self._agent(record.review.by))

    def _agent(self, label: str) -> str:
        name = content_name("agent", label)
        self._add(name, "rdf:type", "prov:Agent")
        self._add(name, "rdfs:label", ox.Literal(label))
        return name

    def _sources(self) -> None:
        for source in self.record.sources:
            name = source_name(self.article, source.kind, source.canonical)
            self._add(name, "rdf:type", "m:Source", "prov:Agent")
            self._add(name, "m:sourceKind", f"m:{SOURCE_KINDS[source.kind]}")
            self._labels(name, source.canonical, source.labels)
            self._add(name, "m:behalfOf", self.entities[source.behalf_of] if source.behalf_of else None)

    def _entities(self) -> None:
        for entity in self.record.entities:
            name = self.entities[entity.id]
            self._add(name, "rdf:type", *ENTITY_CLASSES[entity.type])
            if entity.kind:
                self._refuse_unknown("kind of event", entity.kind, self.event_kinds, f"entity {entity.id}")
                self._add(name, "rdf:type", term_name(entity.kind))
            self._add(name, "schema:startDate", day(entity.day) if entity.day else None)
            self._add(name, "dcterms:identifier", ox.Literal(entity.id))
            self._labels(name, entity.name, entity.labels)
            self._add(name, "geo:sfWithin", *(self.entities[parent] for parent in entity.within))
            self._add(name, "m:adminLevel", integer(entity.level) if entity.level is not None else None)
            where = f"entity {entity.id}, same_as"
            self._add(name, "skos:exactMatch", *(self._address(match, where) for match in entity.same_as))

    def _values(self) -> None:
        for quantity in self.record.quantities:
            self._mention(quantity.id, self._span(quantity), self._quantity(quantity))
        for moment in self.record.dates:
            mention = self._mention(moment.id, self._span(moment), self._time(moment.edtf))
            self._add(mention, "dcterms:date", ox.Literal(moment.iso))
            self._add(mention, "m:anchorDate", day(moment.anchor) if moment.anchor else None)
        for place in self.record.places:
            span = self._span(Span(place.text, place.start, place.end))
            mention = self._mention(place.id, span, self.entities[place.entity] if place.entity else None)
            self._add(mention, "rdfs:label", ox.Literal(place.name_en, language="en"))

    def _mention(self, local: str, span: str, value: str | None) -> str:
        name = content_name("mention", span, local)
        self.mentions[local] = name
        self._add(name, "rdf:type", "m:Mention")
        self._add(name, "dcterms:identifier", ox.Literal(local))
        self._add(name, "m:evidence", span)
        self._add(name, "m:denotes", value)
        return name

    def _quantity(self, quantity: QuantityMention) -> str:
        numbers = (quantity.lower, quantity.upper, quantity.value)
        name = content_name(
            "quantity",
            quantity.kind,
            *(None if value is None else number(value).value for value in numbers),
            quantity.unit,
            *(str(flag).lower() for flag in (quantity.lower_open, quantity.upper_open)),
            quantity.policy,
        )
        self._add(name, "rdf:type", "m:Quantity", "schema:QuantitativeValue")
        self._add(name, "m:approximation", f"m:{quantity.kind}")
        for predicate, value in zip(
            ("schema:minValue", "schema:maxValue", "schema:value"), numbers, strict=True
        ):
            self._add(name, predicate, number(value) if value is not None else None)
        self._add(name, "m:minOpen", truth(True) if quantity.lower_open else None)
        self._add(name, "m:maxOpen", truth(True) if quantity.upper_open else None)
        self._add(name, "m:unit", unit_name(quantity.unit))
        self._add(name, "m:tolerancePolicy", f"m:{quantity.policy}" if quantity.policy else None)
        return name

    def _time(self, edtf: str | None, *, deadline: bool = False, tense: str | None = None) -> str | None:
        """Write a time; where its ends are not known, the tense bounds them by the article's date."""
        if edtf is None and tense is None:
            return None
        published = date.fromisoformat(self.record.date)
        bounds = read_bounds(edtf) if edtf else None
        ends = {
            "m:startEarliest": bounds.start_earliest if bounds else None,
            "m:startLatest": bounds.start_latest if bounds else None,
            "m:endEarliest": bounds.end_earliest if bounds else None,
            "m:endLatest": bounds.end_latest if bounds else None,
        }
        if tense == "future" and ends["m:startEarliest"] is None:
            ends["m:startEarliest"] = published + timedelta(days=1)
        if tense in ("past", "present") and ends["m:endLatest"] is None:
            ends["m:endLatest"] = published
        name = content_name("time", edtf, str(deadline).lower(), tense, *ends.values())
        self._add(name, "rdf:type", "m:TimeSpan")
        self._add(name, "m:edtf", ox.Literal(edtf, datatype=node("edtf:EDTF")) if edtf else None)
        self._add(name, "m:deadline", truth(True) if deadline else None)
        self._add(name, "m:tense", f"m:{tense}" if tense else None)
        for predicate, value in ends.items():
            self._add(name, predicate, day(value) if value else None)
        return name

    def _statement(self, statement: Statement) -> None:
        mention = statement.source
        source = source_name(self.article, mention.kind, mention.canonical)
        spans = (
            self._span(mention),
            self._span(statement.cue) if statement.cue else None,
            self._span(statement.content),
        )
        name = content_name("statement", self.article, source, *spans)
        self._add(name, "rdf:type", "m:Statement")
        self._identify(name, statement.id, f"statement {statement.id}")
        self._add(name, "m:reportedIn", self.article)
        self._add(name, "prov:wasAttributedTo", source)
        self._add(name, "m:implicitSource", truth(True) if mention.implicit else None)
        for predicate, span in zip(("m:sourceSpan", "m:cueSpan", "m:contentSpan"), spans, strict=True):
            self._add(name, predicate, span)
        self._add(name, "m:mode", f"m:{statement.mode}")
        self._add(name, "m:polarity", f"m:{statement.polarity}")
        self._add(name, "m:modality", f"m:{statement.modality}")
        self._add(name, "m:negatedContent", truth(True) if statement.negated_content else None)
        if statement.review:
            self._add(name, "m:reviewStatus", f"m:{statement.review.status}")
            self._add(name, "m:reviewedBy", self._agent(statement.review.by))
            self._add(name, "m:reviewedOn", day(statement.review.date))
        steps = self._steps(name, source, statement)
        for claim in statement.claims:
            self._claim(claim, statement, name, source, steps)

    def _steps(self, statement: str, source: str, words: Statement) -> list[str]:
        """Write the hands the statement passed: the speaker, each relay, the outlet."""
        hands: list[tuple[str, str | None, Relay | None]] = [("m:speaker", source, None)]
        for relay in words.via:
            agent = source_name(self.article, relay.kind, relay.agent) if relay.agent else None
            hands.append(("m:relay" if agent else "m:unnamedLink", agent, relay))
        hands.append(("m:publisher", source_name(self.article, "outlet", self.record.outlet), None))
        steps = []
        for depth, (role, agent, link) in enumerate(hands):
            step = content_name("step", statement, depth)
            self._add(step, "rdf:type", "m:AttributionStep", "prov:Attribution")
            self._add(step, "m:depth", integer(depth))
            self._add(step, "prov:hadRole", role)
            self._add(step, "prov:agent", agent)
            if link:
                self._add(step, "m:sourceSpan", self._span(link.mention) if link.mention else None)
                self._add(step, "m:cueSpan", self._span(link.cue) if link.cue else None)
            elif depth == 0 and words.cue:
                self._add(step, "m:cueSpan", self._span(words.cue))
            steps.append(step)
        self._add(statement, "prov:qualifiedAttribution", *steps)
        return steps

    def _claim(
        self, claim: Claim, words: Statement, statement: str, source: str, steps: Iterable[str]
    ) -> None:
        proposition = self._proposition(claim.proposition, f"claim {claim.id}")
        name = content_name("claim", statement, proposition, claim.polarity, claim.modality)
        self._add(name, "rdf:type", "m:Claim", "prov:Entity")
        self._identify(name, claim.id, f"claim {claim.id}")
        self._add(name, "m:statedIn", statement)
        self._add(name, "m:proposition", proposition)
        self._add(name, "m:polarity", f"m:{claim.polarity}")
        self._add(name, "m:modality", f"m:{claim.modality}")
        self._add(name, "m:evidence", self._span(claim.evidence))
        # PROV-O: only what repeats the words is a quotation; what reports their sense is derived.
        derived = "prov:wasQuotedFrom" if words.mode == "direct" else "prov:wasDerivedFrom"
        self._add(name, derived, self.article)
        self._add(name, "prov:wasAttributedTo", source)
        self._add(name, "prov:qualifiedAttribution", *steps)
        self._add(name, "prov:wasGeneratedBy", self.reading)
        self._add(name, "m:reviewStatus", f"m:{(claim.review or self.record.review).status}")
        if claim.review:
            self._add(name, "m:reviewedBy", self._agent(claim.review.by))
            self._add(name, "m:reviewedOn", day(claim.review.date))
        self._add(name, "m:extractionConfidence", number(claim.extraction_confidence))
        self._add(name, "m:readingRule", *(ox.Literal(rule) for rule in claim.rules))
        for part in (claim.proposition, claim.proposition.implies):
            if part:
                self._add(name, "m:quantityMention", self.mentions[part.quantity] if part.quantity else None)
                self._add(name, "m:timeMention", self.mentions[part.time] if part.time else None)

    def _proposition(self, proposition: Proposition, where: str) -> str:
        predicate = term_name(proposition.predicate)
        self._refuse_unknown("predicate", proposition.predicate, self.aspects, where)
        quantity = self.quantities[proposition.quantity] if proposition.quantity else None
        moment = self.dates[proposition.time] if proposition.time else None
        time = self._time(
            moment.edtf if moment else None, deadline=proposition.deadline, tense=proposition.tense
        )
        implied = self._proposition(proposition.implies, where) if proposition.implies else None
        value = implied or self._thing(proposition.object)
        members = sorted(self._thing(member) or "" for member in proposition.members)
        amount = self._quantity(quantity) if quantity else None
        slot = self._slot(proposition, quantity.unit if quantity else proposition.unit)
        flags = [str(flag).lower() for flag in (proposition.closed, proposition.last_phase)]
        name = content_name("proposition", slot, predicate, value, *members, amount, time, *flags)
        self._add(name, "rdf:type", "m:Proposition")
        self._add(name, "rdf:subject", self._thing(proposition.subject))
        self._add(name, "rdf:predicate", predicate)
        self._add(name, "rdf:object", value)
        self._add(name, "m:member", *members)
        self._add(name, "m:closed", truth(True) if proposition.closed else None)
        self._add(name, "m:quantity", amount)
        self._add(name, "m:time", time)
        self._add(name, "m:lastPhase", truth(True) if proposition.last_phase else None)
        self._add(name, "m:slot", slot)
        return name

    def _slot(self, proposition: Proposition, unit: str | None) -> str:
        aspect = self.aspects.get(term_name(proposition.predicate))
        subject, place = self._thing(proposition.subject), self._thing(proposition.place)
        role, measure = self._thing(proposition.role), unit_name(unit) if unit else None
        name = content_name("slot", aspect, subject, place, proposition.phase, measure, role)
        self._add(name, "rdf:type", "m:Slot")
        self._add(name, "m:aspect", aspect)
        self._add(name, "rdf:subject", subject)
        self._add(name, "m:place", place)
        self._add(name, "m:phase", integer(proposition.phase) if proposition.phase else None)
        self._add(name, "m:unit", measure)
        self._add(name, "m:role", role)
        return name

    def _thing(self, name: str | None) -> str | None:
        if name is None:
            return None
        return term_name(name) if ":" in name else self.entities[name]

    def _alignments(self) -> None:
        for alignment in self.record.alignments:
            left, right, place = (
                self._thing(part) for part in (alignment.left, alignment.right, alignment.place)
            )
            name = content_name(
                "alignment", self.article, left, alignment.relation, right, place,
                alignment.valid_from, alignment.valid_until, alignment.author,
            )  # fmt: skip
            self._add(name, "rdf:type", "m:Alignment")
            self._identify(name, alignment.id, f"alignment {alignment.id}")
            self._add(name, "rdf:subject", left)
            self._add(name, "rdf:predicate", RELATIONS[alignment.relation])
            self._add(name, "rdf:object", right)
            self._add(name, "m:place", place)
            self._add(name, "m:validFrom", day(alignment.valid_from) if alignment.valid_from else None)
            self._add(name, "m:validUntil", day(alignment.valid_until) if alignment.valid_until else None)
            self._add(name, "m:evidence", self._span(alignment.evidence) if alignment.evidence else None)
            self._add(name, "rdfs:comment", ox.Literal(alignment.note) if alignment.note else None)
            self._add(name, "prov:wasAttributedTo", self._agent(alignment.author))
            self._add(name, "prov:wasGeneratedBy", self.reading)
            self._add(name, "m:reviewStatus", f"m:{self.record.review.status}")


def node(name: str) -> ox.NamedNode:
    """Give the node of a prefixed name or a whole IRI."""
    prefix, _, local = name.partition(":")
    known = prefix in PREFIXES and not local.startswith("//")
    return ox.NamedNode(PREFIXES[prefix](local) if known else name)
