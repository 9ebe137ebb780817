"""How hard the trust suites try, and the figures they print: `make trust` tries more than `make test`."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Callable, Sequence
from typing import Final, TypeVar

from hypothesis import HealthCheck, settings

from musnad.errors import MusnadError

T = TypeVar("T")

THOROUGH: Final = os.environ.get("MUSNAD_TRUST") == "1"

FIGURES: Final[Counter[str]] = Counter()
"""What was tried, by what it is called in the summary: kills survived, inputs fuzzed and so on."""


def tried(figure: str, number: int = 1) -> None:
    """Count something that was tried, and went as it should."""
    FIGURES[figure] += number


def few(cases: Sequence[T], number: int = 2) -> list[T]:
    """Give the first cases alone, and all of them under `make trust`: each starts programs of its own."""
    return list(cases) if THOROUGH else list(cases[:number])


def attempt(do: Callable[[], T]) -> T | None:
    """Give what a function gives, or None where it raises a coded error with a remedy that can be printed."""
    try:
        return do()
    except MusnadError as error:
        if not error.remedy:
            raise
        str(error).encode()
        return None


def examples(few: int, *, factor: int = 10) -> settings:
    """Give hypothesis settings for so many examples, and `factor` times as many under `make trust`."""
    return settings(
        max_examples=few * factor if THOROUGH else few,
        deadline=None,
        suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture],
    )
