"""Every case of tests/validation/ gives what its expected.json says; every shape and check has cases."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import cast

import pyoxigraph as ox
import pytest
from rdflib.query import ResultRow

from musnad.graph.endpoint_store import EndpointStore
from musnad.graph.store import Store, open_store
from musnad.graph.vocabulary import load_vocabulary
from musnad.resources import data_folder
from musnad.terms import PREFIXES, SH, VOCABULARY_GRAPH, compact
from musnad.validation.checks import load_checks
from musnad.validation.engines import hold_against
from musnad.validation.shapes import load_shapes, shapes_file, to_rdflib
from musnad.validation.validator import validate

from .conftest import EXAMPLE, GRAPH, HERE, OUTCOMES, Case, base_names, describe, list_cases

SHAPES = sorted(path.stem for path in data_folder("shapes").glob("*.ttl"))
CHECKS = {check.query.name: check for check in load_checks()}
SHAPE_CASES = [case for stem in SHAPES for case in list_cases(stem)]
CHECK_CASES = [case for name in CHECKS for case in list_cases(f"check/{name}")]
PREFIX_LINES = "\n".join(f"PREFIX {prefix}: <{iri}>" for prefix, iri in PREFIXES.items())


def name_case(case: Case) -> str:
    return f"{case.folder}/{case.name}"


def fill(store: Store, case: Case) -> None:
    """Put the case's graph and the vocabulary into a store."""
    store.replace({VOCABULARY_GRAPH: load_vocabulary().quads, GRAPH.value: case.quads()})


@pytest.mark.parametrize("case", SHAPE_CASES, ids=name_case)
def test_shapes_find_what_a_case_expects(case: Case) -> None:
    found = hold_against([case.quads()], load_shapes((case.subject,)))
    assert sorted({describe(result) for result in found}) == sorted(case.expected)


@pytest.mark.parametrize("case", CHECK_CASES, ids=name_case)
def test_checks_find_what_a_case_expects(case: Case) -> None:
    with open_store() as store:
        fill(store, case)
        found = set(CHECKS[case.subject].run(store))
    assert sorted({describe(result) for result in found}) == sorted(case.expected)


@pytest.mark.parametrize("case", [case for case in CHECK_CASES if case.expected], ids=name_case)
def test_checks_give_the_same_rows_in_rdflib(case: Case) -> None:
    check = CHECKS[case.subject]
    triples = [quad.triple for quad in (*load_vocabulary().quads, *case.quads())]
    answer = cast("Iterable[ResultRow]", to_rdflib(triples).query(check.query.text))
    rows = {tuple(str(term) for term in row) for row in answer}
    with open_store() as store:
        fill(store, case)
        found = {(result.focus, result.path, result.value) for result in check.run(store)}
    assert {(focus, compact(path), value) for focus, path, value in rows} == found


def test_checks_give_the_same_rows_over_http(endpoint: EndpointStore) -> None:
    broken = [next(case for case in list_cases(f"check/{name}") if case.expected) for name in CHECKS]
    endpoint.replace({VOCABULARY_GRAPH: load_vocabulary().quads})
    for case in broken:
        endpoint.replace({GRAPH.value: case.quads()})
        with open_store() as store:
            fill(store, case)
            expected = set(CHECKS[case.subject].run(store))
        assert set(CHECKS[case.subject].run(endpoint)) == expected


@pytest.mark.parametrize("case", [*SHAPE_CASES, *CHECK_CASES], ids=name_case)
def test_outcome_in_the_name_is_the_outcome(case: Case) -> None:
    severities = {dict(row)["severity"] for row in case.expected}
    outcome = "invalid" if "violation" in severities else "warning" if severities else "valid"
    assert case.outcome == outcome
    assert case.outcome in OUTCOMES


def test_every_folder_of_cases_is_read() -> None:
    folders = {path.parent.relative_to(HERE).as_posix() for path in HERE.rglob("expected.json")}
    assert folders == {*SHAPES, *(f"check/{name}" for name in CHECKS)}
    updates = {path.parent.relative_to(HERE).as_posix() for path in HERE.rglob("*.ru")}
    assert updates <= folders


@pytest.mark.parametrize("stem", SHAPES)
def test_every_shape_is_broken_by_a_case(stem: str) -> None:
    broken = {dict(row)["shape"] for case in list_cases(stem) for row in case.expected}
    assert broken == {compact(shape) for shape in load_shapes((stem,)).messages}


@pytest.mark.parametrize("name", CHECKS)
def test_every_check_is_broken_by_a_case(name: str) -> None:
    assert any(case.expected for case in list_cases(f"check/{name}"))


@pytest.mark.parametrize("stem", SHAPES)
def test_every_property_shape_is_met_by_the_graph_in_order(stem: str) -> None:
    case = list_cases(stem)[0]
    assert case.outcome == "valid"
    store = ox.Store()
    store.extend(ox.Quad(quad.subject, quad.predicate, quad.object) for quad in case.quads())
    shapes = ox.Store()
    shapes.load(path=shapes_file(stem))
    targets = {
        SH("targetClass"): "{{ ?focus a <{0}> }}",
        SH("targetObjectsOf"): "{{ [] <{0}> ?focus }}",
        SH("targetSubjectsOf"): "{{ ?focus <{0}> [] }}",
    }
    rows = shapes.query(f"""{PREFIX_LINES}
        SELECT ?shape ?target ?thing WHERE {{ ?node ?target ?thing ; sh:property ?shape
          FILTER(STRSTARTS(STR(?target), STR(sh:target))) }}""")
    assert isinstance(rows, ox.QuerySolutions)
    patterns: dict[str, list[str]] = {}
    for row in rows:
        shape, target, thing = (str(row[name]).strip("<>") for name in ("shape", "target", "thing"))
        patterns.setdefault(shape, []).append(targets[target].format(thing))
    paths = load_shapes((stem,)).paths
    assert set(patterns) == set(paths)
    for shape, choices in patterns.items():
        query = f"{PREFIX_LINES} ASK {{ {' UNION '.join(choices)} ?focus {paths[shape]} ?value }}"
        assert store.query(query), f"{compact(shape)} meets no value in {base_names(stem)}"


def test_the_graph_in_order_has_no_results_at_all() -> None:
    report = validate(list_cases("claim")[0].quads())
    assert report.results == ()
    assert all(Path(HERE / f"{name}.ttl").is_file() for name in ("record", "findings", "terms"))
    assert EXAMPLE not in "".join(report.met)
