"""The table of capacity is what the script makes of the measured constants, and of nothing else."""

from __future__ import annotations

import importlib.util
from pathlib import Path
from types import ModuleType

import pytest

ROOT = Path(__file__).resolve().parents[1]


@pytest.fixture
def capacity() -> ModuleType:
    spec = importlib.util.spec_from_file_location("capacity", ROOT / "benchmarks" / "capacity.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_page_shows_the_table_that_the_constants_give(capacity: ModuleType) -> None:
    text = capacity.PAGE.read_text(encoding="utf-8")
    assert capacity.page(text) == text


def test_row_is_reckoned_from_the_constants(capacity: ModuleType) -> None:
    known = {
        "claims an article": 10,
        "characters an article": 1000,
        "read, ms a 1000 characters": 36,
        "map, ms a claim": 1,
        "validate, ms a claim": 2.6,
        "load, ms a claim": 8.64,
        "find, ms a claim": 0.36,
        "store on disk, bytes a claim": 50_000,
    }
    assert capacity.reckon(100_000_000, known) == [
        "100,000,000",
        "10,000,000",
        "100 h",
        "100 h",
        "9",
        "240 h",
        "10.0 h",
        "5.00 TB",
        "10",
    ]
