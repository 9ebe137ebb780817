"""Short articles written for the project, each with the whole record a careful reader makes of it.

The outlines (see outlines.py) are written by hand and rewritten by nothing. Where the reader is still wrong
the outline says so: `lacks:` before a line it should give, `wrong:` before one it gives and should not, each
with the reason after `#`. Both must hold as they stand: a reader that got better fails here until the mark
is taken away.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml

import musnad
from musnad.collection.reading import read_drafts
from musnad.findings import Finding
from musnad.record import Record
from reading.outlines import outline

HERE = Path(__file__).parent
RECORDS = HERE / "records"
TEXTS = {
    path.stem: path for folder in ("articles", "records") for path in sorted((HERE / folder).glob("*.txt"))
}
OUTLINES = sorted(RECORDS.glob("*.outline"))
CLUSTERS: dict[str, dict[str, Any]] = yaml.safe_load((RECORDS / "clusters.yaml").read_text(encoding="utf-8"))
MARKS = ("lacks: ", "wrong: ")


def lines_of(path: Path) -> list[str]:
    return path.read_text(encoding="utf-8").splitlines()


def marked(path: Path) -> dict[str, str]:
    """Give the reasons of an outline's marks, by line."""
    marks = {}
    for line in lines_of(path):
        if line.startswith(MARKS):
            said, separator, reason = line.partition("  # ")
            assert separator, f"{path.name}: no reason is given for {line!r}"
            assert reason, f"{path.name}: no reason is given for {line!r}"
            marks[said] = reason
    return marks


def right(path: Path) -> list[str]:
    """Give the record as a person reads it."""
    kept = [line for line in lines_of(path) if not line.startswith("wrong: ")]
    return [line.removeprefix("lacks: ").partition("  # ")[0] for line in kept]


def expected(path: Path) -> list[str]:
    """Give the record as the reader is known to give it."""
    kept = [line for line in lines_of(path) if not line.startswith("lacks: ")]
    return [line.removeprefix("wrong: ").partition("  # ")[0] for line in kept]


def read(name: str) -> Record:
    (draft,) = read_drafts([TEXTS[name]])
    assert not isinstance(draft, Exception), draft
    return draft.record


def wrong_ones() -> list[Any]:
    return [
        pytest.param(
            path, id=path.stem, marks=pytest.mark.xfail(strict=True, reason="; ".join(marks.values()))
        )
        for path in OUTLINES
        if (marks := marked(path))
    ]


def test_there_are_thirty_articles_and_each_has_its_record() -> None:
    assert {path.stem for path in OUTLINES} == set(TEXTS)
    assert sum(name.startswith("ar-") for name in TEXTS) >= 20
    assert sum(name.startswith("en-") for name in TEXTS) >= 10
    metadata = {path.name.removesuffix(".meta.json") for path in HERE.glob("*/*.meta.json")}
    assert metadata == set(TEXTS)
    known = {".txt", ".json", ".outline", ".yaml"}
    assert {path.suffix for path in HERE.glob("*/*") if path.is_file()} == known


@pytest.mark.parametrize("path", OUTLINES, ids=lambda path: path.stem)
def test_article_is_read_as_known(path: Path) -> None:
    assert outline(read(path.stem)) == expected(path)


@pytest.mark.parametrize("path", wrong_ones())
def test_article_is_read_as_a_person_reads_it(path: Path) -> None:
    assert outline(read(path.stem)) == right(path)


@pytest.fixture(scope="module", params=CLUSTERS, ids=str)
def cluster(request: pytest.FixtureRequest) -> tuple[dict[str, Any], list[Finding]]:
    told = CLUSTERS[request.param]
    with musnad.open() as news:
        news.add(*(read(name) for name in told["articles"]))
        return told, news.findings()


def sides(finding: Finding) -> list[set[str]]:
    return [
        {f"{claim.article_id}#{claim.statement_id}" for claim in position.claims}
        for position in finding.positions
    ]


def joins(finding: Finding, one: str, other: str) -> bool:
    """Whether a finding has two statements on different sides, or, of one proposition, on the same."""
    found = sides(finding)
    if len(found) == 1:
        return {one, other} <= found[0]
    return any(
        one in side and other in facing
        for at, side in enumerate(found)
        for facing in (*found[:at], *found[at + 1 :])
    )


def test_cluster_shows_what_agrees_and_conflicts(cluster: tuple[dict[str, Any], list[Finding]]) -> None:
    told, findings = cluster
    missing = [
        row
        for row in told["found"]
        if not any(finding.kind == row[0] and joins(finding, *row[1:]) for finding in findings)
    ]
    assert missing == []


def test_cluster_joins_no_others_in_conflict(cluster: tuple[dict[str, Any], list[Finding]]) -> None:
    told, findings = cluster
    conflicts = [finding for finding in findings if finding.kind.startswith("conflict")]
    joined = [row for row in told["never"] if any(joins(finding, *row) for finding in conflicts)]
    assert joined == []


def test_no_other_statement_is_in_conflict(cluster: tuple[dict[str, Any], list[Finding]]) -> None:
    told, findings = cluster
    sided = {
        name
        for finding in findings
        if finding.kind.startswith("conflict")
        for side in sides(finding)
        for name in side
    }
    named = {name for row in told["found"] for name in row[1:]}
    assert sided - named == set(told.get("also", ()))
