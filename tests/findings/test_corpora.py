"""The corpora that findings are measured with are sound records, the same for the same numbers."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from musnad.collection.input import valid_graphs
from musnad.findings import derive_findings
from musnad.record import parse_record
from musnad.terms import M

CORPORA = Path(__file__).resolve().parents[2] / "benchmarks" / "corpora.py"


def write(*options: str) -> str:
    command = [sys.executable, str(CORPORA), *options]
    return subprocess.run(command, stdout=subprocess.PIPE, text=True, check=True, encoding="utf-8").stdout


def test_corpus_is_sound_and_decided_by_its_seed() -> None:
    text = write("--claims", "80", "--seed", "2")
    assert write("--claims", "80", "--seed", "2") == text != write("--claims", "80", "--seed", "3")
    records = [parse_record(line) for line in text.splitlines()]
    assert {record.lang for record in records} == {"ar", "en"}
    assert 80 <= sum(len(statement.claims) for record in records for statement in record.statements) < 120
    quads = [quad for graph in valid_graphs(records).values() for quad in graph]
    kinds = {
        str(q.object).split("/")[0].strip('"')
        for q in derive_findings(quads)
        if q.predicate.value == M("findingKind")
    }
    assert {"agreement", "conflict"} <= kinds
