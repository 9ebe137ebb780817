"""What an English word is to the reader of speech: cue form, source head, word classes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from musnad.speech.lexicon import CueForm, Head, Lexicon
from musnad.speech.proposals import Passage

__all__ = ["Line", "Word", "describe"]


@dataclass(frozen=True, slots=True)
class Word:
    """A word with its genitive off (`stem`); `verb` says that it cannot stand in a noun phrase."""

    text: str
    stem: str
    possessive: bool = False
    capital: bool = False
    kind: str = "word"
    cues: tuple[CueForm, ...] = ()
    head: Head | None = None
    classes: frozenset[str] = frozenset()
    given: bool = False
    named: bool = False

    def shaped(self, *shapes: str) -> CueForm | None:
        """Give the form of one of those shapes, if the word can be one."""
        for form in self.cues:
            if form.shape in shapes:
                return form
        return None

    def is_in(self, *classes: str) -> bool:
        """Whether the word is in one of the classes."""
        return bool(self.classes) and not self.classes.isdisjoint(classes)


@dataclass(frozen=True, slots=True)
class Line:
    """A passage with its words described.

    `quoted[i]` is the closing mark of the quotation that token i opens; `inside[i]` the opening mark of the
    quotation that token i stands in, or -1.
    """

    passage: Passage
    words: Sequence[Word]
    lexicon: Lexicon
    quoted: dict[int, int]
    inside: Sequence[int]


@lru_cache(maxsize=131072)
def describe(text: str, capital: bool, kind: str, lexicon: Lexicon) -> Word:
    """Describe a folded word by the lexicon.

    >>> from musnad.speech.lexicon import load_lexicon
    >>> word = describe("spokesman's", False, "word", load_lexicon("en"))
    >>> word.stem, word.possessive, word.head.kind
    ('spokesman', True, 'office')
    """
    capital = capital or text.startswith("al-")
    if text == "who" and capital:
        return Word("w.h.o.", "w.h.o.", capital=True)  # the organisation, not the pronoun
    possessive = text.endswith("'s") and len(text) > 3
    stem = text[:-2] if possessive else text
    classes = frozenset(name for name, members in lexicon.words.items() if text in members)
    head = lexicon.heads.get(stem)
    last = stem.rsplit("-", 1)[-1]
    if head is None and last != stem:
        head = lexicon.heads.get(last)
    if stem == "us" and capital:
        classes = classes - {"pronoun"}
    if head is not None and head.note == "capital" and not capital:
        head = None
    given = capital and stem in lexicon.given_names
    named = capital and any(len(parts) == 1 for parts, _ in lexicon.names.get(stem, ()))
    cues = () if possessive else lexicon.cues.get(text, ())
    return Word(text, stem, possessive, capital, kind, cues, head, classes, given, named)
