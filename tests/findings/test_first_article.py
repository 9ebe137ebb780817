"""The first article: its findings, and how each follows a change of one value, date or place."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from conftest import Golden
from findings.case_records import Finding
from findings.finding_rows import find_rows
from musnad.record import DateMention, Record, load_record
from musnad.record.checks import find_problems

SEED = Path(__file__).parents[2] / "seeds" / "shafaq-2025-10-11" / "record.json"

Row = tuple[str, frozenset[str]]
Change = Callable[[Record], Record]


@pytest.fixture(scope="module")
def record() -> Record:
    return load_record(SEED)


@pytest.fixture(scope="module")
def findings(record: Record) -> set[Finding]:
    return find_rows([record])


def rows(findings: set[Finding]) -> set[Row]:
    return {(finding.kind, finding.claims) for finding in findings}


def row(kind: str, claims: str) -> Row:
    return kind, frozenset(claims.split())


def test_findings_are_those_that_were_read_and_justified(
    record: Record, findings: set[Finding], golden: Golden
) -> None:
    sources = {
        claim.id: statement.source.canonical for statement in record.statements for claim in statement.claims
    }
    lines = sorted(
        "\t".join(
            (
                finding.kind,
                " ".join(sorted(finding.claims)),
                " × ".join(sorted({sources[claim] for claim in finding.claims})),
                "within source" if finding.within_source else "",
                ", ".join(sorted(finding.premises or ())),
                ", ".join(sorted(finding.assumes or ())),
            )
        )
        for finding in findings
    )
    golden(
        "seed.tsv",
        "".join(f"{line}\n" for line in ["kind\tclaims\tsources\twithin\tpremises\tassumes", *lines]),
    )


# --- changes ---------------------------------------------------------------------------------------


def proposition(claim: str, **values: Any) -> Change:
    """Change what one claim says."""

    def change(record: Record) -> Record:
        statements = tuple(
            replace(
                statement,
                claims=tuple(
                    replace(one, proposition=replace(one.proposition, **values)) if one.id == claim else one
                    for one in statement.claims
                ),
            )
            for statement in record.statements
        )
        return replace(record, statements=statements)

    return change


def consequent(claim: str, **values: Any) -> Change:
    """Change what one claim says that something implies."""

    def change(record: Record) -> Record:
        (implied,) = (
            one.proposition.implies
            for statement in record.statements
            for one in statement.claims
            if one.id == claim and one.proposition.implies
        )
        return proposition(claim, implies=replace(implied, **values))(record)

    return change


def day(mention: str, edtf: str) -> Change:
    """Change the time that one expression of the article means."""

    def change(record: Record) -> Record:
        dates = (replace(one, edtf=edtf, iso=edtf) if one.id == mention else one for one in record.dates)
        return replace(record, dates=tuple(dates))

    return change


def dated(claim: str, edtf: str) -> Change:
    """Give one claim a time, on the word of the article's own date line."""

    def change(record: Record) -> Record:
        line = record.dates[0]
        added = DateMention("added", line.text, line.start, line.end, edtf, edtf)
        return proposition(claim, time="added")(replace(record, dates=(*record.dates, added)))

    return change


def quantity(mention: str, **values: Any) -> Change:
    """Change one number."""

    def change(record: Record) -> Record:
        quantities = (replace(one, **values) if one.id == mention else one for one in record.quantities)
        return replace(record, quantities=tuple(quantities))

    return change


def parents(entity: str, *within: str) -> Change:
    """Change where one place lies."""

    def change(record: Record) -> Record:
        entities = (replace(one, within=within) if one.id == entity else one for one in record.entities)
        return replace(record, entities=tuple(entities))

    return change


EXACT_800 = {"kind": "exact", "value": 800, "lower": 800, "upper": 800, "policy": None}
EXACT_50 = {"kind": "exact", "value": 50, "lower": 50, "upper": 50, "policy": None}
CHANGES: dict[str, tuple[Change, list[Row], list[Row]]] = {
    "the spokesperson names another month": (
        day("d5", "2026-12"),
        [row("agreement", "s8c3 s14c1")],
        [row("conflict/time", "s8c3 s14c1")],
    ),
    "the timetable is one for another country": (
        proposition("s12c1", place="syria"),
        [row("agreement", "s1c2 s12c1"), row("agreement", "s3c1 s12c1")],
        [],
    ),
    "the outlet names another base that is left": (
        proposition("s6c3", object="balad-base"),
        [row("agreement", "s6c3 s13c2")],
        [],
    ),
    "the second base lies elsewhere": (
        proposition("s3c4", members=("altun-kupri", "al-baghdadi")),
        [row("agreement/refinement", "s3c4 s15c3")],
        [],
    ),
    "the first base lies where presence is limited to": (
        parents("altun-kupri", "erbil"),
        [row("conflict/exhaustiveness", "s3c4 s15c3")],
        [],
    ),
    "where the first base lies is known only by its country": (
        parents("altun-kupri", "iraq"),
        [row("conflict/exhaustiveness", "s3c4 s15c3")],
        [],
    ),
    "the outlet names one of the government source's destinations": (
        proposition("s6c2", object="kuwait"),
        [row("conflict/place", "s6c2 s13c3")],
        [row("agreement", "s6c2 s13c3")],
    ),
    "the bases are kept only until June": (
        dated("s3c4", "2025-10-12/2026-06"),
        [row("conflict/exclusion", "s3c4 s14c1")],
        [],
    ),
    "the denied consequent is that work elsewhere ends": (
        consequent("s11c1", place="syria"),
        [row("tension/denied-implication", "s11c1 s12c2")],
        [],
    ),
    "the advisers are more than all who stay": (
        quantity("q3", **EXACT_800),
        [row("tension/vague-bound", "s4c1 s15c2")],
        [row("conflict/quantity", "s4c1 s15c2")],
    ),
    "those who stay are counted": (
        quantity("q7", **EXACT_50),
        [row("tension/vague-bound", "s4c1 s15c2")],
        [row("conflict/exclusion", "s14c1 s15c2")],
    ),
    "the number that is open is one of last year": (
        dated("s5c1", "../2024"),
        [row("tension/undetermined", "s5c1 s15c2"), row("non-conflict/partial-knowledge", "s4c1 s5c1")],
        [],
    ),
    "presence in the one place ends in June": (
        dated("s15c3", "2025-10-12/2026-06"),
        [row("conflict/exclusion", "s14c1 s15c3")],
        [],
    ),
    "the larger number is one for after the withdrawal": (
        dated("s15c1", "2027"),
        [row("non-conflict/succession", "s15c1 s15c2")],
        [
            row("conflict/quantity", "s15c1 s15c2"),
            row("conflict/exclusion", "s14c1 s15c1"),
        ],
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", CHANGES)
def test_change_of_one_value_changes_its_finding_and_no_other(
    record: Record, findings: set[Finding], name: str
) -> None:
    change, gone, new = CHANGES[name]
    changed = change(record)
    assert changed != record
    assert find_problems(changed) == []
    before, after = rows(findings), rows(find_rows([changed]))
    assert (before - after, after - before) == (set(gone), set(new))


@pytest.mark.parametrize("alignment", ["a1", "a2"])
def test_revoking_an_alignment_removes_the_findings_that_list_it(
    record: Record, findings: set[Finding], alignment: str
) -> None:
    kept = tuple(one for one in record.alignments if one.id != alignment)
    assert len(kept) == len(record.alignments) - 1
    listing = {finding for finding in findings if alignment in (finding.premises or ())}
    assert listing
    assert find_rows([replace(record, alignments=kept)]) == findings - listing
