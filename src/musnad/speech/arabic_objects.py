"""Arabic noun complements: what is announced, denied, threatened or demanded without أن."""

from __future__ import annotations

from dataclasses import dataclass

from musnad.speech.arabic_adjuncts import COMMAS, Line, skip_adjuncts
from musnad.speech.arabic_masdars import is_event
from musnad.speech.arabic_nouns import is_known, noun_phrase
from musnad.speech.arabic_phrases import begins_event, split_phrases
from musnad.speech.arabic_two_objects import TWO_OBJECTS, find_two_objects
from musnad.speech.arabic_words import ANONYMITY
from musnad.speech.lexicon import CueForm
from musnad.speech.proposals import Mention

__all__ = ["NounObject", "find_object"]

_REACH = 30
_THESE = frozenset({"هذا", "هذه", "ذلك", "تلك"})
_SILENCES = frozenset(
    {
        "التعليق",
        "الكشف",
        "الافصاح",
        "تاكيد",
        "الادلاء",
        "تقديم",
        "اعطاء",
        "نفي",
        "الخوض",
        "ذكر",
        "تحديد",
        "الاجابه",
        "الرد",
    }
)


@dataclass(frozen=True, slots=True)
class NounObject:
    """A noun complement: its first token, letters to skip there (the ب), the subject and its limit."""

    kind: str
    start: int
    skip: int
    subject: Mention | None
    limit: int


def find_object(
    line: Line, form: CueForm, index: int, end: int, *, subjectless: bool = False, led: bool = False
) -> NounObject | None:
    """Find the noun that the cue at `index` governs.

    With `subjectless` it must stand right after the cue; `led` says that the subject stands before the cue.
    """
    frames = form.cue.frames
    stop = min(end, index + _REACH)
    if line.inside[index] >= 0:
        stop = min(stop, line.quoted[line.inside[index]])
    begin = skip_adjuncts(line, index + 1, stop)
    if begin >= stop:
        return None
    if TWO_OBJECTS & frames:
        two = find_two_objects(line, frames, index, begin, stop, led=led or subjectless)
        if two is not None:
            return NounObject(*two)
        if not {"np", "ب np"} & frames:
            return None
    if "np التعليق" in frames:
        return _silence(line, begin, stop)
    at = begin
    subject: Mention | None = None
    direct = _object_at(line, frames, at, index)
    if direct is not None and line.words[at].rest == "ذلك" and is_known(line, at + 1, stop):
        return None  # نفى ذلك المتحدث: the object stands before its subject
    if direct is not None:
        return NounObject(direct[0], direct[1], direct[2], None, at)
    if subjectless:
        return _addressed(line, form, begin, stop)
    if not (is_known(line, begin, stop) or _is_name_like(line, begin)):
        return _addressed(line, form, begin, stop)
    for at in range(begin + 1, stop):
        word = line.words[at]
        if word.that or (word.text in (":", "؛", '"') and word.text != '"'):
            return None
        found = _object_at(line, frames, at, begin)
        if found is None and word.finite() is not None and not word.definite and word.head is None:
            return None
        if found is not None:
            subject = noun_phrase(line, begin, at)
            if subject is None:
                return None
            addressed_at = split_phrases(line, begin, subject.end) if form.cue.kind == "call" else None
            if addressed_at is not None:
                subject = noun_phrase(line, begin, addressed_at) or subject
            between = skip_adjuncts(line, subject.end, at)
            addressed = form.cue.kind == "call" and at - between < 8
            if between < at and not addressed and not _is_modifier(line, between, at):
                return None
            return NounObject(found[0], found[1], found[2], subject, at)
    if form.cue.kind == "opinion" and "np" in frames:
        after = split_phrases(line, begin, min(stop, begin + 6))
        if after is not None and line.words[after].definite:
            return NounObject("np", after, 0, noun_phrase(line, begin, after), after)
    return None


def _is_name_like(line: Line, begin: int) -> bool:
    """Whether a definite word can be a last name (المالكي): one of relation, masculine and singular."""
    word = line.words[begin]
    return word.definite and word.stem.endswith("ي") and word.head is None


def _addressed(line: Line, form: CueForm, begin: int, stop: int) -> NounObject | None:
    """Read دعا أنصاره إلى: those addressed stand between a verb without a subject and what it calls for."""
    if form.cue.kind != "call":
        return None
    for at in range(begin + 1, min(stop, begin + 6)):
        found = _object_at(line, form.cue.frames, at, begin)
        if found is not None and found[0] in ("prep", "ba"):
            return NounObject(found[0], found[1], found[2], None, begin)
    return None


def _is_modifier(line: Line, start: int, end: int) -> bool:
    """Whether an aside closed by a comma (نائب الرئيس السابق،) or a relative clause stands between."""
    if end - start > 16:
        return False
    aside = line.words[end - 1].text in COMMAS and not any(
        line.words[at].finite() for at in range(start, end)
    )
    return "relative" in line.words[start].classes or aside


