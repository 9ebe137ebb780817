"""PROV-O: only its own terms, its constraints as far as queries can tell, and a reader made for it."""

from __future__ import annotations

from io import StringIO

import pyoxigraph as ox
import pytest
from prov.model import ProvAgent, ProvAttribution, ProvDocument, ProvEntity

from musnad.terms import PREFIXES, PROV, RDF, RDFS

from .conftest import Exported

PROLOGUE = f"PREFIX prov: <{PROV}> PREFIX rdf: <{RDF}>\n"
DERIVED = "(prov:wasDerivedFrom|prov:wasQuotedFrom|prov:wasRevisionOf|prov:hadPrimarySource)"
INFLUENCES = (
    "prov:Attribution, prov:Association, prov:Generation, prov:Usage, prov:Derivation, prov:Delegation"
)

# Constraints of https://www.w3.org/TR/prov-constraints/ by number, each as a question whose answers break
# it, with Turtle that breaks it. Those on times say nothing of our export, which gives none: the dates of
# articles and reviews are days, and PROV-O's events are instants.
CONSTRAINTS = {
    "23 key-properties": (
        "SELECT ?x { ?e prov:qualifiedAttribution ?x . ?f prov:qualifiedAttribution ?x . FILTER(?e != ?f) }",
        "<urn:e> prov:qualifiedAttribution <urn:x> . <urn:f> prov:qualifiedAttribution <urn:x> .",
    ),
    "23 key-properties, agent": (
        "SELECT ?x { ?x prov:agent ?a, ?b . FILTER(?a != ?b) }",
        "<urn:x> prov:agent <urn:a>, <urn:b> .",
    ),
    "24 unique-generation": (
        "SELECT ?e { ?e prov:qualifiedGeneration ?x, ?y . ?x prov:activity ?a . ?y prov:activity ?a ."
        " FILTER(?x != ?y) }",
        "<urn:e> prov:qualifiedGeneration <urn:x>, <urn:y> . <urn:x> prov:activity <urn:a> ."
        " <urn:y> prov:activity <urn:a> .",
    ),
    "39 generation-generation-ordering": (
        # Two activities may generate one entity only in the same instant, which two readings never do.
        "SELECT ?e { ?e prov:wasGeneratedBy ?a, ?b . FILTER(?a != ?b) }",
        "<urn:e> prov:wasGeneratedBy <urn:a>, <urn:b> .",
    ),
    "41 derivation-usage-generation-ordering": (
        "SELECT ?e { ?e prov:wasGeneratedBy ?a . ?a prov:used ?u . ?u " + DERIVED + "+ ?e }",
        "<urn:e> prov:wasGeneratedBy <urn:a> . <urn:a> prov:used <urn:u> ."
        " <urn:u> prov:wasDerivedFrom <urn:e> .",
    ),
    "42 derivation-generation-generation-ordering": (
        "SELECT ?e { ?e " + DERIVED + "+ ?e }",
        "<urn:e> prov:wasDerivedFrom <urn:f> . <urn:f> prov:wasQuotedFrom <urn:e> .",
    ),
    "49 actedOnBehalfOf-ordering": (
        "SELECT ?a { ?a prov:actedOnBehalfOf+ ?a }",
        "<urn:a> prov:actedOnBehalfOf <urn:b> . <urn:b> prov:actedOnBehalfOf <urn:a> .",
    ),
    "50 typing, attribution": (
        "SELECT ?x { ?e prov:wasAttributedTo ?x . FILTER NOT EXISTS { ?x a prov:Agent . ?e a prov:Entity } }",
        "<urn:e> a prov:Entity ; prov:wasAttributedTo <urn:x> .",
    ),
    "50 typing, derivation": (
        "SELECT ?x { ?e " + DERIVED + " ?x . FILTER NOT EXISTS { ?x a prov:Entity . ?e a prov:Entity } }",
        "<urn:e> a prov:Entity ; prov:wasQuotedFrom <urn:x> .",
    ),
    "50 typing, generation and usage": (
        "SELECT ?x { { ?e prov:wasGeneratedBy ?x } UNION { ?x prov:used ?e }"
        " FILTER NOT EXISTS { ?x a prov:Activity . ?e a prov:Entity } }",
        "<urn:e> a prov:Entity ; prov:wasGeneratedBy <urn:x> .",
    ),
    "50 typing, association": (
        "SELECT ?x { ?a prov:wasAssociatedWith ?x ."
        " FILTER NOT EXISTS { ?x a prov:Agent . ?a a prov:Activity } }",
        "<urn:a> a prov:Activity ; prov:wasAssociatedWith <urn:x> .",
    ),
    "54 impossible-object-property-overlap": (
        "SELECT ?x { ?x a ?kind, ?influence . FILTER(?kind IN (prov:Entity, prov:Activity, prov:Agent))"
        " FILTER(?influence IN (" + INFLUENCES + ")) }",
        "<urn:x> a prov:Agent, prov:Attribution .",
    ),
    "55 entity-activity-disjoint": (
        "SELECT ?x { ?x a prov:Entity, prov:Activity }",
        "<urn:x> a prov:Entity, prov:Activity .",
    ),
}


