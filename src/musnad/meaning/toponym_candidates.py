"""Names of places as they stand in a text, with the evidence beside each, before any is believed."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from musnad.meaning.gazetteer import Gazetteer, Index, Name
from musnad.meaning.pieces import Pieces, cut_clitics
from musnad.meaning.wordlists import Wordlists

__all__ = ["ARABIC", "KINDS", "Candidate", "Context", "least_evidence", "longest_name"]

# Where Arabic letters begin: every piece below is Latin, Greek or Cyrillic.
ARABIC = "\u0600"
# What a trigger word of place-words.tsv lets a name be, as the kinds of the gazetteer.
KINDS = {
    "town": "tds",
    "district": "dt",
    "governorate": "gr",
    "country": "c",
    "site": "stdg",
    "water": "w",
    "any": "cgdtsrw",
}


@dataclass(frozen=True, slots=True)
class Candidate:
    """A name at the pieces `first` to `last`, `cut` code points of clitics left out.

    `names` are the places it may be, none for one that only a trigger word gives away. `evidence` is the
    least that any of them asks (s, m, w); `rule` is what was found beside it, empty when nothing was;
    `kinds` are the kinds of place a trigger word allows, `several` that it announces a list (بلدتي). `joined`
    says that a conjunction stands on it; `called` is the English name of a road, after the place it leads to.
    """

    first: int
    last: int
    cut: int
    names: tuple[Name, ...]
    evidence: str
    key: str
    rule: str = ""
    kinds: str = ""
    called: str = ""
    joined: bool = False
    latin: bool = False
    several: bool = False


@dataclass(frozen=True, slots=True)
class Context:
    """What a reader of names needs: the text, the tables, the gazetteer, and the headlines in title case."""

    pieces: Pieces
    words: Wordlists
    gazetteer: Gazetteer
    headlines: frozenset[int]

    def is_in(self, name: str, word: str) -> bool:
        """Whether a class of place-words.tsv has a phrase that begins with the word."""
        return bool(word) and word in self.words.place_words.get(name, ())

    def has_stem(self, name: str, word: str) -> bool:
        """Whether a word belongs to a class of place-words.tsv, its clitics aside."""
        return bool(word) and any(self.is_in(name, stem) for _, stem, _ in cut_clitics(word))

    def phrase(self, name: str, at: int, first: str | None = None) -> tuple[int, str] | None:
        """Give the end and the value of the phrase of a class that begins at a piece."""
        table = self.words.place_words.get(name)
        return (
            table.longest(self.pieces, at, first)
            if table is not None and at < len(self.pieces.text)
            else None
        )

    def phrase_before(self, name: str, at: int) -> tuple[int, int, str] | None:
        """Give first piece, clitics and value of the phrase of a class that ends before a piece."""
        table = self.words.place_words.get(name)
        found = table.before(self.pieces, at) if table is not None else None
        return found if found is not None and self.pieces.same_sentence(found[0], at) else None

    def key(self, first: int, last: int, cut: int = 0) -> str:
        """Give the folded words of a name, by which it is known again elsewhere in the article."""
        text = self.pieces.text
        return " ".join([text[first][cut:], *text[first + 1 : last + 1]])


def least_evidence(names: Iterable[Name]) -> str:
    """Give the least evidence that any of the names asks for."""
    return min((name.evidence for name in names), key="smw".index)


def longest_name(index: Index, first: str, words: Sequence[str], at: int) -> tuple[int, list[Name]] | None:
    """Find the longest name that begins with `first` and goes on with `words[at:]`, and where it ends."""
    for rest, names in index.get(first, ()):
        end = at + len(rest)
        if not rest or tuple(words[at:end]) == rest:
            return end - 1, names
    return None
