"""Nanopublications: well formed by our own check and by nanopub's, and never more than the source said."""

from __future__ import annotations

import pyoxigraph as ox
import pytest
from nanopub.nanopub import Nanopub
from nanopub.trustyuri.rdf import RdfHasher
from rdflib import Dataset

from musnad.graph.exports.trusty import artifact_code, is_artifact_code
from musnad.graph.vocabulary import load_vocabulary
from musnad.terms import DCTERMS, NP, PROV, RDF, M

from .conftest import Exported

LICENCE = "https://creativecommons.org/licenses/by/4.0/"

# What makes a nanopublication well formed (http://nanopub.net/guidelines/working_draft/); rows are problems.
ILL_FORMED = f"""
PREFIX np: <{NP}>
SELECT ?nanopub ?problem WHERE {{
  {{ GRAPH ?head {{ ?nanopub a np:Nanopublication }}
     VALUES (?part ?problem) {{
       (np:hasAssertion "no assertion") (np:hasProvenance "no provenance")
       (np:hasPublicationInfo "no publication info") }}
     FILTER NOT EXISTS {{ GRAPH ?head {{ ?nanopub ?part ?graph }} GRAPH ?graph {{ ?s ?p ?o }} }} }}
  UNION
  {{ GRAPH ?head {{ ?nanopub np:hasAssertion ?assertion ; np:hasProvenance ?provenance }}
     FILTER NOT EXISTS {{ GRAPH ?provenance {{ ?assertion ?p ?o }} }}
     BIND("the provenance does not speak of the assertion" AS ?problem) }}
  UNION
  {{ GRAPH ?head {{ ?nanopub np:hasPublicationInfo ?info }}
     FILTER NOT EXISTS {{ GRAPH ?info {{ ?nanopub ?p ?o }} }}
     BIND("the publication info does not speak of the nanopublication" AS ?problem) }}
  UNION
  {{ GRAPH ?head {{ ?nanopub np:hasAssertion|np:hasProvenance|np:hasPublicationInfo ?graph }}
     GRAPH ?other {{ ?second np:hasAssertion|np:hasProvenance|np:hasPublicationInfo ?graph }}
     FILTER(?nanopub != ?second || ?graph = ?head)
     BIND("a graph belongs to two nanopublications" AS ?problem) }}
  UNION
  {{ GRAPH ?graph {{ ?s ?p ?o }}
     FILTER NOT EXISTS {{
       GRAPH ?head {{ ?n np:hasAssertion|np:hasProvenance|np:hasPublicationInfo ?graph }} }}
     FILTER NOT EXISTS {{ GRAPH ?graph {{ ?nanopub a np:Nanopublication }} }}
     BIND("a graph belongs to none" AS ?problem) }}
}} ORDER BY ?nanopub ?problem
"""


def problems(quads: list[ox.Quad]) -> set[str]:
    store = ox.Store()
    store.extend(quads)
    found = store.query(ILL_FORMED)
    assert isinstance(found, ox.QuerySolutions)
    return {row["problem"].value for row in found}


@pytest.fixture(scope="module")
def quads(seed: list[ox.Quad], exported: Exported) -> list[ox.Quad]:
    return list(ox.parse(exported(seed, "nanopub").encode(), format=ox.RdfFormat.TRIG))


def nanopublications(quads: list[ox.Quad]) -> list[str]:
    return sorted(
        str(quad.subject)[1:-1] for quad in quads if quad.object == ox.NamedNode(NP("Nanopublication"))
    )


def test_there_is_one_well_formed_nanopublication_for_each_claim(
    seed: list[ox.Quad], quads: list[ox.Quad]
) -> None:
    claims = [quad for quad in seed if quad.object == ox.NamedNode(M("Claim"))]
    assert len(nanopublications(quads)) == len(claims) == 35
    assert problems(quads) == set()


@pytest.mark.parametrize(
    ("part", "predicate", "expected"),
    [
        ("assertion", None, {"no assertion"}),
        ("provenance", None, {"no provenance", "the provenance does not speak of the assertion"}),
        (
            "pubinfo",
            None,
            {"no publication info", "the publication info does not speak of the nanopublication"},
        ),
        ("head", NP("hasProvenance"), {"no provenance", "a graph belongs to none"}),
    ],
)
def test_the_check_finds_what_is_missing(
    part: str, predicate: str | None, expected: set[str], quads: list[ox.Quad]
) -> None:
    kept = [
        quad
        for quad in quads
        if not (str(quad.graph_name).endswith(f"#{part}>") and predicate in (None, quad.predicate.value))
    ]
    assert problems(kept) == expected