def broken(data: str, question: str) -> list[str]:
    """Give what answers the question in a Turtle document."""
    store = ox.Store()
    store.load(data.encode(), format=ox.RdfFormat.TURTLE)
    found = store.query(PROLOGUE + question)
    assert isinstance(found, ox.QuerySolutions)
    return [str(row[0]) for row in found]


@pytest.fixture(scope="module")
def document(everything: list[ox.Quad], exported: Exported) -> str:
    return exported(everything, "prov")


@pytest.mark.parametrize("name", CONSTRAINTS)
def test_prov_keeps_the_constraint(name: str, document: str) -> None:
    assert broken(document, CONSTRAINTS[name][0]) == []


@pytest.mark.parametrize("name", CONSTRAINTS)
def test_the_question_finds_what_breaks_the_constraint(name: str) -> None:
    question, data = CONSTRAINTS[name]
    assert broken(f"@prefix prov: <{PROV}> . {data}", question) != []


def test_prov_uses_nothing_but_prov_and_labels(document: str) -> None:
    quads = list(ox.parse(document.encode(), format=ox.RdfFormat.TURTLE))
    allowed = (PROV, RDF("type"), RDFS("label"))
    assert {quad.predicate.value for quad in quads if not quad.predicate.value.startswith(allowed)} == set()
    classes = {str(quad.object)[1:-1] for quad in quads if quad.predicate.value == RDF("type")}
    assert {name.removeprefix(PROV) for name in classes} == {
        "Activity", "Agent", "Attribution", "Entity", "Organization",
    }  # fmt: skip


def test_every_claim_has_its_hands_and_the_words_it_rests_on(document: str) -> None:
    quads = list(ox.parse(document.encode(), format=ox.RdfFormat.TURTLE))
    values: dict[tuple[str, str], set[str]] = {}
    for quad in quads:
        name = quad.predicate.value.removeprefix(PROV)
        values.setdefault((str(quad.subject), name), set()).add(str(quad.object))
    claims = {subject for subject, _ in values if "/id/claim/" in subject}
    assert len(claims) > 70
    for claim in claims:
        hands = values[claim, "qualifiedAttribution"]
        assert len(hands) > 1
        assert all(len(values[hand, "agent"]) == len(values[hand, "hadRole"]) == 1 for hand in hands)
        assert any((words, "value") in values for words in values[claim, "wasDerivedFrom"])


def test_a_hand_left_unnamed_is_an_agent_of_its_own(document: str) -> None:
    question = f"""
        PREFIX rdfs: <{RDFS}> PREFIX m: <{PREFIXES["m"]}>
        SELECT DISTINCT ?agent {{
          ?x prov:hadRole m:unnamedLink ; prov:agent ?agent . ?agent rdfs:label "unnamed"@en }}
    """
    assert len(broken(document, question)) == 1


def test_two_sources_of_the_first_article_act_for_someone(seed: list[ox.Quad], exported: Exported) -> None:
    acting = broken(exported(seed, "prov"), "SELECT ?a { ?a prov:actedOnBehalfOf ?b . ?b a prov:Agent }")
    assert len(acting) == 2


def test_prov_reads_it_all(document: str) -> None:
    read = ProvDocument.deserialize(StringIO(document), format="rdf", rdf_format="turtle")
    quads = list(ox.parse(document.encode(), format=ox.RdfFormat.TURTLE))

    def count(kind: str) -> int:
        return len({quad.subject for quad in quads if quad.object == ox.NamedNode(PROV(kind))})

    assert len({str(record.identifier) for record in read.get_records(ProvEntity)}) == count("Entity")
    assert len({str(record.identifier) for record in read.get_records(ProvAgent)}) == count("Agent")
    qualified = [record for record in read.get_records(ProvAttribution) if record.identifier]
    assert len(qualified) == count("Attribution") > 70
