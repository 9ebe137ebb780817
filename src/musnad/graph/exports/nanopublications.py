"""Nanopublications: each claim by itself, with the chain it came by and who answers for the reading.

The assertion holds the claim and its proposition, never the bare triple: what a source denies, or only thinks
possible, must not read as a fact. See http://nanopub.net/guidelines/working_draft/.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Final

import pyoxigraph as ox

from musnad.graph.descriptions import Descriptions, node_of, read_term
from musnad.graph.exports.notation import Notation, comment, shorten
from musnad.graph.exports.trusty import artifact_code
from musnad.graph.exports.turtle import write_subjects
from musnad.terms import ID, expand

_BASE: Final = ID("nanopub/")
_UNKNOWN: Final = "RA-the-code-that-is-still-to-be-found"
# What a claim says; the rest of its description is how it came about.
_ASSERTED: Final = ("rdf:type", "m:proposition", "m:polarity", "m:modality")
_SCOPE: Final = ("m:slot", "m:quantity", "m:time")
_SPANS: Final = ("m:sourceSpan", "m:cueSpan", "m:contentSpan", "m:evidence")
_NAMES: Final = ("rdf:type", "rdfs:label", "skos:prefLabel")


def write_nanopublications(said: Descriptions, *, licence: str | None = None) -> Iterator[str]:
    """Give one nanopublication a claim, as TriG, in the order of the articles.

    A nanopublication is named by the artifact code of all that it says (see `trusty`): whoever has one can
    check it by its name alone, and a new review makes a new one. Its date is that of the review. `licence` is
    the IRI under which they are published, if there is one.
    """
    notation = Notation()
    body: list[str] = []
    for article in said.articles():
        for statement in said.statements(article):
            for claim in said.claims(statement):
                for reading in said.iris(claim, "prov:wasGeneratedBy"):
                    body += _Nanopublication(said, claim, reading, licence).write(notation)
    yield notation.header()
    yield from body


class _Nanopublication:
    """The four graphs of one claim under one reading."""

    def __init__(self, said: Descriptions, claim: str, reading: str, licence: str | None) -> None:
        self.said = said
        self.claim = claim
        self.reading = reading
        self.licence = licence
        self.name = f"{_BASE}{_UNKNOWN}"
        code = artifact_code(self._quads(), _UNKNOWN)
        self.name = f"{_BASE}{code}"

    def write(self, notation: Notation) -> Iterator[str]:
        said = self.said
        span = said.iri(self.claim, "m:evidence")
        words = shorten(said.text(f"{span}/quote", "oa:exact") or "", 64)
        yield "\n"
        yield comment(f"--- Claim {said.text(self.claim, 'dcterms:identifier')}: «{words}»")
        for part, triples in self._graphs().items():
            described = Descriptions(ox.Quad(t.subject, t.predicate, t.object) for t in triples)
            yield f"{notation.node(self._graph(part))} {{\n"
            yield write_subjects(described, described.said, notation)
            yield "}\n"

    def _graphs(self) -> dict[str, Iterator[ox.Triple]]:
        return {
            "head": self._head(),
            "assertion": self._assertion(),
            "provenance": self._provenance(),
            "pubinfo": self._pubinfo(),
        }

    def _quads(self) -> Iterator[ox.Quad]:
        for part, triples in self._graphs().items():
            name = ox.NamedNode(self._graph(part))
            yield from (ox.Quad(t.subject, t.predicate, t.object, name) for t in triples)

    def _graph(self, part: str) -> str:
        return f"{self.name}#{part}"

    def _head(self) -> Iterator[ox.Triple]:
        yield _triple(self.name, "rdf:type", expand("np:Nanopublication"))
        yield _triple(self.name, "np:hasAssertion", self._graph("assertion"))
        yield _triple(self.name, "np:hasProvenance", self._graph("provenance"))
        yield _triple(self.name, "np:hasPublicationInfo", self._graph("pubinfo"))

    def _assertion(self) -> Iterator[ox.Triple]:
        yield from self._part(self.claim, _ASSERTED)
        for proposition in self.said.iris(self.claim, "m:proposition"):
            yield from self._proposition(proposition)

    def _proposition(self, proposition: str) -> Iterator[ox.Triple]:
        nodes = [proposition, *self.said.iris(proposition, *_SCOPE)]
        for node in nodes:
            yield from self.said.triples(node)
            for tokens in self.said.said.get(node, {}).values():
                for token in tokens.split("\n"):
                    other = node_of(token)
                    classes = self.said.classes(other)
                    if "m:Entity" in classes:
                        yield from self._part(other, _NAMES)
                    elif "m:Proposition" in classes:
                        yield from self._proposition(other)

    def _provenance(self) -> Iterator[ox.Triple]:
        said, assertion = self.said, self._graph("assertion")
        for predicate in (
            "prov:wasAttributedTo", "prov:wasDerivedFrom", "prov:wasQuotedFrom", "prov:wasGeneratedBy",
        ):  # fmt: skip
            for target in said.iris(self.claim, predicate):
                yield _triple(assertion, predicate, target)
        asserted = {expand(name) for name in _ASSERTED}
        yield from (t for t in said.triples(self.claim) if t.predicate.value not in asserted)
        statements = said.iris(self.claim, "m:statedIn")
        steps = said.iris(self.claim, "prov:qualifiedAttribution")
        articles = said.iris(self.claim, "prov:wasDerivedFrom", "prov:wasQuotedFrom")
        agents = said.iris(self.claim, "prov:wasAttributedTo")
        agents += [agent for step in steps for agent in said.iris(step, "prov:agent")]
        spans = [span for name in (self.claim, *statements, *steps) for span in said.iris(name, *_SPANS)]
        selectors = [selector for span in spans for selector in said.iris(span, "oa:hasSelector")]
        for node in dict.fromkeys([*statements, *steps, *agents, *spans, *selectors, self.reading]):
            yield from said.triples(node)
        for article in articles:  # its text stays where it is: a nanopublication is a small thing
            text = expand("m:text")
            yield from (t for t in said.triples(article) if t.predicate.value != text)

    def _pubinfo(self) -> Iterator[ox.Triple]:
        said = self.said
        for agent in said.iris(self.reading, "prov:wasAssociatedWith"):
            yield _triple(self.name, "dcterms:creator", agent)
            yield from said.triples(agent)
        for token in said.tokens(self.reading, "dcterms:date"):
            yield _triple(self.name, "dcterms:created", token)
        if self.licence:
            yield _triple(self.name, "dcterms:license", self.licence)

    def _part(self, subject: str, predicates: Iterable[str]) -> Iterator[ox.Triple]:
        """Give the triples of a subject with these predicates."""
        wanted = {expand(name) for name in predicates}
        yield from (t for t in self.said.triples(subject) if t.predicate.value in wanted)


def _triple(subject: str, predicate: str, target: str) -> ox.Triple:
    """Make a triple; the target is an IRI, or a term in its N-Triples form."""
    value = read_term(target) if target.startswith(("<", '"')) else ox.NamedNode(target)
    return ox.Triple(ox.NamedNode(subject), ox.NamedNode(expand(predicate)), value)
