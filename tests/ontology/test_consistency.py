"""The ontology, with the graphs of the reviewed articles, is consistent under the rules of OWL 2 RL."""

from __future__ import annotations

from pathlib import Path

import owlrl
import pytest
import rdflib
from rdflib.namespace import OWL, RDF

from musnad.graph.mapping import map_record
from musnad.graph.vocabulary import load_vocabulary
from musnad.record import load_record
from musnad.terms import M
from musnad.validation.shapes import to_rdflib

SEEDS = Path(__file__).resolve().parents[2] / "seeds"
# The property by which owlrl reports what cannot hold (owlrl.Namespaces.ERRNS).
ERROR = rdflib.URIRef("http://www.daml.org/2002/03/agents/agent-ont#error")
EX = rdflib.Namespace("https://example.org/")


def close(graph: rdflib.Graph) -> tuple[list[str], set[str]]:
    """Draw all conclusions of OWL 2 RL; give the errors it reports, and the members of owl:Nothing."""
    owlrl.DeductiveClosure(owlrl.OWLRL_Semantics).expand(graph)
    errors = sorted(str(error) for error in graph.objects(None, ERROR))
    return errors, {str(thing) for thing in graph.subjects(RDF.type, OWL.Nothing)}


def test_ontology_and_reviewed_articles_are_consistent() -> None:
    quads = [*load_vocabulary().quads]
    for path in sorted(SEEDS.glob("*/record.json")):
        # Positions and quotations of spans take part in no rule.
        quads += [
            quad
            for quad in map_record(load_record(path))
            if not str(quad.subject).endswith(("/position>", "/quote>"))
        ]
    graph = to_rdflib(quads)
    errors, nothing = close(graph)
    assert errors == []
    assert nothing <= {str(OWL.Nothing)}
    # What the alignments promise was concluded.
    assert (None, RDF.type, rdflib.URIRef("http://www.w3.org/ns/prov#Attribution")) in graph


@pytest.mark.parametrize(
    ("subject", "predicate", "object_"),
    [
        # Each gives a claim a second class that it cannot have: by type, by domain, by range.
        (EX.claim, RDF.type, rdflib.URIRef(M("Proposition"))),
        (EX.claim, rdflib.URIRef(M("contentSpan")), EX.span),
        (EX.other, rdflib.URIRef(M("proposition")), EX.claim),
    ],
    ids=["type", "domain", "range"],
)
def test_contradiction_is_found(
    subject: rdflib.URIRef, predicate: rdflib.URIRef, object_: rdflib.URIRef
) -> None:
    core = [quad for quad in load_vocabulary().quads if str(quad.subject).startswith(f"<{M}")]
    graph = to_rdflib(core)
    graph.add((EX.claim, RDF.type, rdflib.URIRef(M("Claim"))))
    graph.add((subject, predicate, object_))
    errors, _ = close(graph)
    assert any("Disjoint classes" in error and str(EX.claim) in error for error in errors)
