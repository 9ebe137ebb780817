"""RDF 1.2: a triple term for each value of each claim, and none of them asserted."""

from __future__ import annotations

import pyoxigraph as ox
import pytest

from musnad.terms import RDF, M, compact

from .conftest import Exported

REIFIES = ox.NamedNode(RDF("reifies"))


@pytest.fixture(scope="module")
def reified(seed: list[ox.Quad], exported: Exported) -> dict[str, list[ox.Triple]]:
    """Give the triples that each claim of the first article reifies, by the claim's id."""
    quads = list(ox.parse(exported(seed, "rdf12").encode(), format=ox.RdfFormat.TURTLE))
    names = {
        quad.subject: quad.object.value
        for quad in quads
        if compact(quad.predicate.value) == "dcterms:identifier" and isinstance(quad.object, ox.Literal)
    }
    found: dict[str, list[ox.Triple]] = {}
    for quad in quads:
        if quad.predicate == REIFIES:
            assert isinstance(quad.object, ox.Triple)
            found.setdefault(names[quad.subject], []).append(quad.object)
    return found


def test_rdf12_adds_nothing_but_the_reified_triples(seed: list[ox.Quad], exported: Exported) -> None:
    quads = set(ox.parse(exported(seed, "rdf12").encode(), format=ox.RdfFormat.TURTLE))
    assert {quad.triple for quad in quads if quad.predicate != REIFIES} == {quad.triple for quad in seed}


def test_every_claim_reifies_its_triple_or_says_why_not(
    seed: list[ox.Quad], reified: dict[str, list[ox.Triple]], exported: Exported
) -> None:
    claims = [quad.subject for quad in seed if quad.object == ox.NamedNode(M("Claim"))]
    assert len(reified) == len(claims) - 1
    assert "# Claim s5c1 (it reifies no triple: its proposition gives no value)" in exported(seed, "rdf12")


@pytest.mark.parametrize(
    ("claim", "values"),
    [
        ("s6c2", ["/id/entity/"]),  # an object
        ("s3c4", ["/id/entity/", "/id/entity/"]),  # two members
        ("s4c1", ["/id/quantity/"]),  # how many?
        ("s8c3", ["/id/time/"]),  # when?
        ("s14c1", ["true"]),  # yes or no, at a time
        ("s11c1", ["/id/proposition/"]),  # what it implies
    ],
)
def test_the_value_is_what_the_aspect_asks_for(
    claim: str, values: list[str], reified: dict[str, list[ox.Triple]]
) -> None:
    objects = [str(triple.object) for triple in reified[claim]]
    assert len(objects) == len(values)
    assert all(value in found for value, found in zip(values, objects, strict=True))


def test_a_denied_claim_keeps_its_denial_beside_the_triple(seed: list[ox.Quad], exported: Exported) -> None:
    text = exported(seed, "rdf12")
    block = text[text.index("# Claim s11c1") :].split("\n\n")[0]
    assert "m:polarity m:denied" in block
    assert "rdf:reifies <<(" in block


def test_rdf12_says_which_version_it_is(seed: list[ox.Quad], exported: Exported) -> None:
    assert exported(seed, "rdf12").startswith('VERSION "1.2"\n@prefix ')
