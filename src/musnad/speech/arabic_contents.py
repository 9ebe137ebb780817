"""Where an Arabic content ends, and what the content makes of mode, modality and negation."""

from __future__ import annotations

from dataclasses import replace

from musnad.speech.arabic_adjuncts import COMMAS, Line
from musnad.speech.arabic_anchors import Anchor, is_connective
from musnad.speech.arabic_masdars import is_event
from musnad.speech.arabic_words import Word
from musnad.speech.proposals import Proposal

__all__ = ["settle_contents"]

_DENIALS = frozenset({"لا", "لم", "لن", "ليس", "ليست", "ليسوا", "لسنا", "لست"})
_WITHHELD = frozenset({"ذكر", "تحديد", "تقديم", "اعطاء", "الخوض", "الكشف", "توضيح", "الادلاء", "مزيد"})
_LAST_MARKS = frozenset({"،", ",", ".", "؛", ";", ":", "-", "!", "؟", "?", "…", "..", "..."})


def settle_contents(line: Line, anchors: list[Anchor], end: int) -> list[Proposal]:
    """Close the contents of a sentence's statements; each repeated أن becomes a proposal of its own."""
    proposals = []
    for place, anchor in enumerate(anchors):
        start, stop = _range(line, anchors, place, end)
        pieces = _pieces(line, anchors, place, start, stop)
        modality = anchor.proposal.modality
        for number, piece in enumerate(pieces):
            first, last = _trim(line, *piece)
            if last <= first:
                continue
            proposal = (
                anchor.proposal if number == 0 else replace(anchor.proposal, rules=[*anchor.proposal.rules])
            )
            if number:
                proposal.rules.append("content/repeated")
            proposal.content = ((first, last),)
            proposal.modality = modality
            proposal.skip = anchor.skip if number == 0 else 0
            _stance(line, proposal)
            proposals.append(proposal)
    return proposals


def _range(line: Line, anchors: list[Anchor], place: int, end: int) -> tuple[int, int]:
    anchor = anchors[place]
    words = line.words
    start = anchor.start
    if anchor.kind == "fixed":
        return start, anchor.limit
    if start < end and start in line.quoted:
        close = line.quoted[start]
        if not _goes_on(line, start, close, end):
            return start + 1, close
        return start, _general_end(line, anchors, place, close + 1, end)
    if start >= min(end, len(words)):
        return start, start
    cue = anchor.proposal.cue
    depth = line.inside[start]
    if cue is not None and depth >= 0 and line.inside[cue[0]] != depth:
        return start, line.quoted[depth]
    if start < end and words[start].text == '"':
        return start + 1, end
    return start, _general_end(line, anchors, place, start, end)


def _goes_on(line: Line, opening: int, close: int, end: int) -> bool:
    """Whether the content runs on past a quotation that it begins with."""
    after = close + 1
    if after >= end:
        return False
    word = line.words[after]
    if word.text in _LAST_MARKS or word.text == ")":
        return (
            close - opening <= 3
            and word.text in COMMAS
            and after + 3 < end
            and not _breaks_at(line, after + 1)
        )
    return not _breaks_at(line, after)


def _breaks_at(line: Line, at: int) -> bool:
    word = line.words[at]
    if "attribution" in word.classes or is_connective(line, at) or word.rest == "علي":
        return True
    return bool(word.cues) and not word.definite and word.head is None


def _general_end(line: Line, anchors: list[Anchor], place: int, start: int, end: int) -> int:
    anchor = anchors[place]
    depth = line.inside[start] if start < len(line.words) else -1
    cue = anchor.proposal.cue
    if cue is not None and line.inside[cue[0]] >= 0:
        depth = line.inside[cue[0]]
        end = min(end, line.quoted[depth])
    end = min(end, anchor.limit)
    for other in anchors:
        if other is anchor or not other.breaks or other.clause < start:
            continue
        if line.inside[other.clause] == depth:
            end = min(end, other.clause)
    return _tail(line, start, end, depth)


def _tail(line: Line, start: int, end: int, depth: int) -> int:
    """Leave out what the outlet adds after the content: في إشارة إلى, على حد تعبيره, بحسب قوله."""
    words = line.words
    for at in range(start + 2, end - 1):
        if line.inside[at] != depth:
            continue
        word, after = words[at], words[at + 1]
        if word.rest in ("دون", "بدون") and after.rest in _WITHHELD:
            return at
        if word.rest == "في" and after.rest == "اشاره" and words[at - 1].text in COMMAS:
            return at
        if (
            word.rest == "علي"
            and after.rest == "حد"
            and at + 2 < end
            and words[at + 2].rest[:4] in ("قوله", "تعبي", "وصفه")
        ):
            return at
        if word.rest in ("حسب", "بحسب", "وفق", "حسبما") and (after.rest == "ما" or word.rest == "حسبما"):
            return at
        if "attribution" in word.classes and after.rest in (
            "قوله",
            "قولها",
            "قولهم",
            "تعبيره",
            "وصفه",
            "تعبيرها",
            "وصفها",
        ):
            return at
    return end


