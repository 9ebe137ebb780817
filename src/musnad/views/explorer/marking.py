"""Marks on a text: overlapping spans cut into stretches, each with all that covers it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import pairwise


@dataclass(frozen=True, slots=True)
class Mark:
    """A span of the text (code points, half open), the part it plays and the statement it belongs to."""

    start: int
    end: int
    part: str
    statement: str


@dataclass(frozen=True, slots=True)
class Stretch:
    """A stretch of the text that the same marks cover: its words, and those marks."""

    start: int
    text: str
    marks: tuple[Mark, ...]

    @property
    def parts(self) -> list[str]:
        """The parts that the stretch plays, each once, in order."""
        return sorted({mark.part for mark in self.marks})

    @property
    def overlaps(self) -> bool:
        """Whether it plays more than one part, or what it says belongs to more than one statement."""
        contents = [mark for mark in self.marks if mark.part == "content"]
        return len(self.parts) > 1 or len(contents) > 1

    @property
    def statements(self) -> list[str]:
        """The statements that the stretch belongs to, each once, in order of the text."""
        return list(dict.fromkeys(mark.statement for mark in self.marks))


def cut(text: str, marks: Iterable[Mark]) -> list[Stretch]:
    """Cut a text where marks begin and end; the stretches in order are the text, to the character.

    >>> [(s.text, s.parts) for s in cut("abcde", [Mark(0, 3, "x", "s1"), Mark(2, 4, "y", "s1")])]
    [('ab', ['x']), ('c', ['x', 'y']), ('d', ['y']), ('e', [])]
    """
    marks = sorted(marks, key=lambda mark: (mark.start, -mark.end, mark.statement, mark.part))
    edges = sorted({0, len(text), *(edge for mark in marks for edge in (mark.start, mark.end))})
    edges = [edge for edge in edges if 0 <= edge <= len(text)]
    stretches = []
    active: list[Mark] = []
    waiting = iter(marks)
    coming = next(waiting, None)
    for start, end in pairwise(edges):
        active = [mark for mark in active if mark.end > start]
        while coming is not None and coming.start <= start:
            if coming.end > start:
                active.append(coming)
            coming = next(waiting, None)
        stretches.append(Stretch(start, text[start:end], tuple(active)))
    return stretches
