"""What every error has."""

from __future__ import annotations

from dataclasses import dataclass, field


class MusnadError(Exception):
    """What a user can mend: `code`, `what` was found, `where`, and the `remedy`."""

    code = "M000"

    def __init__(self, what: str, *, where: str = "", remedy: str = "") -> None:
        self.what = what
        self.where = where
        self.remedy = remedy
        super().__init__(what)

    def _render_traceback_(self) -> list[str]:
        """Tell IPython what to show in a notebook: what to mend, and not the way through our code."""
        return str(self).splitlines()

    def __str__(self) -> str:
        place = f"{self.where}: " if self.where else ""
        remedy = f"\n  {self.remedy}" if self.remedy else ""
        return f"{self.code} {place}{self.what}{remedy}"


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing that is wrong: `where` a reader would look, `what` is found there, and the `remedy`.

    `path` is the property concerned, where a shape found it; it tells programs what `where` tells people.
    """

    where: str
    what: str
    remedy: str
    path: str = field(default="", compare=False, repr=False)

    def __str__(self) -> str:
        return f"{self.where}: {self.what} {self.remedy}".rstrip()
