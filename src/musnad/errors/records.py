"""Errors of records (M1xx)."""

from __future__ import annotations

from collections.abc import Sequence

from musnad.errors.base import MusnadError, Problem


class UnreadableRecord(MusnadError):
    """The file is not JSON in UTF-8, or the article text it names cannot be read."""

    code = "M101"


class InvalidRecord(MusnadError):
    """The record breaks its form or contradicts its article; `problems` lists every way it does.

    `in_arabic` lists the same in Arabic, where shapes and checks told it, and otherwise nothing.
    """

    code = "M102"

    def __init__(
        self, problems: Sequence[Problem], *, where: str = "", in_arabic: Sequence[Problem] = ()
    ) -> None:
        self.problems = tuple(problems)
        self.in_arabic = tuple(in_arabic)
        count = len(self.problems)
        super().__init__(
            f"{count} {'problem' if count == 1 else 'problems'} in this record; nothing was stored",
            where=where,
            remedy="\n  ".join(str(problem) for problem in self.problems),
        )


class TextMismatch(MusnadError):
    """Two records that are to be compared are of different texts."""

    code = "M103"
