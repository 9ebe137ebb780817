"""Some seconds of what benchmarks/soak.py does for minutes: reading, asking, deciding, building at once."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

from trust.scale import THOROUGH, tried

SCRIPT = Path(__file__).resolve().parents[2] / "benchmarks" / "soak.py"


def test_under_load_no_answer_is_wrong_and_no_write_is_lost() -> None:
    seconds = "60" if THOROUGH else "5"
    given = ["--seconds", seconds, "--claims", "40", "--turn", "2" if not THOROUGH else "10"]
    done = subprocess.run(
        [sys.executable, str(SCRIPT), *given], capture_output=True, text=True, check=False, timeout=600
    )
    assert done.returncode == 0, done.stderr[-2000:]
    counts = dict(re.findall(r"^\| (.+) \| ([\d,]+) \|$", done.stdout, re.MULTILINE))
    for what in ("desk: builds", "desk: decisions", "wire: builds", "wire: decisions"):
        assert int(counts[what]) > 0
    right = sum(int(number.replace(",", "")) for what, number in counts.items() if what.endswith("right"))
    assert right > 50
    assert done.stdout.count("everything follows") == 2
    tried("answers under load found right", right)
