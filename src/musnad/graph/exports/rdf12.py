"""Turtle 1.2: the graph, and for each claim the triple it is about, as a triple term that nobody asserts.

A claim reifies `<<( subject predicate value )>>` (RDF 1.2 Concepts, section 1.5). The triple alone does not
say where, when and in which phase it holds, nor whether it is affirmed: the claim and its proposition do.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from typing import Final

import pyoxigraph as ox

from musnad.graph.descriptions import Descriptions, read_term
from musnad.graph.exports.turtle import write_turtle
from musnad.graph.vocabulary import load_vocabulary
from musnad.terms import RDF, XSD, M

_REIFIES: Final = ox.NamedNode(RDF("reifies"))
_TRUE: Final = ox.Literal("true", datatype=ox.NamedNode(XSD("boolean")))


def write_rdf12(said: Descriptions) -> Iterator[str]:
    """Give all triples with one `rdf:reifies` for each value of each claim; a claim without says why."""
    quads, notes = list(said.quads), {}
    for claim in said.of_class("m:Claim"):
        triples = list(claim_triples(said, claim))
        quads += [ox.Quad(ox.NamedNode(claim), _REIFIES, triple) for triple in triples]
        if not triples:
            notes[claim] = "it reifies no triple: its proposition gives no value"
        elif len(triples) > 1:
            notes[claim] = "its triples are one set: the proposition names these values together"
    yield 'VERSION "1.2"\n'
    yield from write_turtle(Descriptions(quads), notes=notes)


def claim_triples(said: Descriptions, claim: str) -> Iterator[ox.Triple]:
    """Give the triples a claim is about, one a value.

    The value is the object or a member; the node of the quantity or the time where the predicate's aspect
    asks for one; `true` where it asks yes or no. What is undetermined has none.
    """
    for proposition in said.iris(claim, "m:proposition"):
        subject, predicate = said.iri(proposition, "rdf:subject"), said.iri(proposition, "rdf:predicate")
        if subject and predicate:
            for value in _values(said, proposition, predicate):
                yield ox.Triple(ox.NamedNode(subject), ox.NamedNode(predicate), value)


def _values(
    said: Descriptions, proposition: str, predicate: str
) -> Iterator[ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple]:
    tokens = said.tokens(proposition, "rdf:object") + said.tokens(proposition, "m:member")
    kind = _value_kinds().get(predicate)
    if kind == M("quantityValue"):
        tokens += said.tokens(proposition, "m:quantity")
    elif kind == M("timeValue"):
        tokens += said.tokens(proposition, "m:time")
    elif kind == M("truthValue"):
        yield _TRUE
    for token in tokens:
        yield read_term(token)


@cache
def _value_kinds() -> dict[str, str]:
    """Give the kind of value that each predicate's aspect asks for."""
    vocabulary = load_vocabulary()
    kinds = {
        str(quad.subject): str(quad.object)[1:-1]
        for quad in vocabulary.quads
        if quad.predicate.value == M("valueKind")
    }
    return {predicate: kinds[f"<{aspect}>"] for predicate, aspect in vocabulary.aspects.items()}