def _pieces(line: Line, anchors: list[Anchor], place: int, start: int, stop: int) -> list[tuple[int, int]]:
    """Split a content at a repeated أن (وأن, وبأن, وإلى أن) that belongs to this cue."""
    anchor = anchors[place]
    if start >= stop:
        return []
    if anchor.kind not in ("that", "prep", "quote") or anchor.proposal.shape == "preposition":
        return [(start, stop)]
    words = line.words
    depth = line.inside[start] if words[start].text != '"' else -1
    inner = [
        other.start
        for other in anchors
        if other is not anchor
        and other.kind == "that"
        and start < other.start < stop
        and line.inside[other.start] == depth
    ]
    pieces = []
    first = start
    at = start + 1
    while at < stop:
        word = words[at]
        if line.inside[at] != depth or word.conjunction != "و" or any(other < at for other in inner):
            at += 1
            continue
        content = _repeats(line, at, stop)
        if content > at and at - first >= 3:
            pieces.append((first, at))
            first = content
            at = content
        at += 1
    pieces.append((first, stop))
    return pieces


def _repeats(line: Line, at: int, stop: int) -> int:
    """Give where the content after a repeated complementizer begins; `at` itself if there is none."""
    words = line.words
    if words[at].that:
        conditional = (
            at + 1 < stop
            and not words[at].suffix
            and (words[at + 1].be or words[at + 1].rest in ("لم", "لا"))
        )
        return at if conditional else at + 1
    if words[at].rest in ("الي", "علي", "عن") and at + 1 < stop and words[at + 1].that:
        return at + 2
    return at


def _trim(line: Line, first: int, last: int) -> tuple[int, int]:
    words = line.words
    while first < last and words[first].text in _LAST_MARKS:
        first += 1
    while last > first and (words[last - 1].text in _LAST_MARKS or words[last - 1].text == "و"):
        last -= 1
    if (
        last > first
        and words[last - 1].text == '"'
        and line.inside[first] >= 0
        and line.quoted[line.inside[first]] == last - 1
    ):
        last -= 1
    if last > first and last - 1 in line.quoted and words[last - 1].text == '"':
        last -= 1
    if last <= first:
        return first, first
    if words[first].text == '"' and line.quoted.get(first) == last - 1:
        first, last = first + 1, last - 1
        while last > first and words[last - 1].text in _LAST_MARKS:
            last -= 1
    return first, last


def _stance(line: Line, proposal: Proposal) -> None:
    first, last = proposal.content[0]
    cue = proposal.cue
    quoted = line.inside[first]
    if quoted >= 0 and (cue is None or line.inside[cue[0]] != quoted):
        proposal.mode = "direct"
    elif any(at in line.quoted and line.quoted[at] - at > 2 for at in range(first, last)):
        proposal.mode = "mixed"
    words = line.words
    head = [words[at] for at in range(first, min(last, first + 12))]
    proposal.negated = any(word.rest in _DENIALS for word in head)
    if not proposal.modality:
        proposal.modality = _modality(line, first, last)


def _modality(line: Line, first: int, last: int) -> str:
    words = line.words
    lexicon = line.lexicon
    possible, planned, open_question = (
        lexicon.word_class(name) for name in ("possible", "planned", "undetermined")
    )
    verdict = "asserted"
    seen = 0  # words of the main clause: those of a relative clause before its comma do not count
    aside = False
    for at in range(first, min(last, first + 60)):
        word = words[at]
        if at > first + 2 and word.rest in ("لكن", "لكنه", "لكنها", "لكنهم", "ولكن", "ولكنه"):
            break
        if word.text in COMMAS:
            aside = False
        elif "relative" in word.classes and at > first + 1:
            aside = True
        pair = f"{word.rest} {words[at + 1].rest}" if at + 1 < last else word.rest
        if pair == "علي الارجح":
            return "possible"
        if aside or seen > 24:
            continue
        seen += 1
        if (
            at > first
            and words[at - 1].rest in ("لم", "لا", "لن", "غير", "ليس")
            and word.rest in open_question
        ):
            return "undetermined"
        if seen > 12:
            continue
        # قرب توقيع is soon, قرب المدخل is near.
        near = word.rest == "قرب" and not (at + 1 < last and is_event(line, at + 1, words[at + 1].rest))
        if verdict == "asserted" and (
            _is_future(word) or word.rest == "لن" or (word.rest in planned and not near) or pair in planned
        ):
            verdict = "planned"
        if (
            verdict != "planned"
            and (word.rest in possible or pair in possible)
            and _is_possible(line, at, last)
        ):
            verdict = "possible"
    return verdict


def _is_future(word: Word) -> bool:
    """Whether a word looks like سيعلن: س before an imperfect, not a perfect that begins so (سيطرت)."""
    text = word.rest
    if not (text.startswith("س") and len(text) > 3 and text[1] in "يتن" and word.head is None):
        return False
    if text in ("ستين", "ستون", "ستار", "سيما"):
        return False
    return not text.endswith(("ت", "وا", "ه", "يه"))


def _is_possible(line: Line, at: int, last: int) -> bool:
    """قد before an imperfect is possibility, before a perfect the pluperfect."""
    if line.words[at].rest != "قد":
        return True
    if at + 1 >= last:
        return False
    after = line.words[at + 1].rest
    return after[:1] in "يتنا" and not after.endswith(("ت", "وا")) and len(after) > 3
