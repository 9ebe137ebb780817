"""What stands between an Arabic cue and its source or complement: times, venues, addressees, asides."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from musnad.speech.arabic_words import Word
from musnad.speech.lexicon import Lexicon
from musnad.speech.proposals import Passage

__all__ = [
    "COMMAS",
    "Line",
    "addressee_end",
    "bracket_end",
    "is_addressee",
    "is_period",
    "is_venue",
    "listed_name",
    "skip_adjuncts",
]


COMMAS = frozenset("،,")


_TAILS = frozenset({"ماضي", "جاري", "مقبل", "ماضيه", "حالي", "موافق", "نفسه"})


@dataclass(frozen=True, slots=True)
class Line:
    """A passage with its words described.

    `quoted[i]` is the closing mark of the quotation that token i opens; `inside[i]` the opening mark of the
    quotation that token i stands in, or -1. `surnames` grows while the passage is read: last names of the
    persons met so far.
    """

    passage: Passage
    words: Sequence[Word]
    lexicon: Lexicon
    quoted: dict[int, int]
    inside: Sequence[int]
    surnames: set[str]


def skip_adjuncts(line: Line, start: int, end: int) -> int:
    """Give the first token from `start` on that is no comma, time, venue, addressee or aside in brackets."""
    index = start
    while index < end:
        after = _adjunct_end(line, index, end)
        if after == index:
            return index
        index = after
    return end


def _adjunct_end(line: Line, index: int, end: int) -> int:
    word = line.words[index]
    if word.text in COMMAS or word.text == "-" or word.rest in ("قد", "لقد") or "pronoun" in word.classes:
        return index + 1
    if word.text == "(":
        return bracket_end(line, index, end)
    if "time" in word.classes or is_period(line, index, end):
        return _time_end(line, index, end)
    if word.rest in ("خلال", "عقب", "عبر", "لدي", "اثناء", "اثر", "ضمن", "تعليقا", "ردا"):
        return _until_break(line, index + 1, end)
    if is_addressee(line, index):
        return addressee_end(line, index, end)
    if is_venue(line, index, end):
        dated = {"time", "month"} & line.words[index + 1].classes or line.words[index + 1].text.isdigit()
        return _time_end(line, index + 1, end) if dated else _until_break(line, index + 1, end)
    return index


def addressee_end(line: Line, index: int, end: int) -> int:
    """Give where an addressee ends: its own definite, quoted or Latin words, and one bare word of a title."""
    words = line.words
    listed = listed_name(line, index, end)
    if listed is None and index + 1 < end:
        listed = listed_name(line, index + 1, end)  # لوكالة رويترز
    after = listed[0] if listed is not None else index + 1
    bare = 0
    events = line.lexicon.word_class("event")
    while after < end:
        word = words[after]
        if word.text == '"' and line.quoted.get(after, end) - after < 7:
            after = line.quoted[after] + 1
            continue
        if word.text == "(":
            closing = bracket_end(line, after, end)
            if closing == after:
                return after
            after = closing
            continue
        latin = "a" <= word.text[:1] <= "z"
        if not (word.definite or latin or word.text in (".", "-")):
            bare += 1
            if (
                bare > 2
                or word.classes
                or word.that
                or word.cues
                or word.rest in events
                or not word.rest.isalpha()
            ):
                return after
        after += 1
    return end


def bracket_end(line: Line, index: int, end: int) -> int:
    """Give where a short aside in brackets ends; `index` itself if none closes near."""
    for after in range(index + 1, min(end, index + 9)):
        if line.words[after].text == ")":
            return after + 1
    return index


def is_period(line: Line, index: int, end: int) -> bool:
    """Whether a period is named: العام الماضي, عام 2014; العام alone is as often an adjective."""
    if "period" not in line.words[index].classes or index + 1 >= end:
        return False
    after = line.words[index + 1]
    return after.stem in _TAILS or after.text.isdigit()


def _time_end(line: Line, index: int, end: int) -> int:
    after = index + 1
    while after < end:
        word = line.words[after]
        if not (
            {"time", "month"} & word.classes or word.text.isdigit() or word.stem in _TAILS or word.text == "/"
        ):
            break
        after += 1
    return after


def _until_break(line: Line, index: int, end: int) -> int:
    """Run to the comma that closes an adjunct, or to what can only begin something else."""
    while index < end:
        word = line.words[index]
        if word.text in COMMAS:
            return index + 1
        if word.that or word.text == ":":
            return index
        if word.text == '"':
            if line.quoted.get(index, end) - index > 6:
                return index
            index = min(line.quoted.get(index, index), end - 1)
        index += 1
    return end


def is_venue(line: Line, index: int, end: int) -> bool:
    """Whether a venue begins here (في تصريح, عبر حسابه), as against a place that belongs to the source."""
    word = line.words[index]
    if index + 1 >= end:
        return False
    after = line.words[index + 1]
    if word.rest == "في":
        return bool({"venue", "time", "month"} & after.classes) or after.text.isdigit()
    if word.rest == "علي":
        return after.rest in (
            "هامش",
            "صفحته",
            "صفحتها",
            "حسابه",
            "حسابها",
            "موقعه",
            "موقعها",
            "تويتر",
            "فيسبوك",
            "منصه",
        )
    if word.rest == "من":
        return after.rest in (
            "جهته",
            "جهتها",
            "جهه",
            "جانبه",
            "جانبها",
            "ناحيته",
            "ناحيتها",
            "خلال",
            "جانب",
            "ناحيه",
        )
    return False


def is_addressee(line: Line, index: int) -> bool:
    """Whether the word says to whom it was told: لوكالة, للصحفيين, لرويترز, لـ CNN."""
    word = line.words[index]
    if word.rest == "ل":
        return True
    if not word.rest.startswith("ل") or len(word.rest) < 3:
        return False
    stem = word.rest[2:] if word.rest.startswith("لل") else word.rest[1:]
    if stem in line.lexicon.word_class("addressee") or stem.removeprefix("ال") in line.lexicon.word_class(
        "addressee"
    ):
        return True
    return any(kind == "outlet" for _, kind in line.lexicon.names.get(stem, ()))


def listed_name(line: Line, start: int, end: int) -> tuple[int, str] | None:
    """Give the end and kind of a listed name that begins at `start`, a clitic before it allowed."""
    word = line.words[start]
    for key in (word.rest, word.stem):
        for parts, kind in line.lexicon.names.get(key, ()):
            stop = start + len(parts)
            if stop <= end and all(line.words[start + n].text == parts[n] for n in range(1, len(parts))):
                return stop, kind
    return None
