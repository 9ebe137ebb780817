"""pySHACL, the reference, and the fast engine find the same, and one run over many graphs what many do."""

from __future__ import annotations

import pyoxigraph as ox
import pytest

from musnad.resources import data_folder
from musnad.terms import SH, M
from musnad.validation import engines
from musnad.validation.engines import hold_against, lines_of, run_pyshacl, run_shacl
from musnad.validation.profiles import RECORD
from musnad.validation.shapes import ShapeResult, load_shapes

from .conftest import Case, list_cases

STEMS = sorted(path.stem for path in data_folder("shapes").glob("*.ttl"))
CASES = [case for stem in STEMS for case in list_cases(stem)]


def name_case(case: Case) -> str:
    return f"{case.folder}/{case.name}"


def is_named(case: Case) -> bool:
    """Whether every node of the case has an IRI."""
    return not any(isinstance(node, ox.BlankNode) for quad in case.quads() for node in (quad[0], quad[2]))


NAMED = [case for case in CASES if is_named(case)]


@pytest.mark.parametrize("case", NAMED, ids=name_case)
def test_fast_engine_finds_what_the_reference_finds(case: Case) -> None:
    # Against all shapes of its kind of graph, not those of its own file alone.
    stems = (case.folder,) if case.folder in ("finding", "ontology") else RECORD.shapes
    shapes = load_shapes(stems)
    assert run_shacl([lines_of(case.quads())], shapes) == run_pyshacl([case.quads()], shapes)


def test_the_two_engines_are_compared_on_every_property_shape() -> None:
    broken = {dict(row)["shape"] for case in NAMED for row in case.expected}
    declared = {shape.replace(M(""), "m:") for stem in STEMS for shape in load_shapes((stem,)).paths}
    assert declared <= broken
    assert len([case for case in NAMED if case.expected]) >= 40


def test_nodes_without_iri_are_left_to_the_reference(monkeypatch: pytest.MonkeyPatch) -> None:
    nameless = [case.quads() for case in CASES if case.subject == "claim" and not is_named(case)]
    named = [case.quads() for case in NAMED if case.subject == "claim"]
    shapes = load_shapes(("claim",))
    found = hold_against([*named, *nameless], shapes)
    monkeypatch.setattr(engines, "has_fast_engine", lambda: False)
    assert hold_against([*named, *nameless], shapes) == found
    assert any(result.focus.startswith("_:") for result in found)


@pytest.mark.parametrize("stem", STEMS)
def test_graphs_in_one_run_do_not_see_one_another(stem: str) -> None:
    """All cases describe the same nodes, each with another fault."""
    shapes = load_shapes((stem,))
    graphs = [case.quads() for case in NAMED if case.folder == stem]
    alone: set[ShapeResult] = set()
    for graph in graphs:
        alone |= run_pyshacl([graph], shapes)
    assert run_pyshacl(graphs, shapes) == alone


def test_what_one_graph_leaves_out_another_does_not_fill_in() -> None:
    node, kind = ox.NamedNode("https://example.org/number"), ox.NamedNode(M("Quantity"))
    claim, mention = ox.NamedNode("https://example.org/claim"), ox.NamedNode(M("quantityMention"))
    rdf_type = ox.NamedNode("http://www.w3.org/1999/02/22-rdf-syntax-ns#type")
    shapes = load_shapes(("claim",))
    lacking = [
        ox.Triple(claim, rdf_type, ox.NamedNode(M("Claim"))),
        ox.Triple(claim, mention, node),
    ]
    filling = [ox.Triple(node, rdf_type, kind), ox.Triple(node, rdf_type, ox.NamedNode(M("Mention")))]
    fault = [result for result in run_pyshacl([lacking], shapes) if result.value == node.value]
    assert [result.shape for result in fault] == [M("ClaimShape-quantityMention")]
    assert set(fault) <= run_pyshacl([lacking, filling], shapes)
    assert set(fault) <= run_pyshacl([filling, lacking], shapes)


def test_graphs_that_describe_what_shapes_name_are_not_mixed() -> None:
    shapes = load_shapes(("claim",))
    case = next(case for case in NAMED if case.name == "invalid.modality-unknown").quads()
    concept = ox.Triple(
        ox.NamedNode(M("asserted")),
        ox.NamedNode(SH("name")),
        ox.Literal("a constant of the shapes, described in an article"),
    )
    alone = run_pyshacl([[*case, concept]], shapes) | run_pyshacl([case], shapes)
    assert run_pyshacl([[*case, concept], case], shapes) == alone
