"""JSON-LD: the same triples in three readers, without fetching anything, as a tree a person can walk."""

from __future__ import annotations

import json
import socket
from typing import Any

import pyoxigraph as ox
import pytest
from hypothesis import given
from hypothesis import strategies as st
from pyld import jsonld
from rdflib import Dataset

from musnad.graph.descriptions import Descriptions
from musnad.graph.exports.context import load_context
from musnad.graph.exports.json_ld import write_jsonld
from musnad.terms import EDTF, RDFS, SCHEMA, SKOS, XSD, M

from .conftest import Exported


@pytest.fixture
def offline(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object) -> None:
        raise AssertionError("something was to be fetched")

    monkeypatch.setattr(socket, "getaddrinfo", refuse)


@pytest.fixture(scope="module")
def document(seed: list[ox.Quad], exported: Exported) -> Any:
    return json.loads(exported(seed, "jsonld"))


def test_rdflib_reads_the_same_quads(seed: list[ox.Quad], exported: Exported, offline: None) -> None:
    found, expected = Dataset(), Dataset()
    found.parse(data=exported(seed, "jsonld"), format="json-ld")
    expected.parse(data=exported(seed, "nquads"), format="nquads")
    assert set(found.quads()) == set(expected.quads())


def test_pyld_reads_the_same_quads(everything: list[ox.Quad], exported: Exported, offline: None) -> None:
    document = json.loads(exported(everything, "jsonld"))
    lines = jsonld.to_rdf(document, {"format": "application/n-quads"})
    found = ox.Dataset(ox.parse(lines, format=ox.RdfFormat.N_QUADS))
    expected = ox.Dataset(everything)
    for dataset in (found, expected):
        dataset.canonicalize(ox.CanonicalizationAlgorithm.RDFC_1_0)
    assert found == expected


def test_the_context_stands_in_the_document_and_refers_to_nothing(document: Any) -> None:
    context = document["@context"]
    assert load_context().given.items() <= context.items()
    assert not {"@import", "@propagate"} & context.keys()
    assert all(isinstance(value, str | dict | float) for value in context.values())


def test_the_context_uses_no_feature_that_is_not_read() -> None:
    for name, value in load_context().given.items():
        if isinstance(value, dict):
            assert value.keys() <= {"@id", "@type", "@container"}, name
            assert value.get("@container", "@language") == "@language", name


def test_statements_hold_their_claims_and_claims_their_propositions(document: Any) -> None:
    (graph,) = document["@graph"]
    article = graph["@graph"][0]
    assert article["identifier"] == "shafaq-2025-10-11"
    assert [statement["identifier"] for statement in article["statements"]] == [f"s{n}" for n in range(1, 16)]
    claim = article["statements"][5]["claims"][1]
    assert claim["type"] == ["Claim", "prov:Entity"]
    assert claim["polarity"] == "affirmed"
    assert claim["evidence"]["hasSelector"][1]["oa:exact"].endswith(" باتجاه الأراضي السورية")
    assert claim["proposition"]["predicate"] == "sec:withdrawsTo"
    assert claim["proposition"]["slot"]["phase"] == 1


def test_each_subject_is_written_once(everything: list[ox.Quad], exported: Exported) -> None:
    document = json.loads(exported(everything, "jsonld"))
    for graph in document["@graph"]:
        found: list[str] = []
        collect(graph["@graph"], found)
        assert len(found) == len(set(found))


def collect(value: Any, found: list[str]) -> None:
    """Add the ids of objects that say something of themselves."""
    if isinstance(value, list):
        for item in value:
            collect(item, found)
    elif isinstance(value, dict):
        if value.keys() > {"id"}:
            found.append(value["id"])
        for inner in value.values():
            collect(inner, found)


def test_names_have_a_map_of_languages(document: Any) -> None:
    (graph,) = document["@graph"]
    labels = [node["prefLabel"] for node in graph["@graph"] if "prefLabel" in node]
    assert {"en": "US forces", "ar": "القوات الأميركية"} in labels


PREDICATES = [
    M("text"), M("startEarliest"), M("edtf"), M("polarity"), M("evidence"), M("phrase"), M("closed"),
    M("member"), RDFS("label"), SKOS("prefLabel"), SCHEMA("minValue"), "urn:x:own",
]  # fmt: skip
VALUES = [
    ox.Literal("قال"),
    ox.Literal("says", language="en"),
    ox.Literal("said", language="en"),
    ox.Literal("5", datatype=ox.NamedNode(XSD("integer"))),
    ox.Literal("-0", datatype=ox.NamedNode(XSD("integer"))),
    ox.Literal("123456789012345678901234567890", datatype=ox.NamedNode(XSD("integer"))),
    ox.Literal("0.5", datatype=ox.NamedNode(XSD("decimal"))),
    ox.Literal("true", datatype=ox.NamedNode(XSD("boolean"))),
    ox.Literal("1", datatype=ox.NamedNode(XSD("boolean"))),
    ox.Literal("2025-10-11", datatype=ox.NamedNode(XSD("date"))),
    ox.Literal("2025-10", datatype=ox.NamedNode(EDTF("EDTF"))),
    ox.NamedNode(M("affirmed")),
    ox.NamedNode("https://w3id.org/musnad/id/entity/1f"),
    ox.NamedNode("https://w3id.org/musnad/id/entity/1f%20g"),
    ox.NamedNode("https://w3id.org/musnad/security#withdrawsTo"),
    ox.NamedNode("urn:x:other"),
    ox.BlankNode("b"),
]


@given(
    st.lists(
        st.builds(
            lambda predicate, value: ox.Quad(ox.NamedNode("urn:x:s"), ox.NamedNode(predicate), value),
            st.sampled_from(PREDICATES),
            st.sampled_from(VALUES),
        ),
        max_size=6,
    )
)
def test_any_value_under_any_term_is_read_back_as_it_was(quads: list[ox.Quad]) -> None:
    text = "".join(write_jsonld(Descriptions(quads)))
    found = ox.Dataset(ox.parse(text.encode(), format=ox.RdfFormat.JSON_LD))
    expected = ox.Dataset(quads)
    for dataset in (found, expected):
        dataset.canonicalize(ox.CanonicalizationAlgorithm.RDFC_1_0)
    assert found == expected
