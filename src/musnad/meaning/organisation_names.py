"""Organisations that no table knows: their names say what they are, or how they are called for short.

A body is read only where its form says that it is a name: capitals that end in Council or Party, an Arabic
head before quotation marks, a definite head with the adjective of a state, or a short name in brackets.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from musnad.meaning.name_tables import Known, NameKind, NameTables, plain_words
from musnad.meaning.pieces import Pieces, cut_clitics
from musnad.meaning.wordlists import Wordlists
from musnad.speech.lexicon import Lexicon

__all__ = ["Body", "BodyReader"]

ARABIC = "\u0600"
LINKS = frozenset(["of", "for", "the", "and", "in", "on", "to", "de", "al"])
TAILS = frozenset(["of", "for", "on"])
# How many pieces a name may have, and the words a short name and one in quotation marks may have.
LONGEST, SHORT_WORDS, QUOTED = 10, 4, 4
MAKERS = ("organisation", "outlet")


@dataclass(frozen=True, slots=True)
class Body:
    """An organisation on the pieces `[first:end]`; `short` are the words that stand for it later."""

    first: int
    end: int
    cut: int
    kind: NameKind
    key: str
    short: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class BodyReader:
    """Reads the organisations of a text that no table needs to know.

    >>> from musnad.meaning.name_tables import load_names
    >>> from musnad.meaning.pieces import cut_pieces
    >>> from musnad.meaning.wordlists import load_wordlists
    >>> from musnad.speech.lexicon import load_lexicon
    >>> from musnad.text.folding import fold
    >>> pieces = cut_pieces(fold("The Northern Grain Board (NGB) met."))
    >>> reader = BodyReader(pieces, load_names(), load_wordlists(), load_lexicon("en"))
    >>> [(body.key, body.short) for body in reader.find_introduced()]
    [('Northern Grain Board', ('ngb',))]
    """

    pieces: Pieces
    tables: NameTables
    words: Wordlists
    lexicon: Lexicon

    @property
    def plain(self) -> frozenset[str]:
        """The words of closed classes, which stand in no name alone."""
        return plain_words(self.lexicon)

    def find_introduced(self) -> Iterator[Body]:
        """Yield the organisations with a short name in brackets: International Energy Agency (IEA)."""
        for at in range(1, len(self.pieces)):
            if self.pieces.text[at] == "(":
                yield from self._introduced(at)

    def _introduced(self, bracket: int) -> Iterator[Body]:
        pieces = self.pieces
        close = bracket + 1
        while close < len(pieces) and close - bracket <= SHORT_WORDS + 1 and pieces.kind[close] == "word":
            close += 1
        if close == bracket + 1 or close >= len(pieces) or pieces.text[close] != ")":
            return
        short = tuple(pieces.text[bracket + 1 : close])
        arabic = pieces.text[bracket - 1] >= ARABIC
        # (أحد البنوك): words with the article, heads and closed classes explain a name and shorten none.
        if arabic and any(self._explains(word) for word in short):
            return
        latin = len(short) == 1 and short[0] < ARABIC and pieces.raw_span(close - 1, close - 1)[2].isupper()
        if not latin and not arabic:
            return
        first, cut = self._arabic_first(bracket) if arabic else (self._english_first(bracket, short[0]), 0)
        if first < 0 or (latin and len(short[0]) < 2):
            return
        name = " ".join([pieces.text[first][cut:], *pieces.text[first + 1 : bracket]])
        known = self.tables.spelled.get(name) or self.tables.spelled.get(" ".join(short))
        if known is not None and known.kind == "capital":
            return
        yield self._named(first, bracket, cut, known, short)

    def _explains(self, word: str) -> bool:
        if word < ARABIC or word in self.tables.spelled:
            return False
        return word.startswith(("ال", "لل")) or word in self.lexicon.heads or word in self.plain

    def _named(
        self, first: int, end: int, cut: int, known: Known | None, short: tuple[str, ...] = ()
    ) -> Body:
        if known is not None:
            return Body(first, end, cut, known.kind, known.key, short)
        key = " ".join(self.pieces.raw_span(first, end - 1, cut=cut)[2].replace('"', "").split())
        return Body(first, end, cut, self._kind(first, end, cut), key, short)

    def _kind(self, first: int, end: int, cut: int) -> NameKind:
        """Tell movements, whose noun says so, from other bodies."""
        pieces, movement = self.pieces, self.tables.words.get("movement", frozenset())
        if pieces.text[first] >= ARABIC:
            return "group" if pieces.text[first][cut:].removeprefix("ال") in movement else "organisation"
        return "group" if any(word in movement for word in pieces.text[first:end]) else "organisation"

    def _english_first(self, bracket: int, short: str) -> int:
        """Give where the name before a bracket begins: its capitals make the short name, or say body."""
        pieces, starts = self.pieces, []
        for at in range(bracket - 1, max(-1, bracket - 1 - LONGEST), -1):
            if pieces.kind[at] != "word" or not (pieces.capital[at] or pieces.text[at] in LINKS):
                break
            if pieces.capital[at] and pieces.text[at] not in self.plain:
                starts.append(at)
                if len(starts) > 1 and "".join(pieces.text[part][0] for part in reversed(starts)) == short:
                    return at
        return starts[-1] if len(starts) > 1 and any(map(self._is_body, starts)) else -1

    def _is_body(self, at: int) -> bool:
        return self.pieces.capital[at] and self.pieces.text[at] in self.tables.words.get("body", frozenset())

    def _arabic_first(self, bracket: int) -> tuple[int, int]:
        """Give piece and clitics cut of the noun nearest before a bracket that names a body, or -1."""
        pieces = self.pieces
        for at in range(bracket - 1, max(-1, bracket - LONGEST), -1):
            if pieces.kind[at] != "word":
                break
            cut = self._head(at)
            if cut is not None and bracket - at > 1:
                # وزارة الدفاع: of two such nouns the first is the head.
                first = at
                while first > 0 and pieces.kind[first - 1] == "word":
                    before = self._head(first - 1)
                    if before is None:
                        break
                    first, cut = first - 1, before
                return first, cut
        return -1, 0

    def _head(self, at: int) -> int | None:
        """Give how many clitics to cut off an Arabic noun for a body, None where it is no such noun."""
        for cut, stem, clitics in cut_clitics(self.pieces.text[at]):
            head = self.lexicon.heads.get(stem) or self.lexicon.heads.get(stem.removeprefix("ال"))
            if head is None or head.lemma in self.tables.words.get("no-body", ()):
                continue
            if head.kind in MAKERS and head.number == "s" and clitics != "لل":
                return cut
        return None

    def read(self, at: int) -> Body | None:
        """Give the organisation that begins at a piece and whose form alone says that it is one."""
        if self.pieces.text[at] >= ARABIC:
            return self._quoted(at) or self._definite(at)
        return self._capitals(at)

    def _quoted(self, at: int) -> Body | None:
        """Read حركة "عطاء": a noun for a body, and its name in quotation marks."""
        pieces = self.pieces
        if pieces.word(at + 1) != '"' or pieces.text[at].endswith("ين"):
            return None
        cut = self._head(at)
        if cut is None or pieces.text[at][cut:].startswith("ال"):
            return None
        close = at + 2
        while close < len(pieces) and close - at <= QUOTED + 2 and pieces.kind[close] == "word":
            close += 1
        if close == at + 2 or pieces.word(close) != '"' or pieces.text[at + 2] in self.lexicon.cues:
            return None
        name = " ".join([pieces.text[at][cut:], *pieces.text[at + 2 : close]])
        known = self.tables.spelled.get(name) or self.tables.spelled.get(name.partition(" ")[2])
        key = " ".join(pieces.raw_span(part, part)[2] for part in range(at + 2, close))
        head = pieces.raw_span(at, at, cut=cut)[2]
        if known is None:
            return Body(at, close + 1, cut, self._kind(at, close, cut), f"{head} {key}")
        return Body(at, close + 1, cut, known.kind, known.key)

    def _definite(self, at: int) -> Body | None:
        """Read المجلس الأعلى العماني: a definite noun for a body that ends in the adjective of a state."""
        pieces = self.pieces
        cut = self._head(at)
        if cut is None or not pieces.text[at][cut:].startswith("ال"):
            return None
        end = at + 1
        while end < len(pieces) and end - at < SHORT_WORDS and pieces.text[end].startswith("ال"):
            end += 1
            if pieces.text[end - 1] in self.words.demonyms:
                return self._named(at, end, cut, None) if end - at > 2 else None
        return None

    def _capitals(self, at: int) -> Body | None:
        """Read a run of capitals that ends in a noun for a body, or goes on after it with "of" or "for"."""
        pieces = self.pieces
        if not pieces.capital[at] or pieces.text[at] in self.plain or pieces.text[at] in self.lexicon.heads:
            return None
        end, last = at, -1
        while end < len(pieces) and end - at < LONGEST and pieces.kind[end] == "word" and pieces.capital[end]:
            if self._is_body(end):
                last = end
            end += 1
        if last < at + 1:
            return None
        if last + 1 == end and pieces.word(end) in TAILS:
            tail = end + 1
            while tail < len(pieces) and tail - at < LONGEST and pieces.kind[tail] == "word":
                if not pieces.capital[tail]:
                    break
                tail += 1
            if tail > end + 1:
                return self._named(at, tail, 0, None)
        return self._named(at, last + 1, 0, None) if last + 1 == end else None
