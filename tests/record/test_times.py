"""EDTF expressions as earliest and latest days."""

from __future__ import annotations

from datetime import date

import pytest

from musnad.record.times import Bounds, read_bounds


def day(text: str | None) -> date | None:
    return None if text is None else date.fromisoformat(text)


@pytest.mark.parametrize(
    ("edtf", "bounds"),
    [
        ("2026", ("2026-01-01", "2026-12-31", "2026-01-01", "2026-12-31")),
        ("2024-02", ("2024-02-01", "2024-02-29", "2024-02-01", "2024-02-29")),
        ("2026-09-30", ("2026-09-30", "2026-09-30", "2026-09-30", "2026-09-30")),
        ("2025-10/2026-09", ("2025-10-01", "2025-10-31", "2026-09-01", "2026-09-30")),
        ("../2026-09", (None, None, "2026-09-01", "2026-09-30")),
        ("2026-09/..", ("2026-09-01", "2026-09-30", None, None)),
        ("2026-09/", ("2026-09-01", "2026-09-30", None, None)),
        ("2026-09-11/2026-09-11", ("2026-09-11", "2026-09-11", "2026-09-11", "2026-09-11")),
    ],
)
def test_bounds_are_the_first_and_last_days(edtf: str, bounds: tuple[str | None, ...]) -> None:
    assert read_bounds(edtf) == Bounds(*(day(bound) for bound in bounds))


@pytest.mark.parametrize(
    "edtf",
    ["", "..", "../..", "/", "soon", "2026-13", "2026-02-30", "2026-09/2026-08", "2026/2025-01-01", "26"],
)
def test_what_is_no_time_is_refused(edtf: str) -> None:
    with pytest.raises(ValueError, match=r"EDTF|interval"):
        read_bounds(edtf)
