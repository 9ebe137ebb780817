"""PROV-O and nothing else: which words a claim was read from, by whom, and whose hands they passed.

A PROV attribution belongs to one entity (PROV-CONSTRAINTS, constraint 23), while a step of ours is shared by
a statement and its claims; each claim therefore gets attributions of its own.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

import pyoxigraph as ox

from musnad.graph.descriptions import Descriptions
from musnad.graph.exports.notation import shorten
from musnad.graph.exports.turtle import Block, write_blocks
from musnad.graph.naming import content_name
from musnad.terms import expand

_SPANS: Final = ("m:sourceSpan", "m:cueSpan", "m:contentSpan", "m:evidence")
# PROV-O's agents by kind of source; an anonymous source or an office may be one person or several.
_AGENT_CLASSES: Final = {
    "m:namedPerson": "prov:Person",
    "m:organisation": "prov:Organization",
    "m:outlet": "prov:Organization",
}
# The words of PROV that a claim or an alignment already uses.
_KEPT: Final = ("prov:wasAttributedTo", "prov:wasDerivedFrom", "prov:wasQuotedFrom", "prov:wasGeneratedBy")


def write_prov(said: Descriptions) -> Iterator[str]:
    """Give the provenance of claims and alignments as Turtle in the terms of PROV-O, with labels.

    Propositions, values and findings are in the other forms.
    """
    writing = _Provenance(said)
    blocks = [(heading, list(dict.fromkeys(subjects))) for heading, subjects in writing.blocks()]
    result = Descriptions(writing.quads)
    yield "# Provenance alone, in PROV-O; propositions, values and findings are in other forms of export.\n"
    yield from write_blocks(result, blocks)


class _Provenance:
    """The quads written so far, and which subjects stand under which heading."""

    def __init__(self, said: Descriptions) -> None:
        self.said = said
        self.quads: list[ox.Quad] = []
        self._done: set[str] = set()

    def blocks(self) -> Iterator[Block]:
        """Write everything; give the headings with their subjects."""
        said = self.said
        for article in said.articles():
            label = said.text(article, "schema:headline") or said.label(article)
            name = said.text(article, "dcterms:identifier") or label
            yield f"=== Article {name}", self._article(article, said.text(article, "schema:headline") or name)
            for statement in said.statements(article):
                yield from self._statement(statement)
        for alignment in said.of_class("m:Alignment"):
            yield f"Alignment {said.text(alignment, 'dcterms:identifier')}", self._derived(alignment)

    def _article(self, article: str, label: str) -> list[str]:
        self._add(article, "rdf:type", "prov:Entity")
        self._label(article, label)
        self._add(article, "prov:wasAttributedTo", *self.said.iris(article, "schema:publisher"))
        subjects = [article]
        for outlet in self.said.iris(article, "schema:publisher"):
            subjects += self._agent(outlet)
        for reading in self.said.referring("prov:used", article):
            self._add(reading, "rdf:type", "prov:Activity")
            self._add(reading, "prov:used", article)
            people = self.said.iris(reading, "prov:wasAssociatedWith")
            self._add(reading, "prov:wasAssociatedWith", *people)
            subjects += [reading, *(name for person in people for name in self._agent(person))]
        return subjects

    def _statement(self, statement: str) -> Iterator[Block]:
        said = self.said
        name = said.text(statement, "dcterms:identifier") or ""
        sources = said.iris(statement, "prov:wasAttributedTo")
        content = said.iri(statement, "m:contentSpan")
        self._add(statement, "rdf:type", "prov:Entity")
        self._label(statement, name)
        self._add(statement, "prov:wasAttributedTo", *sources)
        self._add(statement, "prov:wasDerivedFrom", content)
        agents = [name for source in sources for name in self._agent(source)]
        words = shorten(said.text(f"{content}/quote", "oa:exact") or "", 64)
        yield f"--- Statement {name}: «{words}»", [*agents, statement, *self._spans(statement)]
        for claim in said.claims(statement):
            yield f"Claim {said.text(claim, 'dcterms:identifier')}", self._claim(claim, statement)

    def _claim(self, claim: str, statement: str) -> list[str]:
        subjects = self._derived(claim)
        self._add(claim, "prov:wasDerivedFrom", statement)
        for step in self.said.steps(claim):
            attribution = content_name("attribution", claim, step)
            agent = self.said.iri(step, "prov:agent") or self._unnamed(step)
            self._add(claim, "prov:qualifiedAttribution", attribution)
            self._add(attribution, "rdf:type", "prov:Attribution")
            self._add(attribution, "prov:agent", agent)
            self._add(attribution, "prov:hadRole", *self.said.iris(step, "prov:hadRole"))
            subjects += [attribution, *self._agent(agent)]
        return subjects

    def _derived(self, subject: str) -> list[str]:
        """Write what was read in an article: its label, its evidence, and whom it is attributed to."""
        self._add(subject, "rdf:type", "prov:Entity")
        self._label(subject, self.said.text(subject, "dcterms:identifier") or "")
        for predicate in _KEPT:
            self._add(subject, predicate, *self.said.iris(subject, predicate))
        self._add(subject, "prov:wasDerivedFrom", *self.said.iris(subject, "m:evidence"))
        people = self.said.iris(subject, "prov:wasAttributedTo")
        agents = [name for person in people for name in self._agent(person)]
        return [subject, *self._spans(subject), *agents]

    def _spans(self, subject: str) -> list[str]:
        found = []
        for span in self.said.iris(subject, *_SPANS):
            self._add(span, "rdf:type", "prov:Entity")
            self._add(span, "prov:wasQuotedFrom", *self.said.iris(span, "oa:hasSource"))
            exact = self.said.text(f"{span}/quote", "oa:exact")
            self._add(span, "prov:value", ox.Literal(exact) if exact is not None else None)
            found += self._once(span)
        return found

    def _agent(self, agent: str) -> list[str]:
        """Write an agent with its names and whoever it speaks for; give those not met before."""
        if agent in self._done:
            return []
        self._add(agent, "rdf:type", "prov:Agent")
        for kind in self.said.iris(agent, "m:sourceKind"):
            self._add(agent, "rdf:type", _AGENT_CLASSES.get(f"m:{kind.rpartition('#')[2]}"))
        for word in (*self.said.literals(agent, "rdfs:label"), *self.said.literals(agent, "skos:prefLabel")):
            self._label(agent, word.text, word.language)
        principals = self.said.iris(agent, "m:behalfOf")
        self._add(agent, "prov:actedOnBehalfOf", *principals)
        return [*self._once(agent), *(name for principal in principals for name in self._agent(principal))]

    def _unnamed(self, step: str) -> str:
        """Give a hand that the article leaves unnamed a node: PROV knows no link without an agent."""
        agent = f"{step}/agent"
        self._label(agent, "unnamed", "en")
        self._label(agent, "غير مسمى", "ar")
        return agent

    def _once(self, subject: str) -> list[str]:
        """Give the subject the first time it is met."""
        if subject in self._done:
            return []
        self._done.add(subject)
        return [subject]

    def _label(self, subject: str, text: str, language: str | None = None) -> None:
        self._add(subject, "rdfs:label", ox.Literal(text, language=language))

    def _add(self, subject: str, predicate: str, *values: ox.Literal | str | None) -> None:
        """Write triples; a `str` is an IRI, whole or prefixed, and None writes nothing."""
        for value in values:
            if value is not None:
                target = value if isinstance(value, ox.Literal) else ox.NamedNode(_whole(value))
                self.quads.append(ox.Quad(ox.NamedNode(subject), ox.NamedNode(expand(predicate)), target))


def _whole(name: str) -> str:
    return name if "//" in name else expand(name)
