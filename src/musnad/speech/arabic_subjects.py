"""The subject of an Arabic cue: after its verb, or before it (كانت مصادر قالت, التحالف يؤكد)."""

from __future__ import annotations

from musnad.speech.arabic_adjuncts import COMMAS, Line, skip_adjuncts
from musnad.speech.arabic_nouns import is_known, noun_phrase
from musnad.speech.proposals import Mention

__all__ = ["subject_left", "subject_right"]


def subject_right(line: Line, index: int, limit: int) -> Mention | None:
    """Find a subject after its verb, adjuncts skipped; one after a comma must be a known source."""
    at = skip_adjuncts(line, index + 1, limit)
    if at >= limit:
        return None
    apart = any(line.words[between].text in COMMAS for between in range(index + 1, at))
    return noun_phrase(line, at, limit, strict=apart)


def subject_left(line: Line, index: int, start: int) -> tuple[Mention, int, str] | None:
    """Find a subject before its verb: كانت مصادر قالت, وزارة الداخلية كانت قالت, التحالف يؤكد."""
    words = line.words
    if words[index].conjunction or (index + 1 < len(words) and words[index + 1].rest in ("فيه", "فيها")):
        return None
    last = index
    while last > start and (
        words[last - 1].rest == "قد" or words[last - 1].text in COMMAS or words[last - 1].be
    ):
        last -= 1
    begin = last
    depth = line.inside[index]
    while begin > start and last - begin < 25:
        word = words[begin - 1]
        if word.text == '"':
            opening = line.inside[begin - 2] if begin - 2 > start else -1
            if opening < start or line.quoted.get(opening) != begin - 1 or begin - opening > 6:
                break
            begin = opening
            continue
        if line.inside[begin - 1] != depth:
            break
        if (
            word.be
            or word.that
            or "connective" in word.classes
            or word.text in (":", "؛")
            or "relative" in word.classes
        ):
            break
        if word.finite() is not None and not word.definite and word.head is None and word.rest != "بين":
            break
        begin -= 1
    was = begin > start and words[begin - 1].be
    at = skip_adjuncts(line, begin, last)
    if at >= last:
        return None
    mention = noun_phrase(line, at, last)
    if mention is None or (
        mention.kind == "organisation" and not mention.head and not is_known(line, at, last)
    ):
        return None
    rest = skip_adjuncts(line, mention.end, last)
    if rest < last and not _is_aside(line, rest, last):
        return None
    return mention, begin - 1 if was else at, "source/after-kana" if was else "source/before"


def _is_aside(line: Line, at: int, last: int) -> bool:
    """Whether a relative clause or another aside, closed before the verb, is all that stands between."""
    return "relative" in line.words[at].classes and line.words[last].text in COMMAS
