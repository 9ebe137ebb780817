"""Arabic attributions without a verb: بحسب, وفقا ل, نقلا عن, على حد قول, and the headline colon."""

from __future__ import annotations

from musnad.speech.arabic_adjuncts import COMMAS, Line, skip_adjuncts
from musnad.speech.arabic_anchors import Anchor
from musnad.speech.arabic_nouns import is_known, noun_phrase
from musnad.speech.proposals import Mention, Proposal

__all__ = ["read_attribution", "read_headline"]

_NOT_SPEAKERS = frozenset({"قانون", "دستور", "اتفاق", "قرار", "نظام", "عمليه"})
_CARRIERS = frozenset({"قول", "تعبير", "وصف", "زعم"})
_MENTIONING = frozenset({"جاء", "ورد"})
_CLOSERS = frozenset({".", "؛", ")", "!", '"'})


def read_attribution(line: Line, index: int, start: int, end: int, anchors: list[Anchor]) -> Anchor | None:
    """Read the attribution at `index`: its source, and the words that rest on it, before, after or around."""
    words = line.words
    at = _after_cue(line, index, end)
    pending = next((a for a in anchors if a.proposal.cue and a.proposal.cue[1] <= index < a.marker), None)
    if pending is not None and at is not None and is_known(line, at, end):
        relay = noun_phrase(line, at, pending.marker, strict=True)
        if relay is not None:
            pending.proposal.relays.append((relay, (index, at)))
        return None
    if at is None or at >= end or not is_known(line, at, end):
        return None
    source = noun_phrase(line, at, end, strict=True)
    if source is None or source.head in _NOT_SPEAKERS:
        return None
    cue_end = at
    if words[index].rest in ("وفقا", "طبقا", "نقلا"):
        cue_end = index + 1
    stop = source.end
    while (
        stop < end
        and words[stop].text not in COMMAS
        and words[stop].text not in (".", '"', "؛")
        and stop - at < 25
    ):
        if words[stop].that or words[stop].conjunction == "ف":
            break
        stop += 1
    content, initial = _content(line, index, stop, start=start, end=end, anchors=anchors)
    if content is None:
        return None
    inner = _carried(line, anchors, index)
    if inner is not None:
        inner.proposal.relays.append((source, (index, cue_end)))
        inner.limit = min(inner.limit, _before(line, index))
    if source.kind == "document" and source.definite:
        return None
    rules = [f"cue/{words[index].rest}", "content/after" if initial else "content/before"]
    proposal = Proposal(
        0, 0, index, (index, cue_end), (), words[index].rest, "preposition", "report", source, rules=rules
    )
    anchor = Anchor(
        proposal, index, content[0], 0, _before(line, index), True, "that" if initial else "fixed", stop
    )
    if not initial:
        anchor.limit = content[1]
        if content[0] - 1 in line.quoted:
            anchor.clause = content[0] - 1
    return anchor


def _after_cue(line: Line, index: int, end: int) -> int | None:
    """Give where the source should begin after the cue's own words."""
    words = line.words
    word = words[index]
    at = index + 1
    if word.rest == "علي" and at + 1 < end and words[at].rest == "لسان":
        return at + 1
    if word.rest == "علي" and at + 2 < end and words[at].rest == "حد" and words[at + 1].rest in _CARRIERS:
        return at + 2
    if word.rest in ("علي", "كما"):
        return _after_aside(line, index, end)
    if word.rest == "نقلا":
        return at + 1 if at < end and words[at].rest == "عن" else None
    if at < end and (words[at].rest == "ما" or word.rest == "حسبما"):
        at += words[at].rest == "ما"
        if at < end and words[at].rest in _MENTIONING:
            return at + 2 if at + 1 < end and words[at + 1].rest in ("في", "علي") else None
        if at < end and (
            words[at].finite() is not None or words[at].rest in ("نشرت", "نشر", "نشرته", "نقله")
        ):
            at += 1
            return at + 1 if at < end and words[at].rest in ("به", "عنه", "عن") else at
        return None
    if at < end and words[at].rest.removeprefix("ل") in _CARRIERS:
        at += 1
    return at


