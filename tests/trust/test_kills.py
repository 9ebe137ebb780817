"""A program that is killed at any moment leaves the store before or after, never between."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from trust.scale import THOROUGH, tried

TESTS = Path(__file__).resolve().parents[1]
SCRIPTS = {"reviewing": ("trust.killing_reviews",)}
ROUNDS = {"commands": (1, 30), "transactions": (5, 300), "reading": (3, 30), "reviewing": (6, 60)}


@pytest.mark.parametrize("mode", ROUNDS)
def test_killed_at_random_moments_the_store_is_before_or_after(mode: str, tmp_path: Path) -> None:
    rounds = ROUNDS[mode][THOROUGH]
    script = SCRIPTS.get(mode, ("trust.killing", mode))
    done = subprocess.run(
        [sys.executable, "-m", *script, str(rounds), "20261128", str(tmp_path)],
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