# nanopub 2.0.1 goes by a way through a dataset that rdflib 7.6 has deprecated.
@pytest.mark.filterwarnings("ignore:Dataset.contexts is deprecated:DeprecationWarning")
def test_nanopub_takes_each_for_valid(quads: list[ox.Quad]) -> None:
    for name in nanopublications(quads):
        own = [quad for quad in quads if str(quad.graph_name).startswith(f"<{name}#")]
        dataset = Dataset()
        text = ox.serialize(own, format=ox.RdfFormat.N_QUADS)
        dataset.parse(data=text, format="nquads")
        nanopublication = Nanopub(rdf=dataset)
        assert nanopublication.is_valid
        assert nanopublication.metadata.trusty == name.rpartition("/")[2]
        assert str(nanopublication.metadata.np_uri) == name
    assert len(nanopublications(quads)) == 35


def test_the_name_of_each_is_the_hash_of_what_it_says(quads: list[ox.Quad]) -> None:
    for name in nanopublications(quads):
        own = [quad for quad in quads if str(quad.graph_name).startswith(f"<{name}#")]
        code = name.rpartition("/")[2]
        assert is_artifact_code(code)
        assert artifact_code(own, code) == code
        first, *others = own
        assert artifact_code(others, code) != code
        changed = ox.Quad(first.subject, first.predicate, ox.Literal("another"), first.graph_name)
        assert artifact_code([changed, *others], code) != code


def test_nanopub_finds_the_same_code(quads: list[ox.Quad]) -> None:
    """Its hasher is the library's own; ours is written from the specification."""
    for name in nanopublications(quads):
        own = [quad for quad in quads if str(quad.graph_name).startswith(f"<{name}#")]
        dataset = Dataset()
        dataset.parse(data=ox.serialize(own, format=ox.RdfFormat.N_QUADS), format="nquads")
        rows = [(graph, s, p, o) for s, p, o, graph in dataset.quads()]
        assert RdfHasher.make_hash(rows, baseuri=f"{name}#", hashstr=" ") == name.rpartition("/")[2]


def test_the_assertion_holds_the_claim_and_never_the_bare_triple(quads: list[ox.Quad]) -> None:
    asserted = [quad for quad in quads if str(quad.graph_name).endswith("#assertion>")]
    used = {quad.predicate.value for quad in asserted}
    assert not used & set(load_vocabulary().aspects)
    assert {M("polarity"), M("modality"), M("proposition"), RDF("predicate")} <= used


def test_a_denial_is_part_of_what_is_asserted(quads: list[ox.Quad]) -> None:
    denials = [quad for quad in quads if quad.object == ox.NamedNode(M("denied"))]
    assert any(str(quad.graph_name).endswith("#assertion>") for quad in denials)


def test_the_provenance_names_source_article_and_every_hand(quads: list[ox.Quad]) -> None:
    used = {quad.predicate.value for quad in quads if str(quad.graph_name).endswith("#provenance>")}
    needed = {
        PROV("wasAttributedTo"), PROV("wasDerivedFrom"), PROV("wasGeneratedBy"), PROV("agent"),
        PROV("qualifiedAttribution"), M("depth"), M("evidence"),
    }  # fmt: skip
    assert needed <= used
    assert M("text") not in used


def test_the_publication_info_has_creator_and_day_of_the_review(quads: list[ox.Quad]) -> None:
    info = [quad for quad in quads if str(quad.graph_name).endswith("#pubinfo>")]
    days = {str(quad.object) for quad in info if quad.predicate.value == DCTERMS("created")}
    assert days == {'"2026-11-23"^^<http://www.w3.org/2001/XMLSchema#date>'}
    assert len([quad for quad in info if quad.predicate.value == DCTERMS("creator")]) == 35
    assert DCTERMS("license") not in {quad.predicate.value for quad in info}


def test_a_licence_is_written_where_it_is_known(seed: list[ox.Quad], exported: Exported) -> None:
    text = exported(seed, "nanopub", licence=LICENCE)
    assert text.count(f"dcterms:license <{LICENCE}>") == 35
