"""Arabic finite cues in their clauses: complement to the right, subject to the right or left."""

from __future__ import annotations

from musnad.speech.arabic_adjuncts import COMMAS, Line, skip_adjuncts
from musnad.speech.arabic_anchors import Anchor, make_anchor, told_outlets
from musnad.speech.arabic_complements import Complement, find_complement
from musnad.speech.arabic_nouns import is_known
from musnad.speech.arabic_objects import find_object
from musnad.speech.arabic_relays import read_contained, read_relative, read_relay
from musnad.speech.arabic_subjects import subject_left, subject_right
from musnad.speech.arabic_two_objects import TWO_OBJECTS
from musnad.speech.arabic_words import ANONYMITY
from musnad.speech.lexicon import CueForm
from musnad.speech.proposals import Mention

__all__ = ["read_finite"]

_NEGATIONS = frozenset({"لم", "لا", "لن", "ولم", "ولا"})


def read_finite(line: Line, form: CueForm, index: int, start: int, end: int) -> Anchor | None:
    """Read the word at `index` as the finite cue `form`: complement to the right, subject on either side."""
    word = line.words[index]
    if form.number in ("1p", "1s"):
        return None
    before = line.words[index - 1] if index > start else None
    negated = before is not None and before.rest in _NEGATIONS
    if before is not None and before.that and form.shape == "imperfect" and not before.suffix:
        return None
    frames = form.cue.frames
    relays: list[tuple[Mention, tuple[int, int] | None]] = []
    cue = (index - 1 if negated else index, index + 1)
    subject: Mention | None = None
    rules = [f"cue/{form.cue.lemma}"]
    if form.cue.kind == "relay":
        return read_relay(line, form, index, start, end)
    if form.cue.kind == "contain":
        return read_contained(line, form, index, start, end)
    charges = bool(TWO_OBJECTS & frames)
    complement = find_complement(line, form, index, end) if not charges or "ان" in frames else None
    if charges and complement is not None and complement.kind == "quote":
        complement = None if find_object(line, form, index, end) is not None else complement
    if complement is None:
        if negated or not any("np" in frame for frame in frames):
            return None
        led = charges and not word.suffix and subject_left(line, index, start) is not None
        found = find_object(line, form, index, end, led=led)
        if found is None:
            return None
        complement = Complement(found.kind, found.limit, found.start, found.skip)
        subject = found.subject
        limit = found.limit
    else:
        limit = complement.marker
    if "relative" in (before.classes if before else ()):
        return read_relative(line, form, index, start, complement)
    if subject is None:
        subject = subject_right(line, index, limit)
    clause = index
    if subject is not None and _is_told(line, subject) and subject_left(line, index, start) is not None:
        subject = None  # وكان مصدر كشف لنور نيوز: an unknown word in ل is told, if someone else can speak
    if subject is not None:
        rules.append("source/after")
    else:
        left = subject_left(line, index, start)
        if left is not None:
            subject, clause, rule = left
            rules.append(rule)
    if subject is None and complement.marker == index + 1 and _is_impersonal(line, form, index, start):
        return None
    led = before is not None and (
        before.suffix != "" or "connective" in before.classes or before.rest == "قد"
    )
    if subject is None and complement.kind in ("ba", "prep", "np") and not word.conjunction and not led:
        return None
    if word.rest in line.lexicon.word_class("ambiguous") and not _is_close(line, index, complement, subject):
        return None
    relays.extend(told_outlets(line, index + 1, complement.marker))
    rules.append(f"content/{complement.kind}")
    return make_anchor(
        line,
        form,
        cue,
        complement,
        subject,
        relays=relays,
        rules=rules,
        clause=clause,
        start=start,
        negated=negated,
    )


def _is_told(line: Line, subject: Mention) -> bool:
    first = line.words[subject.start]
    led = subject.skip > len(first.conjunction)  # the ل is off its first word already
    return first.rest.startswith("ل") and (led or not is_known(line, subject.start, subject.end))


def _is_close(line: Line, index: int, complement: Complement, subject: Mention | None) -> bool:
    """Whether a word that is mostly something else (بين, ذكر, رد) stands close enough to report."""
    if complement.marker == index + 1:
        return True
    if subject is None:
        return False
    if not is_known(line, subject.start, subject.end):
        adjacent = subject.start == index + 1 and subject.end == complement.marker
        return adjacent and complement.kind in ("that", "quote") and subject.end - subject.start <= 3
    if subject.end <= index or skip_adjuncts(line, subject.end, complement.marker) >= complement.marker:
        return True
    # وذكر مسؤول، فضل عدم ذكر اسمه، أن
    return any(line.words[at].rest in ANONYMITY for at in range(subject.end, complement.marker - 1))


def _is_impersonal(line: Line, form: CueForm, index: int, start: int) -> bool:
    """Whether the verb has no one for a subject: يذكر أن, ويعتقد أن."""
    if form.shape != "imperfect" or (form.gender, form.number) != ("m", "s"):
        return False
    listed = form.cue.lemma in line.lexicon.word_class("impersonal")
    opening = (
        index == start
        or line.words[index - 1].text in COMMAS
        or "connective" in line.words[index - 1].classes
    )
    return listed and opening
