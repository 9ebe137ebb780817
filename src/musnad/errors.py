"""Errors a user can meet: each has a code, says what was found and where, and what to do about it.

The code is a heading in docs/errors.md; a test compares the two.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass


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


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing that is wrong: `where` a reader would look, `what` is found there, and the `remedy`."""

    where: str
    what: str
    remedy: str

    def __str__(self) -> str:
        return f"{self.where}: {self.what} {self.remedy}".rstrip()


class UnreadableRecord(MusnadError):
    """The file is not JSON in UTF-8, or the article text it names cannot be read."""

    code = "M101"


class InvalidRecord(MusnadError):
    """The record breaks its form or contradicts its article; `problems` lists every way it does."""

    code = "M102"

    def __init__(self, problems: Sequence[Problem], *, where: str = "") -> None:
        self.problems = tuple(problems)
        count = len(self.problems)
        super().__init__(
            f"{count} {'problem' if count == 1 else 'problems'} in this record; nothing was stored",
            where=where,
            remedy="\n  ".join(str(problem) for problem in self.problems),
        )
