"""The measurement of pages runs, on a store of its own making, and asks every kind of page."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
BENCHMARKS = ROOT / "benchmarks"


def run(*command: str) -> str:
    """Run one of the programs of benchmarks/; gives what it prints."""
    environment = os.environ | {"PYTHONPATH": str(ROOT / "src"), "no_proxy": "127.0.0.1"}
    done = subprocess.run(
        [sys.executable, *command], capture_output=True, text=True, env=environment, check=False
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


def test_made_up_store_is_served_and_every_kind_of_page_is_asked(tmp_path: Path) -> None:
    store = tmp_path / "news.musnad"
    run(str(BENCHMARKS / "serve_store.py"), "60", str(store))
    options = ("--readers", "2", "--seconds", "1", "--alone", "1")
    text = run(str(BENCHMARKS / "serve.py"), "--store", str(store), *options)
    rows = dict(re.findall(r"^\| (\w+) \| (\d+) \|.*\| [\d.]+ \|$", text, re.MULTILINE))
    assert rows.keys() == {
        "articles", "search", "article", "claim", "questions", "question", "sources", "source", "pair",
        "finding", "sparql", "all",
    }  # fmt: skip
    assert int(rows["all"]) == sum(int(number) for kind, number in rows.items() if kind != "all") > 0
    assert re.search(r"memory at each tenth: \[\d+(, \d+){9}\]", text)
