"""An English cue with its complement, before its content is closed."""

from __future__ import annotations

from dataclasses import dataclass, field

from musnad.speech.english_words import Line
from musnad.speech.lexicon import CueForm
from musnad.speech.proposals import Mention

__all__ = ["Anchor", "quotation_end"]


@dataclass(slots=True)
class Anchor:
    """A cue with its complement, before its content is closed.

    `side` says where the content stands (after, before the cue, or fixed); `clause` is where this one ends
    another's content, if `breaks`.
    """

    form: CueForm
    cue: tuple[int, int]
    kind: str
    side: str
    start: int
    end: int
    clause: int
    breaks: bool
    subject: Mention | None
    rules: list[str]
    shape: str
    negated: bool = False
    resume: int = 0
    relays: list[tuple[Mention, tuple[int, int] | None]] = field(default_factory=list)


def quotation_end(line: Line, index: int, end: int) -> int:
    """Give where contents of a cue inside a quotation must end."""
    inside = line.inside[index]
    return min(end, line.quoted[inside]) if inside >= 0 else end
