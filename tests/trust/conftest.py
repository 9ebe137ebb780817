"""The figures of the trust suites, printed at the end of a run."""

from __future__ import annotations

import pytest

from trust.scale import FIGURES


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    if FIGURES:
        terminalreporter.section("trust")
        for figure, number in FIGURES.items():
            terminalreporter.write_line(f"{number:>8} {figure}")
