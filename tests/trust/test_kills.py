"""A program that is killed as it builds, reviews or derives leaves the store before or after."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from trust.scale import THOROUGH, tried

TESTS = Path(__file__).resolve().parents[1]
ROUNDS = {
    "commands": (1, 30),
    "transactions": (5, 300),
    "reading": (3, 30),
    "decisions": (2, 60),
    "findings": (3, 60),
    "reviewing": (6, 60),
}


@pytest.mark.parametrize("mode", ROUNDS)
def test_killed_at_random_moments_the_store_is_before_or_after(mode: str, tmp_path: Path) -> None:
    rounds = ROUNDS[mode][THOROUGH]
    done = subprocess.run(
        [sys.executable, "-m", "trust.killing", mode, str(rounds), "20261128", str(tmp_path)],
        cwd=TESTS,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr[-2000:]
    counts = json.loads(done.stdout)
    assert counts["killed"] + counts.get("ended", 0) == rounds
    assert counts["killed"] > 0
    tried("kills survived", counts["killed"])
    tried(f"  of them in {mode}", counts["killed"])
