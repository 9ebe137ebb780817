"""Texts made to hurt, as long as wanted: the patterns of hostile.yaml, for tests and benchmarks."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path

import yaml

PATTERNS = Path(__file__).with_name("hostile.yaml")


@dataclass(frozen=True, slots=True)
class Pattern:
    """A text that repeats itself; see hostile.yaml for the fields."""

    name: str
    language: str
    unit: str
    before: str = ""
    after: str = ""
    back: str = ""
    deep: bool = False

    def text(self, size: int) -> str:
        """Give the text in `size` code points, or up to a unit more."""
        once = len(self.unit) + len(self.back)
        times = max(0, size - len(self.before) - len(self.after)) // once + 1
        if self.deep:
            return f"{self.before}{self.unit * times}{self.back * times}{self.after}"
        return f"{self.before}{(self.unit + self.back) * times}{self.after}"


@cache
def hostile_patterns() -> tuple[Pattern, ...]:
    """Give the patterns in their order."""
    return tuple(Pattern(**row) for row in yaml.safe_load(PATTERNS.read_text(encoding="utf-8")))
