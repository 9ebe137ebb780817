"""Words, numbers and marks of a folded text, with the clitics a word may carry."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal, NamedTuple

from musnad.text.folding import Folded

__all__ = ["Reading", "Token", "readings", "tokenize"]

TokenKind = Literal["word", "number", "mark", "break"]

# An Arabic word ends before a digit (و500); a Latin one may hold digits (F-16).
# One pass, no alternative can start where another left off half-way: linear in the length of the text.
_TOKEN = re.compile(
    r"(?P<word>[\u0620-\u064a\u066e-\u06d3\u06d5\u06fa-\u06ff]+|(?:[a-z]\.){2,6}(?![^\W\d_])|[^\W\d_]\w*(?:['\-][^\W_]\w*)*|\d+(?:-[^\W\d_]\w*)+)"
    r"|(?P<number>\d+(?:[.,]\d+)*)"
    r"|(?P<break>\n+)"
    r"|(?P<mark>\.{2,}|[^\w\s]|_+)"
)

_CONJUNCTIONS = ("و", "ف")
_PREFIXES = ("ب", "ل", "ك", "س")
_ENCLITICS = ("ه", "ها", "هم", "هن", "هما", "ك", "كم", "كن", "كما", "ي", "ني", "نا")


@dataclass(frozen=True, slots=True)
class Reading:
    """One way to cut an Arabic word: proclitics in order, stem, pronoun suffix (empty if none)."""

    proclitics: tuple[str, ...]
    stem: str
    enclitic: str = ""

    @property
    def definite(self) -> bool:
        """Whether the article is among the proclitics."""
        return "ال" in self.proclitics


class Token(NamedTuple):
    """A word, number, mark or line break at `text[start:end]` of the folded text."""

    start: int
    end: int
    text: str
    kind: TokenKind
    capital: bool = False  # the raw word begins with a capital letter

    @property
    def readings(self) -> tuple[Reading, ...]:
        """The ways to cut the word, the uncut one first; for a number, mark or break only that one."""
        return readings(self.text) if self.kind == "word" else (Reading((), self.text),)


@lru_cache(maxsize=65536)
def readings(word: str) -> tuple[Reading, ...]:
    """Give the ways to cut a folded Arabic word by the closed list of clitics; many are idle.

    A caller looks for a stem it knows. Stems keep at least two letters, and a stem that ends in ت before a
    suffix is also given with ه, as ta marbuta folds.

    >>> [("+".join(r.proclitics), r.stem, r.enclitic) for r in readings("وقالت")]
    [('', 'وقالت', ''), ('و', 'قالت', '')]
    >>> [(r.stem, r.enclitic) for r in readings("رئيسته")]
    [('رئيسته', ''), ('رئيست', 'ه'), ('رئيسه', 'ه')]
    """
    cuts: list[Reading] = []
    for proclitics, rest in _proclitics(word):
        cuts.append(Reading(proclitics, rest))
        if "ال" in proclitics or not _arabic(rest):
            continue
        for suffix in _ENCLITICS:
            if len(rest) - len(suffix) >= 2 and rest.endswith(suffix):
                stem = rest[: -len(suffix)]
                cuts.append(Reading(proclitics, stem, suffix))
                if stem.endswith("ت") and len(stem) > 2:
                    cuts.append(Reading(proclitics, stem[:-1] + "ه", suffix))
    return tuple(cuts)


def _proclitics(word: str) -> Iterator[tuple[tuple[str, ...], str]]:
    yield (), word
    if not _arabic(word):
        return
    heads: list[tuple[tuple[str, ...], str]] = [((), word)]
    if word[0] in _CONJUNCTIONS and len(word) > 2:
        heads.append(((word[0],), word[1:]))
        yield heads[-1]
    for before, rest in heads:
        if rest.startswith("ال") and len(rest) > 3:
            yield (*before, "ال"), rest[2:]
        if rest.startswith("لل") and len(rest) > 3:
            # The article loses its alef after li-; before a stem in lam one lam is not written either.
            yield (*before, "ل", "ال"), rest[2:]
            yield (*before, "ل", "ال"), rest[1:]
        if rest[0] in _PREFIXES and len(rest) > 2:
            yield (*before, rest[0]), rest[1:]
            if rest[1:3] == "ال" and rest[0] in "بك" and len(rest) > 4:
                yield (*before, rest[0], "ال"), rest[3:]


def _arabic(word: str) -> bool:
    return "\u0620" <= word[0] <= "\u06ff"


def tokenize(folded: Folded) -> tuple[Token, ...]:
    """Cut a folded text into tokens; every code point that is not white space is in exactly one of them.

    >>> from musnad.text.folding import fold
    >>> [token.text for token in tokenize(fold("قال: «1,200 جندي». U.S. Vice-President's"))]
    ['قال', ':', '"', '1,200', 'جندي', '"', '.', 'u.s.', "vice-president's"]
    """
    raw, offsets = folded.raw, folded.offsets
    tokens = []
    for match in _TOKEN.finditer(folded.text):
        start, end = match.span()
        kind: TokenKind = match.lastgroup  # type: ignore[assignment]
        capital = kind == "word" and raw[offsets[start]].isupper()
        tokens.append(Token(start, end, match.group(), kind, capital))
    return tuple(tokens)
