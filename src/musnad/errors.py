"""Errors a user can meet: each has a code, says what was found and where, and what to do about it.

The code is a heading in docs/errors.md; a test compares the two.
"""

from __future__ import annotations


class MusnadError(Exception):
    """What a user can mend: `code`, `what` was found, `where`, and the `remedy`."""

    code = "M000"

    def __init__(self, what: str, *, where: str = "", remedy: str = "") -> None:
        self.what = what
        self.where = where
        self.remedy = remedy
        super().__init__(what)

    def __str__(self) -> str:
        place = f"{self.where}: " if self.where else ""
        remedy = f"\n  {self.remedy}" if self.remedy else ""
        return f"{self.code} {place}{self.what}{remedy}"