def _after_aside(line: Line, index: int, end: int) -> int | None:
    """Read على ما أفاد مصدر and كما أعلنت الوزارة: an aside after a comma, whose verb has no other object."""
    words = line.words
    at = index + (1 if words[index].rest == "كما" else 2)
    if index == 0 or not (words[index - 1].text in COMMAS or words[index - 1].text == '"') or at + 1 >= end:
        return None
    if words[index].rest == "علي" and words[index + 1].rest != "ما":
        return None
    verb = words[at].finite()
    if verb is None or verb.number in ("1s", "1p") or words[index].conjunction:
        return None
    at += 2 if words[at + 1].rest in ("به", "عنه") else 1
    source = noun_phrase(line, at, end, strict=True) if at < end else None
    if source is None:
        return None
    after = skip_adjuncts(line, source.end, end)
    closed = after >= end or words[after].text in _CLOSERS or words[source.end].text in COMMAS
    return at if closed and not (after < end and words[after].that) else None


def _before(line: Line, index: int) -> int:
    while index > 0 and (line.words[index - 1].text in COMMAS or line.words[index - 1].text == "-"):
        index -= 1
    return index


def _carried(line: Line, anchors: list[Anchor], index: int) -> Anchor | None:
    for anchor in reversed(anchors):
        if anchor.start < index and line.inside[anchor.start] == line.inside[index] and not anchor.initial:
            return anchor
    return None


def _content(
    line: Line, index: int, stop: int, *, start: int, end: int, anchors: list[Anchor]
) -> tuple[tuple[int, int] | None, bool]:
    words = line.words
    begin = start
    while begin < index and "connective" in words[begin].classes:
        begin += 1
    if begin >= index:
        after = stop
        while after < end and (words[after].text in COMMAS or words[after].rest in ("فان", "فقد", "ان")):
            after += 1
        if after < end and words[after].that and words[after].conjunction == "ف":
            after += 1
        return ((after, end) if after < end - 2 else None), True
    last = _before(line, index)
    if last - 1 > start and words[last - 1].text == '"':
        opening = line.inside[last - 2]
        if opening >= start and last - opening > 4:
            return (opening + 1, last - 1), False
    carried = _carried(line, anchors, index)
    if carried is not None:
        return (max(start, carried.clause), last), False
    after = stop
    while after < end and words[after].text in COMMAS:
        after += 1
    if end - after > last - begin and end - after > 5:
        return (after, end), True
    if last - begin >= 3:
        return (begin, last), False
    return ((after, end) if end - after > max(2, last - begin) else None), True


def read_headline(line: Line, number: int) -> Anchor | None:
    """Read a headline with a colon, a source before and its words after: الوزير: «لن نغلق الجسر»."""
    paragraph = line.passage.paragraphs[number]
    start, end = paragraph.body, paragraph.end
    if end - start > 30 or end - start < 5 or line.words[end - 1].text in ("؟", "!"):
        return None
    colon = next((at for at in range(start + 1, min(end, start + 8)) if line.words[at].text == ":"), None)
    if colon is None or colon + 3 > end:
        return None
    source = noun_phrase(line, start, colon, strict=True)
    if source is None or source.end != colon:
        return None
    quoted = any(line.words[at].text == '"' for at in range(colon, end))
    if not quoted and not _can_head(source):
        return None
    proposal = Proposal(
        number,
        0,
        start,
        (colon, colon + 1),
        (),
        ":",
        "colon",
        "report",
        source,
        rules=["cue/:", "content/headline"],
    )
    return Anchor(proposal, colon, colon + 1, 0, start, True, "colon", end)


def _can_head(source: Mention) -> bool:
    """A state before a colon is as often the topic as the speaker; persons and offices speak."""
    return source.kind in ("named-person", "office", "anonymous", "collective")
