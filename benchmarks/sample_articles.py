"""Made-up news articles to measure with, Arabic or English, as many as wanted and no two alike.

The sentences are the project's own: the paragraphs of tests/reading and the examples of the lexica. In every
article the numbers, the places, the weekdays and the names of persons are drawn anew, places from the
gazetteer and family names from invented syllables, so that no cache of words meets the same article twice.
Which article comes out depends on its number alone.
"""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from pathlib import Path

from musnad.speech.lexicon import LEXICA, read_table

__all__ = ["make_article_text", "make_text_of"]

TEXTS = Path(__file__).resolve().parents[1] / "tests" / "reading"
WORDS = 300
# One paragraph in so many is of examples from the lexica; they hold more frames than news does.
EXAMPLES = 4
_MARKS = str.maketrans("", "", "[]{}<>")
_NUMBER = re.compile(r"\d+(?:[.,]\d+)*")
_WORD = re.compile(r"[\w'-]+")
_SYLLABLES = {
    "ar": ("با", "تو", "جي", "حا", "دو", "را", "زي", "سا", "شو", "صا", "طي", "عا", "غو", "فا", "قي", "كا"),
    "en": ("bar", "den", "fol", "gan", "hel", "kor", "lin", "mar", "nel", "pos", "rad", "sten", "tov", "wil"),
}
_ENDINGS = {"ar": ("ني", "ري", "دي", "مي", "لي"), "en": ("er", "ov", "son", "ley", "ick")}


@dataclass(frozen=True, slots=True)
class _Language:
    """What articles of a language are made of; `families` are the last names that stand in the templates."""

    paragraphs: tuple[str, ...]
    examples: tuple[str, ...]
    places: tuple[str, ...]
    given: tuple[str, ...]
    weekdays: tuple[str, ...]
    families: frozenset[str]


@cache
def _language(code: str) -> _Language:
    paragraphs = tuple(
        paragraph
        for path in sorted(TEXTS.glob(f"*/{code}-*.txt"))
        for paragraph in path.read_text(encoding="utf-8").splitlines()
        if paragraph.strip()
    )
    tables = sorted((LEXICA / code).glob("*.tsv"))
    rows = (row.get("example", "").translate(_MARKS) for table in tables for row in read_table(table))
    given = tuple(row["name"] for row in read_table(LEXICA / code / "given-names.tsv"))
    return _Language(
        paragraphs,
        tuple(row if row.endswith(".") else f"{row}." for row in rows if len(row.split()) >= 4),
        tuple(_places(code)),
        given,
        tuple(row["name"] for row in read_table(LEXICA / code / "weekdays.tsv")),
        frozenset(_families(paragraphs, frozenset(given))),
    )


def _places(code: str) -> Iterator[str]:
    """Give the names of the gazetteer, as the language writes them, of one word that needs no evidence."""
    for row in read_table(LEXICA / "gazetteer.tsv"):
        name = row["arabic"].partition("|")[0] if code == "ar" else row["name"]
        if row["evidence"][code == "en"] == "s" and _WORD.fullmatch(name):
            yield name


def _families(paragraphs: tuple[str, ...], given: frozenset[str]) -> Iterator[str]:
    """Give the words that follow a given name and look like a last name."""
    for paragraph in paragraphs:
        words = _WORD.findall(paragraph)
        for first, last in pairwise(words):
            if first in given and (last.startswith("ال") or last.istitle()):
                yield last


class _Cast:
    """Who and what an article is about: the same name of a template is the same name throughout."""

    def __init__(self, code: str, seed: int) -> None:
        self.code, self.language = code, _language(code)
        self.random = random.Random(f"{code} {seed}")
        self.drawn: dict[str, str] = {}

    def vary(self, template: str) -> str:
        return _WORD.sub(lambda match: self._word(match[0]), _NUMBER.sub(self._number, template))

    def _number(self, match: re.Match[str]) -> str:
        if match[0].startswith("20") and len(match[0]) == 4:
            return str(self.random.randint(2012, 2026))
        return "".join(
            str(self.random.randint(1 if place == 0 else 0, 9)) if digit.isdigit() else digit
            for place, digit in enumerate(match[0])
        )

    def _word(self, word: str) -> str:
        drawers: tuple[tuple[frozenset[str], Callable[[], str]], ...] = (
            (self.language.families, self._family),
            (_known(self.code, "given"), lambda: self.random.choice(self.language.given)),
            (_known(self.code, "places"), lambda: self.random.choice(self.language.places)),
            (_known(self.code, "weekdays"), lambda: self.random.choice(self.language.weekdays)),
        )
        for known, draw in drawers:
            if word in known:
                return self.drawn.setdefault(word, draw())
        return word

    def _family(self) -> str:
        syllables = self.random.choices(_SYLLABLES[self.code], k=2)
        name = "".join(syllables) + self.random.choice(_ENDINGS[self.code])
        return f"ال{name}" if self.code == "ar" else name.title()


@cache
def _known(code: str, kind: str) -> frozenset[str]:
    return frozenset(getattr(_language(code), kind))


def make_article_text(code: str, number: int, words: int = WORDS) -> str:
    """Give the text of an article of about so many words, in paragraphs."""
    cast = _Cast(code, number)
    paragraphs: list[str] = []
    count = 0
    while count < words:
        if cast.random.randrange(EXAMPLES):
            template = cast.random.choice(cast.language.paragraphs)
        else:
            template = " ".join(cast.random.sample(cast.language.examples, 3))
        paragraphs.append(cast.vary(template))
        count += len(template.split())
    return "\n\n".join(paragraphs)


def make_text_of(code: str, size: int) -> str:
    """Give one article of `size` code points, its articles' paragraphs one after the other."""
    parts: list[str] = []
    length = number = 0
    while length < size:
        parts.append(make_article_text(code, number))
        length += len(parts[-1]) + 2
        number += 1
    return "\n\n".join(parts)[:size]
