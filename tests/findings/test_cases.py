"""Every case yields the findings it tells, and nothing else; every rule and every promise has its cases."""

from __future__ import annotations

from collections import defaultdict
from pathlib import Path

import pytest
import yaml

from findings.case_records import CASES, HERE, build_records, case_files, read_case
from findings.finding_rows import find_rows, missing_and_extra
from musnad.graph.vocabulary import load_vocabulary
from musnad.record.checks import find_problems
from musnad.resources import data_folder
from musnad.terms import RULE, M

FILES = case_files()
each_case = pytest.mark.parametrize("path", FILES, ids=[str(path.relative_to(CASES)) for path in FILES])


def outcome(path: Path) -> str:
    return path.name.partition(".")[0]


@each_case
def test_case_yields_its_findings_and_no_others(path: Path) -> None:
    case = read_case(path)
    missing, extra = missing_and_extra(find_rows(build_records(case)), case.findings)
    assert (missing, extra) == ([], []), case.why


@each_case
def test_case_is_named_for_what_it_shows(path: Path) -> None:
    shown = {finding.kind.replace("/", "-") for finding in read_case(path).findings}
    assert outcome(path) in ("fires", "silent")
    assert (path.parent.name in shown) == (outcome(path) == "fires")


@each_case
def test_case_makes_sound_records(path: Path) -> None:
    records = build_records(read_case(path))
    assert [problem for record in records for problem in find_problems(record)] == []
    for record in records:
        for statement in record.statements:
            content = statement.content
            assert record.text[content.start : content.end] == content.text


def test_every_rule_has_a_query_and_cases_both_ways() -> None:
    rules = {
        quad.subject.value.removeprefix(RULE)  # type: ignore[union-attr]
        for quad in load_vocabulary().quads
        if quad.predicate.value == M("findingKind")
    }
    queries = {path.stem for path in (data_folder("queries") / "derive").glob("*.rq")}
    outcomes = defaultdict(set)
    for path in FILES:
        outcomes[path.parent.name].add(outcome(path))
    assert queries == rules
    assert dict(outcomes) == {rule: {"fires", "silent"} for rule in rules}


def test_every_rule_shows_its_own_kind() -> None:
    kinds = {
        quad.subject.value: quad.object.value  # type: ignore[union-attr]
        for quad in load_vocabulary().quads
        if quad.predicate.value == M("findingKind")
    }
    assert {rule.removeprefix(RULE): kind.replace("/", "-") for rule, kind in kinds.items()} == {
        rule.removeprefix(RULE): rule.removeprefix(RULE) for rule in kinds
    }


def test_every_promise_is_shown_both_ways() -> None:
    promises = yaml.safe_load((HERE / "sentences.yaml").read_text(encoding="utf-8"))
    outcomes = defaultdict(set)
    for path in FILES:
        if sentence := read_case(path).sentence:
            outcomes[sentence].add(outcome(path))
    assert dict(outcomes) == {promise: {"fires", "silent"} for promise in promises}


def test_key_that_cases_do_not_have_is_told(tmp_path: Path) -> None:
    path = tmp_path / "case.yaml"
    path.write_text("why: w\nclaims: {}\nfindings: []\nclaim: {}\n", encoding="utf-8")
    with pytest.raises(ValueError, match="no key \\['claim'\\]"):
        read_case(path)
