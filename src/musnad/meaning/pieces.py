"""The words of a text as values are read from them: hyphens and possessives cut off, clitics on request."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Generic, NamedTuple, TypeVar

from musnad.text.folding import Folded, fold
from musnad.text.tokens import Token, tokenize

__all__ = ["Phrases", "Pieces", "Stem", "cut_clitics", "cut_pieces"]

T = TypeVar("T")

SENTENCE_ENDS = frozenset(".!?؟…\n")


@dataclass(frozen=True, slots=True)
class Pieces:
    """The pieces of a text in parallel columns, offsets into the folded text.

    `kind` is word, number, mark or break; `glued` says that no space stands before the piece;
    `sentence` counts sentences, for what may not reach beyond one.
    """

    folded: Folded
    text: Sequence[str]
    start: Sequence[int]
    end: Sequence[int]
    kind: Sequence[str]
    capital: Sequence[bool]
    glued: Sequence[bool]
    sentence: Sequence[int] = field(repr=False)

    def __len__(self) -> int:
        return len(self.text)

    def word(self, index: int) -> str:
        """Give the text of a piece, or nothing beyond either end."""
        return self.text[index] if 0 <= index < len(self.text) else ""

    def same_sentence(self, left: int, right: int) -> bool:
        """Whether two pieces exist and stand in one sentence."""
        return left >= 0 and right < len(self.text) and self.sentence[left] == self.sentence[right]

    def raw_span(self, first: int, last: int, *, cut: int = 0) -> tuple[int, int, str]:
        """Give start, end and words in the untouched text of the pieces `first` to `last` inclusive.

        `cut` code points of the first piece (its clitics) are left out.
        """
        start, end = self.folded.raw_span(self.start[first] + cut, self.end[last])
        return start, end, self.folded.raw[start:end]


def cut_pieces(folded: Folded, tokens: Sequence[Token] | None = None) -> Pieces:
    """Cut a text into pieces.

    >>> pieces = cut_pieces(fold("Oman's F-16, 25-year-old; mid-2014"))
    >>> " ".join(pieces.text)
    'oman f 16 , 25 year old ; mid 2014'
    """
    text: list[str] = []
    start: list[int] = []
    end: list[int] = []
    kind: list[str] = []
    capital: list[bool] = []
    glued: list[bool] = []
    sentence: list[int] = []
    raw, offsets = folded.raw, folded.offsets
    count = 0
    last = -1
    for token in tokenize(folded) if tokens is None else tokens:
        if token.kind == "word" and ("-" in token.text or "'" in token.text):
            for piece, at in _parts(token):
                text.append(piece)
                start.append(at)
                end.append(at + len(piece))
                kind.append("number" if piece.isdecimal() else "word")
                capital.append(raw[offsets[at]].isupper())
                glued.append(at == last or at > token.start)
                sentence.append(count)
        else:
            text.append(token.text)
            start.append(token.start)
            end.append(token.end)
            kind.append(token.kind)
            capital.append(token.capital)
            glued.append(token.start == last)
            sentence.append(count)
            if token.text[0] in SENTENCE_ENDS:
                count += 1
            elif token.kind == "number" and len(text) >= 3 and text[-2] == "." and _is_short(text[-3]):
                sentence[-1] = count = sentence[-3]  # "Dec. 18": the point did not end the sentence
        last = token.end
    return Pieces(folded, text, start, end, kind, capital, glued, sentence)


def _is_short(word: str) -> bool:
    return len(word) <= 4 and "a" <= word[0] <= "z"


def _parts(token: Token) -> Iterator[tuple[str, int]]:
    at = token.start
    for part in token.text.removesuffix("'s").split("-"):
        if part:
            yield part, at
        at += len(part) + 1


class Stem(NamedTuple):
    """An Arabic word without its clitics: how many code points are cut off, what is left, and the clitics."""

    cut: int
    text: str
    clitics: str


@lru_cache(maxsize=65536)
def cut_clitics(word: str) -> tuple[Stem, ...]:
    """Give the ways to cut conjunctions and prepositions off an Arabic word.

    The uncut word comes first. Where the article's alef is not written (للسودان) nothing can be cut, and the
    stem is given with its article.

    >>> [stem.text for stem in cut_clitics("وبحمص")]
    ['وبحمص', 'بحمص', 'حمص']
    >>> cut_clitics("للسودان")[-1]
    Stem(cut=0, text='السودان', clitics='لل')
    """
    cuts = [Stem(0, word, "")]
    if not "\u0620" <= word[:1] <= "\u06ff":
        return tuple(cuts)
    if word[0] in "وف" and len(word) > 2:
        cuts.append(Stem(1, word[1:], word[0]))
    for cut, rest, clitics in tuple(cuts):
        if rest[0] in "بكل" and len(rest) > 2:
            if rest.startswith("لل") and len(rest) > 4:
                cuts.append(Stem(cut, "ال" + rest[2:], clitics + "لل"))
            else:
                cuts.append(Stem(cut + 1, rest[1:], clitics + rest[0]))
    return tuple(cuts)


class Phrases(Generic[T]):
    """A table of phrases of one word or more, found by their first word, the longest first."""

    def __init__(self, entries: Iterable[tuple[str, T]]) -> None:
        table: dict[str, list[tuple[tuple[str, ...], T]]] = {}
        for phrase, value in entries:
            words = tuple(cut_pieces(fold(phrase)).text)
            if words:
                table.setdefault(words[0], []).append((words[1:], value))
        for found in table.values():
            found.sort(key=lambda entry: -len(entry[0]))
        self._table = table

    @property
    def first_words(self) -> frozenset[str]:
        """The words that phrases begin with."""
        return frozenset(self._table)

    def __contains__(self, word: object) -> bool:
        """Whether a phrase begins with the word."""
        return word in self._table

    def longest(self, pieces: Pieces, at: int, first: str | None = None) -> tuple[int, T] | None:
        """Give the piece after the longest phrase that begins at `at`, with its value.

        `first` stands for the piece at `at`, without its clitics.
        """
        found = self._table.get(pieces.text[at] if first is None else first)
        if found:
            for rest, value in found:
                end = at + 1 + len(rest)
                if not rest or tuple(pieces.text[at + 1 : end]) == rest:
                    return end, value
        return None

    def before(self, pieces: Pieces, at: int) -> tuple[int, int, T] | None:
        """Give first piece, clitics cut and value of the longest phrase that ends before the piece `at`."""
        for first in range(max(0, at - 4), at):
            for cut, stem, _ in cut_clitics(pieces.text[first]):
                found = self._table.get(stem)
                if found:
                    for rest, value in found:
                        if first + 1 + len(rest) == at and tuple(pieces.text[first + 1 : at]) == rest:
                            return first, cut, value
        return None
