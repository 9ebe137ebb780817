"""Where an English content ends, and what the content makes of mode, modality and negation."""

from __future__ import annotations

from musnad.speech.english_anchors import Anchor
from musnad.speech.english_nouns import is_verb
from musnad.speech.english_words import Line
from musnad.speech.proposals import Proposal

__all__ = ["settle_contents"]

_LAST_MARKS = frozenset({",", ".", ";", ":", "-", "!", "?", "…", "...", ".."})


def settle_contents(line: Line, anchors: list[Anchor], end: int) -> list[Proposal]:
    """Close the contents of a sentence's statements; a repeated that, or a second quotation, is its own."""
    proposals = []
    for anchor in anchors:
        for number, (first, last) in enumerate(_pieces(line, anchors, anchor, end)):
            begin, stop = _trim(line, first, last)
            if stop <= begin:
                continue
            rules = [*anchor.rules, "content/repeated"] if number else anchor.rules
            proposal = Proposal(
                0,
                0,
                anchor.cue[0],
                anchor.cue,
                ((begin, stop),),
                anchor.form.cue.lemma,
                _shape(anchor),
                anchor.form.cue.kind,
                anchor.subject,
                anchor.relays,
                anchor.form.cue.polarity,
                anchor.form.cue.modality,
                rules=list(rules),
            )
            if anchor.negated:
                proposal.polarity = "affirmed"
                proposal.modality = "undetermined"
                proposal.rules.append("cue/negated")
            if anchor.subject is not None and anchor.subject.pronoun:
                proposal.shape = "pronoun"
                proposal.gender, proposal.number = anchor.subject.gender, anchor.subject.number
            _stance(line, proposal, anchor)
            proposals.append(proposal)
    return proposals


def _shape(anchor: Anchor) -> str:
    return "preposition" if anchor.shape == "preposition" else anchor.shape


def _pieces(line: Line, anchors: list[Anchor], anchor: Anchor, end: int) -> list[tuple[int, int]]:
    words = line.words
    if anchor.side == "before":
        pieces = [(anchor.start, anchor.end)]
        after = anchor.resume
        while after < end and words[after].text == ",":
            after += 1
        closed = words[anchor.end - 1].text == '"'
        if closed and after < end and words[after].text == '"' and after in line.quoted:
            pieces.append((after, min(line.quoted[after] + 1, end)))
        return pieces
    if anchor.side == "fixed":
        return [(anchor.start, anchor.end)]
    start, stop = anchor.start, min(anchor.end, end)
    if start < stop and start in line.quoted:
        close = line.quoted[start]
        if not _goes_on(line, close + 1, stop):
            return [(start + 1, close)]
        stop = max(close, _general_end(line, anchors, anchor, close + 1, stop))
    else:
        stop = _general_end(line, anchors, anchor, start, stop)
    return _split(line, anchors, anchor, start, stop)


def _goes_on(line: Line, after: int, end: int) -> bool:
    """Whether a content runs on past a quotation that it begins with."""
    if after >= end:
        return False
    word = line.words[after]
    return word.kind == "word" and not word.is_in("time")


def _general_end(line: Line, anchors: list[Anchor], anchor: Anchor, start: int, end: int) -> int:
    depth = line.inside[anchor.cue[0]]
    for other in anchors:
        if other is anchor or not other.breaks or other.clause < start:
            continue
        if line.inside[other.clause] == depth and other.cue != anchor.cue:
            end = min(end, other.clause)
    for at in range(start, end):
        if line.words[at].text == ";" and line.inside[at] == depth:
            return at
    return _second_verb(line, start, end) if anchor.shape == "noun" else end


