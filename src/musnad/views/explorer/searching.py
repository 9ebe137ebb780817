"""Words looked for in many short texts: which of them hold all, in any Arabic spelling."""

from __future__ import annotations

from array import array
from bisect import bisect_right
from collections.abc import Iterable, Iterator

from musnad.text.folding import fold_text


class WordIndex:
    """Tells which numbered texts hold some words, each anywhere in a word of the text, as if all were read.

    What is kept is every distinct word once, and for each the numbers of the texts that it is in.

    >>> index = WordIndex([(4, words_in("قاعدة البحر الأحمر")), (7, words_in("The base at Tell al-Zahr"))])
    >>> index.find("احمر قاعده"), index.find("zahr"), index.find("")
    ({4}, {7}, None)
    """

    def __init__(self, texts: Iterable[tuple[int, Iterable[str]]]) -> None:
        postings: dict[str, array[int]] = {}
        for number, words in texts:
            for word in words:
                found = postings.get(word)
                if found is None:
                    found = postings[word] = array("I")
                found.append(number)
        self._postings = list(postings.values())
        # All words in one text, each on a line of its own: looked through faster than one after the other.
        self._words = "\n".join(postings)
        self._starts = array("I")
        start = 0
        for word in postings:
            self._starts.append(start)
            start += len(word) + 1

    def find(self, words: str) -> set[int] | None:
        """Give the numbers of the texts that hold all the words; None where no word is given."""
        found: set[int] | None = None
        for word in fold_text(words).split():
            holding: set[int] = set().union(*(self._postings[line] for line in self._lines(word)))
            found = holding if found is None else found & holding
        return found

    def _lines(self, word: str) -> Iterator[int]:
        """Give the number of each kept word that `word` occurs in."""
        at = self._words.find(word)
        while at >= 0:
            line = bisect_right(self._starts, at) - 1
            yield line
            if line + 1 == len(self._starts):
                break
            at = self._words.find(word, self._starts[line + 1])


def words_in(*texts: str) -> frozenset[str]:
    """Give the words of texts, folded, each once."""
    return frozenset(word for text in texts for word in fold_text(text).split())
