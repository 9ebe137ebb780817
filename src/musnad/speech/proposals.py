"""What a language module hands on: statements found, spans in tokens, sources not yet settled."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Protocol

from musnad.speech.lexicon import Lexicon
from musnad.text.folding import Folded
from musnad.text.segments import Paragraph
from musnad.text.tokens import Token

__all__ = ["MOST_CUES", "Mention", "Passage", "Proposal", "Reader"]

# Beyond so many cues no writer meant one sentence (five are the most we have met): what follows is read as
# another, so that contents which all run on to its end do not pile up, and cost stays linear in the text.
MOST_CUES = 12


@dataclass(frozen=True, slots=True)
class Mention:
    """A noun phrase that can speak, as a token range.

    `head` is the head noun's lemma (empty for a bare name), `key` the content words that identify it, `name`
    the words of a proper name in it, `title` those before the name. `canonical` is its own fullest form.
    `short` are the words in brackets by which the text goes on to name it: منظمة السلام الأخضر (غرينبيس).
    """

    start: int
    end: int
    kind: str
    canonical: str
    head: str = ""
    key: frozenset[str] = frozenset()
    name: tuple[str, ...] = ()
    gender: str = ""
    number: str = ""
    definite: bool = False
    pronoun: bool = False
    short: frozenset[str] = frozenset()
    skip: int = 0  # letters of the first token that are not its own: the ل of لمصدر, the و of والوزير


@dataclass(slots=True)
class Proposal:
    """A statement found: everything but the settled speaker. Ranges are token ranges.

    `start` is where the clause that carries the cue begins, so that another's content ends before it.
    """

    paragraph: int
    sentence: int
    start: int
    cue: tuple[int, int] | None
    content: tuple[tuple[int, int], ...]
    lemma: str
    shape: str
    kind: str
    source: Mention | None = None
    relays: list[tuple[Mention, tuple[int, int] | None]] = field(default_factory=list)
    polarity: str = "affirmed"
    modality: str = ""
    mode: str = "indirect"
    negated: bool = False
    skip: int = 0  # letters of the content's first token that belong to the marker (بضرب: the ب)
    gender: str = ""
    number: str = ""
    nested: bool = False
    rules: list[str] = field(default_factory=list)


@dataclass(frozen=True, slots=True, eq=False)
class Passage:
    """A text cut up for reading."""

    folded: Folded
    tokens: tuple[Token, ...]
    paragraphs: tuple[Paragraph, ...]
    language: str

    def words(self, start: int, end: int) -> str:
        """Give the untouched text of a token range, trimmed to its words."""
        if start >= end:
            return ""
        return self.folded.raw[
            slice(*self.folded.raw_span(self.tokens[start].start, self.tokens[end - 1].end))
        ]


class Reader(Protocol):
    """What `arabic` and `english` both offer; `lexicon` is the language's own."""

    def find_statements(self, passage: Passage, lexicon: Lexicon) -> list[Proposal]:
        """Give the statements of a passage in text order, sources as mentioned or left open."""

    def find_actors(
        self, passage: Passage, lexicon: Lexicon, paragraph: int, sentence: int, *, stop: int | None = None
    ) -> list[Mention]:
        """Give the mentions in a sentence, up to token `stop`, that could be the subject of what follows."""

    def clean_content(self, passage: Passage, lexicon: Lexicon, start: int, end: int) -> tuple[int, int]:
        """Trim an outlet's own sentence to what it says; an empty range if it says nothing."""