def _object_at(line: Line, frames: frozenset[str], at: int, begin: int) -> tuple[str, int, int] | None:
    """Give kind, first token and letters to skip of a noun complement at `at`."""
    word = line.words[at]
    before = line.words[at - 1]
    for preposition in ("الي", "علي", "عن", "من", "في"):
        if word.rest == preposition and not word.conjunction and f"{preposition} np" in frames:
            if at + 1 >= len(line.words) or (
                preposition == "من" and before.head is not None and at - 1 > begin
            ):
                return None
            if preposition == "في" and (line.words[at + 1].head or _is_place(line, at + 1)):
                return None
            return "prep", at + 1, 0
    if "ب np" in frames and word.rest.startswith("ب") and not word.that and not word.conjunction:
        if is_event(line, at, word.rest[1:]) and (not word.rest.startswith("بال") or at > begin):
            return "ba", at, 1
        settled = before.text in COMMAS or before.definite or before.given
        if (
            (
                settled
                and at > begin
                and word.preposition == "ب"
                and not (word.classes or word.head or word.given)
            )
            and not word.definite
            and not line.lexicon.names.get(word.rest[1:])
        ):
            return "ba", at, 1
        if at == begin + 1 and word.rest == "ب" and at + 1 < len(line.words):
            return "ba", at + 1, 0
    if "ل np" in frames and word.rest.startswith("ل") and word.head is None and not word.conjunction:
        called = word.rest[2:] if word.rest.startswith("لل") else word.rest[1:]
        if is_event(line, at, called) or is_event(line, at, called.removeprefix("ال")):
            return "ba", at, int(not word.rest.startswith("لل"))
    if "np قول" in frames and word.stem in line.lexicon.word_class("claim") and not word.preposition:
        return "np", at, 0
    if "ب np" in frames and word.text == '"' and at + 1 < len(line.words) and at > begin:
        inner = line.words[at + 1]
        if inner.rest.startswith("ب") and inner.preposition == "ب" and not inner.classes:
            return "quote", at, 0
    if (
        "np any" in frames
        and at > begin
        and (word.given or word.head is not None or word.definite)
        and not word.conjunction
    ) and (before.definite or before.text in COMMAS or before.rest.endswith(("ون", "ين"))):
        return "np", at, 0
    after = line.words[at + 1] if at + 1 < len(line.words) else None
    if "np" in frames and word.rest in _THESE and at > begin and after is not None and after.definite:
        said = line.lexicon.word_class("event") | line.lexicon.word_class("claim")
        if after.stem in said:
            return "np", at, 0  # نفى المكتب هذه الأنباء
    if "np" in frames and begins_event(line, begin, at):
        return "np", at, 0
    bodied = _is_bodied(line, begin) and before.definite and at > begin
    if "ب np" in frames and word.definite and word.preposition == "ب" and at > begin:
        body = word.head is not None and word.head.kind == "organisation"
        if bodied or not (
            body or line.lexicon.names.get(word.stem) or before.rest in ("مسؤول", "مصدر", "عضو")
        ):
            return "ba", at, 1
    if "np" in frames and bodied and _is_indefinite(line, at):
        return "np", at, 0
    if "np" in frames and not word.conjunction and is_event(line, at, word.rest):
        if at == begin + 1 and line.words[begin].head is not None and not line.words[begin].definite:
            return None  # هيئة مكافحة: the noun belongs to the body's name
        if at - 1 >= begin and not _can_precede_object(line, at, begin):
            return None
        return "np", at, 0
    return None


def _is_bodied(line: Line, begin: int) -> bool:
    """Whether the subject is a body or group: after a definite word no bare noun continues its name."""
    head = line.words[begin].head
    if head is not None:
        return head.kind in ("organisation", "outlet", "collective")
    return bool(line.lexicon.names.get(line.words[begin].rest))


def _is_indefinite(line: Line, at: int) -> bool:
    """Whether a bare indefinite noun stands here: after a definite phrase it begins one of its own."""
    word = line.words[at]
    return (
        word.rest.isalpha()
        and not (
            word.definite or word.conjunction or word.classes or word.given or word.cues or word.preposition
        )
        and not line.lexicon.names.get(word.rest)
    )


def _can_precede_object(line: Line, at: int, begin: int) -> bool:
    before = line.words[at - 1]
    if at - 1 == begin and before.finite() is not None:
        return True
    if before.rest in ("في", "من", "عن", "علي", "الي", "باسم"):
        return False
    if before.conjunction and not before.definite and not line.lexicon.names.get(before.rest):
        return False
    owner = before.head is not None and before.head.kind in ("organisation", "outlet", "document")
    return not (owner and not before.definite and at - 1 > begin)


def _is_place(line: Line, at: int) -> bool:
    return bool(line.lexicon.names.get(line.words[at].rest)) or line.words[at].definite


def _silence(line: Line, begin: int, stop: int) -> NounObject | None:
    """Read رفضت الوزارة التعليق على: a refusal to speak needs what it is about."""
    for at in range(begin, stop - 1):
        word = line.words[at]
        if word.rest in _SILENCES and at + 1 < stop:
            if word.rest in ("التعليق", "الافصاح", "الكشف", "الادلاء", "الخوض"):
                after = line.words[at + 1]
                if not (after.rest in ("علي", "عن", "في") or after.preposition == "ب"):
                    return None
            if any(line.words[n].rest in ANONYMITY for n in range(at, min(stop, at + 5))):
                return None
            last = at - 1 if line.words[at - 1].rest == "عن" else at
            subject = noun_phrase(line, begin, last) if last > begin else None
            return NounObject("np", at, 0, subject, last)
        if word.that or word.text == ":" or (word.text == '"' and line.quoted.get(at, at) - at > 6):
            return None
    return None
