"""What an Arabic cue governs: أن and its kin, a quotation, a colon; and what only looks so (بعد أن)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from musnad.speech.arabic_adjuncts import COMMAS, Line, skip_adjuncts
from musnad.speech.arabic_nouns import noun_phrase
from musnad.speech.arabic_words import ANONYMITY, PREPOSITIONS, Word
from musnad.speech.lexicon import CueForm

__all__ = ["Complement", "find_complement"]


_REACH = 60


_TURNS = frozenset({"فيما", "بينما", "لكن", "لكنه", "لكنها", "ولكن", "ولكنه"})


_TOWARDS = frozenset({"متوجها", "مخاطبا", "معلقا", "ردا", "متسائلا", "بالقول", "قائلا", "قائله", "مخاطبه"})


_LOOSE = frozenset({"report", "continue", "opinion", "relay", "denial", "call"})


@dataclass(frozen=True, slots=True)
class Complement:
    """What a cue governs: `marker` is its first token (إلى of إلى أن), `start` the first of the content."""

    kind: str
    marker: int
    start: int
    skip: int = 0


def find_complement(line: Line, form: CueForm, index: int, end: int) -> Complement | None:
    """Find the أن, the quotation or the colon that the cue at `index` governs, before `end`."""
    frames = form.cue.frames
    words = line.words
    at = index + 1
    stop = min(end, index + _REACH)
    if line.inside[index] >= 0:
        stop = min(stop, line.quoted[line.inside[index]])
    while at < stop:
        word = words[at]
        if word.text == '"':
            close = line.quoted.get(at)
            if close is None:
                return None
            if '""' in frames and not _is_title(line, at, close, stop) and _is_spoken(line, index, at, close):
                opened = at + 1 < close and words[at + 1].that == "ان" and not words[at + 1].conjunction
                return Complement("that", at, at + 2) if opened else Complement("quote", at, at)
            inner = at + 1
            if inner < close and words[inner].that and (_frame(words, inner) in frames or "ان" in frames):
                return Complement("that", at, inner + 1)
            at = close + 1
            continue
        if word.text == ":":
            allowed = '""' in frames or (':""' in frames and at + 1 < stop and words[at + 1].text == '"')
            if not allowed or at + 1 >= end:
                return None
            led = words[at + 1].that == "ان" and not words[at + 1].conjunction
            return Complement("colon", at, at + 2 if led else at + 1)
        if word.text in ("؛", ";"):
            return None
        if word.that and not _is_blocked(line, index, at):
            frame = _frame(words, at)
            marker = at - 1 if frame.split()[0] in PREPOSITIONS else at
            if frame in frames or _is_near_frame(form, frame, at - index):
                return Complement("that", marker, at + 1)
            if frame == "ان" and at > index + 1 and words[at - 1].conjunction:
                return None
        if at > index + 1 and word.finite() is not None:
            named = next((n for n in range(at, min(stop, at + 7)) if words[n].rest in ANONYMITY), -1)
            if named > 0:  # مسؤول رفض الكشف عن اسمه
                at = named + 1
                continue
        if at > index + 1 and (_is_other_cue(line, at) or word.rest in _TURNS):
            return None
        at += 1
    return None


def _frame(words: Sequence[Word], at: int) -> str:
    word, before = words[at], words[at - 1]
    if word.that == "ان" and before.rest in PREPOSITIONS:
        return f"{before.rest} ان"
    return word.that


def _is_near_frame(form: CueForm, frame: str, distance: int) -> bool:
    """Newspapers mix أن, بأن and إلى أن after one verb; the bare and the بأن form stand for any."""
    if form.cue.kind not in _LOOSE:
        return False
    takes_that = bool(form.cue.frames & {"ان", "ب ان", "الي ان", "علي ان", "من ان"})
    return takes_that and (frame in ("ان", "ب ان") or (distance <= 2 and frame.endswith("ان")))


def _is_blocked(line: Line, index: int, at: int) -> bool:
    """Whether the أن at `at` is another word's: بعد أن, يمكن أن, على الرغم من أن, وأن."""
    words = line.words
    before = words[at - 1]
    if at - 1 == index:
        return False
    if words[at].conjunction:
        return True
    if before.rest in PREPOSITIONS:
        previous = words[at - 2]
        return before.rest in ("من", "في", "عن", "علي") and (
            "blocker" in previous.classes or previous.stem in ("رغم", "اساس", "تاكد", "خوف")
        )
    if "blocker" in before.classes:
        return True
    finite = before.finite()
    return finite is not None and finite.shape == "imperfect" and at - 2 > index


def _is_title(line: Line, opening: int, close: int, stop: int) -> bool:
    """Whether a short quotation is a name (صحيفة «النور») or a scare quote, the complement still to come."""
    size = close - opening - 1
    if size > 6:
        return False
    before = line.words[opening - 1]
    if before.text == ":":
        return False
    after = close + 1
    named = before.head is not None and before.head.kind in ("organisation", "outlet")
    if named and after < stop:
        return True
    for at in range(after, min(stop, after + 25)):
        word = line.words[at]
        if word.that and not line.words[at].conjunction and "blocker" not in line.words[at - 1].classes:
            return True
        if word.text == ":" or (word.text == '"' and at in line.quoted and line.quoted[at] - at > 6):
            return True
        if word.finite() is not None:
            return False
    return False


def _is_spoken(line: Line, index: int, opening: int, close: int) -> bool:
    """Whether a quotation is what the cue introduces, not a word in quotation marks further on."""
    if line.words[opening - 1].text == ":" or opening == index + 1:
        return True
    size = close - opening - 1
    if size < 3:
        return False
    at = skip_adjuncts(line, index + 1, opening)
    if at < opening:
        subject = noun_phrase(line, at, opening)
        at = skip_adjuncts(line, subject.end, opening) if subject is not None else at
    if at >= opening or size >= 12:
        return True
    word = line.words[at]
    return "relative" in word.classes or word.rest in _TOWARDS


def _is_other_cue(line: Line, at: int) -> bool:
    word = line.words[at]
    if word.definite or word.head is not None or "attribution" in word.classes:
        return False
    form = word.finite()
    spoken = form is not None and form.number not in ("1p", "1s")
    if spoken and word.rest not in line.lexicon.word_class("ambiguous"):
        led = at - 2 if line.words[at - 1].be else at - 1
        return "relative" not in line.words[led].classes
    return word.shaped("participle") is not None and line.words[at - 1].text in COMMAS
