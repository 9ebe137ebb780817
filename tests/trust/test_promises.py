"""The table of promises in docs/explanation/trust.md names tests that exist, and every suite here."""

from __future__ import annotations

import re
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
TABLE = (
    (ROOT / "docs" / "explanation" / "trust.md")
    .read_text(encoding="utf-8")
    .partition("## Which test shows")[2]
)
NAMED = re.findall(r"`(tests/[\w/]+\.py)::(\w+)`", TABLE)


def test_every_test_that_a_promise_names_exists() -> None:
    assert len(NAMED) > 50
    defined = {
        (path, name)
        for path in {path for path, _ in NAMED}
        for name in re.findall(r"^def (test_\w+)\(", (ROOT / path).read_text(encoding="utf-8"), re.MULTILINE)
    }
    assert set(NAMED) <= defined, set(NAMED) - defined


def test_every_suite_of_trust_keeps_a_promise() -> None:
    suites = {f"tests/trust/{path.name}" for path in Path(__file__).parent.glob("test_*.py")}
    assert suites - {path for path, _ in NAMED} == {"tests/trust/test_promises.py"}