def _second_verb(line: Line, start: int, end: int) -> int:
    """Give where the clause of "the claim that X was Y | was rejected" ends: before a verb it cannot hold."""
    seen = False
    at = start
    while at < end:
        word = line.words[at]
        if word.is_in("conjunction") or word.text == ",":
            seen = False
        elif is_verb(line, at):
            if seen and word.is_in("auxiliary"):
                return at
            seen = True
            while at + 1 < end and line.words[at + 1].is_in("auxiliary", "adverb", "negation"):
                at += 1
            at += at + 1 < end and line.words[at + 1].text.endswith("ed")
        at += 1
    return end


def _split(line: Line, anchors: list[Anchor], anchor: Anchor, start: int, stop: int) -> list[tuple[int, int]]:
    """Split at "and that", "but that" where the content is a clause of this cue."""
    if anchor.kind not in ("clause", "quote") or start >= stop:
        return [(start, stop)]
    words = line.words
    depth = line.inside[start] if words[start].text != '"' else -1
    inner = [
        other.start
        for other in anchors
        if other is not anchor
        and other.side == "after"
        and start < other.start < stop
        and other.kind == "clause"
    ]
    pieces = []
    first = start
    for at in range(start + 2, stop - 2):
        if words[at].text != "that" or words[at - 1].text not in ("and", "but") or line.inside[at] != depth:
            continue
        if any(first < other < at for other in inner) or words[at + 1].is_in("auxiliary", "preposition"):
            continue
        pieces.append((first, at - 1))
        first = at + 1
    pieces.append((first, stop))
    return pieces


def _trim(line: Line, first: int, last: int) -> tuple[int, int]:
    words = line.words
    while first < last and words[first].text in _LAST_MARKS:
        first += 1
    while last > first and words[last - 1].text in _LAST_MARKS:
        last -= 1
    if first < last and first in line.quoted and line.quoted[first] == last - 1:
        first, last = first + 1, last - 1
    elif (
        last > first
        and words[last - 1].text == '"'
        and not any(at in line.quoted for at in range(first, last - 1))
    ):
        last -= 1
    elif first < last and first in line.quoted and line.quoted[first] >= last:
        first += 1
    while last > first and words[last - 1].text in _LAST_MARKS:
        last -= 1
    return first, last


def _stance(line: Line, proposal: Proposal, anchor: Anchor) -> None:
    first, last = proposal.content[0]
    words = line.words
    quoted = line.inside[first]
    if quoted >= 0 and line.inside[anchor.cue[0]] != quoted and line.inside[last - 1] == quoted:
        proposal.mode = "direct"
    elif (
        any(at in line.quoted or (words[at].text == '"') for at in range(first, last))
        or line.inside[last - 1] >= 0
    ):
        proposal.mode = "mixed"
    head = [words[at] for at in range(first, min(last, first + 14))]
    proposal.negated = proposal.negated or any(word.is_in("negation") for word in head) or anchor.negated
    if not proposal.modality:
        proposal.modality = _modality(line, first, last)


def _modality(line: Line, first: int, last: int) -> str:
    words = line.words
    verdict = "asserted"
    for at in range(first, min(last, first + 25)):
        word = words[at]
        before = words[at - 1] if at > first else None
        denied = before is not None and before.is_in("negation")
        if denied and word.text in ("confirm", "know", "say", "clear", "decided", "determine", "verify"):
            return "undetermined"
        if word.text in ("unclear", "undecided", "unknown"):
            return "undetermined"
        if word.text == "unless" or (
            word.text == "until" and any(w.text in ("cannot", "can't") for w in words[first:at])
        ):
            return "possible"
        if word.capital and word.text == "may":
            continue
        if at - first > 14 or (word.text == "could" and at + 1 < last and words[at + 1].is_in("negation")):
            continue
        if (
            word.text in ("will", "would", "won't", "'ll", "plans", "planned", "intends", "scheduled", "plan")
            and verdict == "asserted"
        ):
            verdict = "planned"
        elif word.is_in("possible") and word.text not in ("would-be", "expected") and verdict == "asserted":
            verdict = "possible"
    return verdict
