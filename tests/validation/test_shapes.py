"""The shapes files keep their own rules: named, typed, worded in two languages, core constraints only."""

from __future__ import annotations

import re

import pyshacl
import pytest
import rdflib
from rdflib.collection import Collection
from rdflib.namespace import OWL, RDF, SKOS
from rdflib.namespace import SH as TERMS

from musnad.graph.vocabulary import load_vocabulary
from musnad.resources import data_folder
from musnad.terms import UNIT, M
from musnad.validation.checks import load_checks
from musnad.validation.profiles import PROFILES, choose_profile
from musnad.validation.shapes import load_shapes, shapes_file, to_rdflib

STEMS = sorted(path.stem for path in data_folder("shapes").glob("*.ttl"))
# Unions of concepts that are no scheme of their own: the two relations of alignments.
OTHER_LISTS = {frozenset({M("same"), M("partOf")})}


def read(stem: str) -> rdflib.Graph:
    return rdflib.Graph().parse(shapes_file(stem))


def all_shapes() -> rdflib.Graph:
    graph = rdflib.Graph()
    for stem in STEMS:
        graph += read(stem)
    return graph


def typed(graph: rdflib.Graph, kind: rdflib.URIRef) -> list[rdflib.URIRef]:
    return sorted(shape for shape in graph.subjects(RDF.type, kind) if isinstance(shape, rdflib.URIRef))


@pytest.mark.parametrize("stem", STEMS)
def test_shape_is_named_after_its_class_and_property(stem: str) -> None:
    graph = read(stem)
    for node in typed(graph, TERMS.NodeShape):
        assert re.fullmatch(rf"{re.escape(M)}[A-Z]\w+Shape", node)
        for shape in graph.objects(node, TERMS.property):
            assert re.fullmatch(rf"{re.escape(node)}-[a-z]\w+", str(shape))
            assert (shape, RDF.type, TERMS.PropertyShape) in graph
    properties = set(typed(graph, TERMS.PropertyShape))
    assert properties == set(graph.objects(None, TERMS.property))
    assert properties == set(graph.subjects(TERMS.path)), "a property shape without a name"


@pytest.mark.parametrize("kind", [TERMS.NodeShape, TERMS.PropertyShape], ids=["node", "property"])
def test_shape_speaks_english_and_arabic_and_says_how_grave_it_is(kind: rdflib.URIRef) -> None:
    graph = all_shapes()
    for shape in typed(graph, kind):
        for predicate in (TERMS.name, TERMS.description, TERMS.message):
            texts = [text for text in graph.objects(shape, predicate) if isinstance(text, rdflib.Literal)]
            assert sorted(str(text.language) for text in texts) == ["ar", "en"], (shape, predicate)
        assert len(list(graph.objects(shape, TERMS.severity))) == 1


def test_message_says_what_is_wrong_and_what_to_do() -> None:
    graph = all_shapes()
    for message in graph.objects(None, TERMS.message):
        assert len(re.findall(r"[.](?: |$)", str(message))) >= 2, message


def test_shapes_use_core_constraints_alone() -> None:
    graph = all_shapes()
    beyond = {"sparql", "js", "select", "ask", "rule", "expression", "target", "parameter"}
    assert not [term for term in graph.predicates() if term in {TERMS[name] for name in beyond}]


def test_shapes_are_shapes_by_the_shapes_of_shacl() -> None:
    conforms, _, text = pyshacl.validate(rdflib.Graph(), shacl_graph=all_shapes(), meta_shacl=True)
    assert conforms, text


def test_lists_of_concepts_are_the_schemes() -> None:
    vocabulary = to_rdflib(load_vocabulary().quads)
    schemes: dict[rdflib.term.Node, set[str]] = {}
    for concept, scheme in vocabulary.subject_objects(SKOS.inScheme):
        schemes.setdefault(scheme, set()).add(str(concept))
    known = {frozenset(members) for members in schemes.values()} | OTHER_LISTS
    graph = all_shapes()
    lists = {
        frozenset(str(item) for item in Collection(graph, node)) for node in graph.objects(None, TERMS["in"])
    }
    assert not [sorted(items) for items in lists - known]
    units = next(items for items in lists if any(item.startswith(UNIT) for item in items))
    assert units == {
        concept
        for concept in map(str, vocabulary.subjects(RDF.type, SKOS.Concept))
        if concept.startswith(UNIT)
    }


def test_every_class_has_a_shape() -> None:
    vocabulary = to_rdflib(load_vocabulary().quads)
    classes = {str(term) for term in vocabulary.subjects(RDF.type, OWL.Class)}
    targets = {str(term) for term in all_shapes().objects(None, TERMS.targetClass)}
    # Kinds of entity have nothing of their own that could be wrong.
    kinds = {
        str(term)
        for term in vocabulary.transitive_subjects(rdflib.RDFS.subClassOf, rdflib.URIRef(M("Entity")))
    }
    assert classes - targets <= kinds - {M("Entity"), M("Place")}


def test_every_shapes_file_has_a_profile_and_every_expected_shape_exists() -> None:
    assert {stem for profile in PROFILES.values() for stem in profile.shapes} == set(STEMS)
    for profile in PROFILES.values():
        assert {M(shape) for shape in profile.expected} <= set(load_shapes(profile.shapes).names)
    assert choose_profile("https://example.org/graph").name == "record"


def test_heads_of_shapes_files_say_who_must_pass() -> None:
    for stem in STEMS:
        first = shapes_file(stem).read_text(encoding="utf-8").splitlines()[0]
        assert first.startswith("# ")
        assert "pass" in first


def test_severities_name_the_checks() -> None:
    assert [check.query.name for check in load_checks()] == sorted(
        path.stem for path in (data_folder("queries") / "check").glob("*.rq")
    )
