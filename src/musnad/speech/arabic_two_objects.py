"""Arabic cues with two complements: اتهم X بـ, وصف X بأنه, اعتبر X خطأ, حمل X مسؤولية, عزا X إلى.

The content runs from the first of the two, so subject and first object must be told apart.
"""

from __future__ import annotations

from musnad.speech.arabic_adjuncts import COMMAS, Line
from musnad.speech.arabic_masdars import is_event
from musnad.speech.arabic_nouns import is_known, noun_phrase
from musnad.speech.arabic_phrases import split_phrases
from musnad.speech.proposals import Mention

__all__ = ["TWO_OBJECTS", "find_two_objects"]

TWO_OBJECTS = frozenset({"np بnp", "np بان", "np اليnp", "np مسؤوليه", "np np"})
_BLAME = frozenset({"مسؤوليه", "المسؤوليه", "مسئوليه", "المسئوليه", "تبعات", "تبعه", "وزر"})
_ENDS = frozenset({"؛", ":", "."})


def find_two_objects(
    line: Line, frames: frozenset[str], index: int, begin: int, stop: int, *, led: bool
) -> tuple[str, int, int, Mention | None, int] | None:
    """Give kind, first token, letters to skip, subject and its limit; none where the parts are not plain.

    `begin` is the first token after the cue at `index`, `led` says that the subject stands before the cue.
    """
    words = line.words
    second = _second(line, frames, begin, stop, led=led)
    if second is None:
        return None
    if led:
        return ("accused", begin, 0, None, begin) if second - begin < 15 else None
    if words[index].suffix:
        subject = noun_phrase(line, begin, second)
        first = second + 1 if words[second].that or words[second].rest == "الي" else second
        skip = int(first == second and words[second].rest.startswith("ب"))
        return ("that" if words[second].that else "ba", first, skip, subject, second)
    border = _border(line, begin, second)
    subject = noun_phrase(line, begin, border) if border is not None else None
    return ("accused", border, 0, subject, border) if border is not None and subject is not None else None


def _second(line: Line, frames: frozenset[str], begin: int, stop: int, *, led: bool) -> int | None:
    """Find where the second complement begins."""
    after = begin + (1 if led or line.words[begin - 1].suffix else 2)
    for at in range(begin, stop):
        word = line.words[at]
        if word.text in _ENDS or word.rest == "بال":
            return None
        if {"np بnp", "np بان"} & frames and word.rest.startswith("ب"):
            charged = (
                word.preposition == "ب" and not (word.classes or word.head or word.given) and at >= after
            )
            if word.that or charged or (at > begin and is_event(line, at, word.rest[1:])):
                return at
        if word.that:
            return None
        if "np اليnp" in frames and at >= after and word.rest == "الي":
            return at
        if "np مسؤوليه" in frames and at >= after and word.rest in _BLAME:
            return at
        if "np np" in frames and at >= after and _is_predicate(line, at):
            return at
    return None


def _is_predicate(line: Line, at: int) -> bool:
    """Whether a judgement begins here, behind a definite object: an indefinite in ـا or ـة, or quoted."""
    word, before = line.words[at], line.words[at - 1]
    if not (before.definite or line.lexicon.names.get(before.rest)):
        return False
    if word.text == '"':
        return line.quoted.get(at, at) - at > 2
    bare = not (word.definite or word.head or word.given or word.classes or word.conjunction or word.cues)
    return bare and word.rest.endswith(("ا", "ه")) and len(word.rest) > 2 and not word.suffix


def _border(line: Line, begin: int, second: int) -> int | None:
    """Find where the subject gives way to the first object."""
    words = line.words
    commas = [at for at in range(begin, second) if words[at].text in COMMAS]
    if len(commas) >= 2 and commas[-1] + 1 < second and words[commas[-1] + 1].definite:
        return commas[-1] + 1  # after a name in apposition, closed by its second comma
    border = split_phrases(line, begin, second)
    bare = next((at for at in range(begin + 2, second - 1) if _begins_anew(line, at)), None)
    if bare is not None and (border is None or bare < border):
        border = bare
    if border is not None:
        return border
    for at in range(begin + 1, second):
        word, before = words[at], words[at - 1]
        if not is_known(line, at, second) or word.conjunction or word.preposition:
            continue
        if before.rest in ("في", "من", "باسم", "علي", "عن", "الي") or (
            before.head is not None and not before.definite
        ):
            continue
        named = word.given and not word.head and before.text not in COMMAS
        if named and words[begin].head is not None and border is None:
            continue  # a name after its title
        border = at if border is None or "time" in before.classes else border
    return border


def _begins_anew(line: Line, at: int) -> bool:
    """Whether a bare noun with a definite one after it begins a phrase: النائب الحاتمي | مشروع القانون."""
    word, before = line.words[at], line.words[at - 1]
    titled = before.head is not None and before.head.kind == "title"
    bare = word.rest.isalpha() and not (
        word.definite or word.conjunction or word.classes or word.given or word.cues or word.preposition
    )
    unlisted = bare and not line.lexicon.names.get(word.rest)
    return before.definite and not titled and unlisted and line.words[at + 1].definite
