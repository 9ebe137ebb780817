"""English cues without a clause of their own: adding that, quoting X, the accusation that, according to."""

from __future__ import annotations

from musnad.speech.english_anchors import Anchor, quotation_end
from musnad.speech.english_complements import find_complement
from musnad.speech.english_mentions import mention
from musnad.speech.english_nouns import phrase_end, subject_before
from musnad.speech.english_words import Line
from musnad.speech.lexicon import CueForm
from musnad.speech.proposals import Mention

__all__ = ["read_according", "read_gerund", "read_noun", "read_relay"]


def read_gerund(
    line: Line, form: CueForm, index: int, *, after: int, start: int, end: int, anchors: list[Anchor]
) -> Anchor | None:
    """Read ", adding that …", "quoted as saying": the speaker is the sentence's subject."""
    words = line.words
    before = words[index - 1] if index > start else None
    limit = quotation_end(line, index, end)
    if form.cue.kind == "relay":
        if before is None or before.text != ",":
            return None
        return read_relay(
            line, form, (index, after), cue=(index, after), end=limit, subject=None, anchors=anchors
        )
    source = None
    if before is not None and before.text == "as" and words[index - 2].text in ("quoted", "cited"):
        edges = subject_before(line, start, index - 2)
        source = mention(line, *edges) if edges is not None else None
        if source is None:
            return None
    elif before is not None and before.text not in (",", "and", "by", "-"):
        return None
    if (
        before is not None
        and before.text in ("and", "by")
        and not any(anchor.end >= index for anchor in anchors)
    ):
        return None
    complement = find_complement(line, form, after, limit, negated=False)
    if complement is None or (form.cue.kind == "opinion" and complement[0] not in ("charge", "clause")):
        return None
    kind, content_start, cue_end = complement
    clause = index - 1 if before is not None and before.text == "," else index
    rules = [f"cue/{form.cue.lemma}", "cue/gerund", f"content/{kind}"]
    return Anchor(
        form,
        (index, max(after, cue_end)),
        kind,
        "after",
        content_start,
        limit,
        clause,
        source is None,
        source,
        rules,
        "gerund",
        resume=content_start,
    )


def read_relay(
    line: Line,
    form: CueForm,
    place: tuple[int, int],
    *,
    cue: tuple[int, int],
    end: int,
    subject: Mention | None,
    anchors: list[Anchor] | None = None,
) -> Anchor | None:
    """Read "X cited a source as saying …" and "…, quoting a witness": every hand is kept."""
    words = line.words
    index, after = place
    stop = phrase_end(line, after, end)
    saying = next((at for at in range(after + 1, min(end, after + 25)) if words[at].text == "saying"), -1)
    say = line.lexicon.cues["said"][0]
    if saying > 0:
        last = saying - 1 if words[saying - 1].text == "as" else saying
        source = mention(line, after, last)
        found = find_complement(line, say, saying + 1, end, negated=False)
        if source is None or found is None:
            return None
        relays: list[tuple[Mention, tuple[int, int] | None]] = [(subject, cue)] if subject is not None else []
        rules = [f"cue/{form.cue.lemma}", "source/relayed", f"content/{found[0]}"]
        return Anchor(
            say,
            (saying, saying + 1),
            found[0],
            "after",
            found[1],
            end,
            cue[0],
            False,
            source,
            rules,
            "relay",
            resume=found[1],
            relays=relays,
        )
    if not anchors or stop <= after:
        return None
    source = mention(line, after, stop)
    carried = anchors[-1]
    if source is None or source.kind in ("document",) or not _speaks(source):
        return None
    rules = [f"cue/{form.cue.lemma}", "source/relayed", "content/shared"]
    relays = (
        [(carried.subject, carried.cue)]
        if carried.subject is not None and not carried.subject.pronoun
        else []
    )
    return Anchor(
        form,
        cue,
        "shared",
        "fixed",
        carried.start,
        min(carried.end, index - 1),
        index - 1,
        True,
        source,
        rules,
        "relay",
        resume=stop,
        relays=relays,
    )


def _speaks(source: Mention) -> bool:
    """Whether what is cited can speak: citing confidentiality is no relay."""
    return bool(source.head) or source.kind in ("named-person", "outlet")


def read_noun(line: Line, index: int, start: int, end: int) -> Anchor | None:
    """Read "the South's accusation that …", "a report by X that …"."""
    words = line.words
    form = words[index].shaped("noun")
    if form is None:
        return None
    limit = quotation_end(line, index, end)
    at = index + 1
    subject: Mention | None = None
    if at < limit and words[at].text in ("by", "from"):
        stop = phrase_end(line, at + 1, limit)
        stop = next((n for n in range(at + 1, stop) if words[n].text == "that"), stop)
        subject = mention(line, at + 1, stop)
        at = stop
    else:
        owner = index - 1
        while owner > start and not words[owner].possessive and index - owner < 4:
            owner -= 1
        if words[owner].possessive:
            begin = owner
            while begin > start and (words[begin - 1].capital or words[begin - 1].is_in("determiner")):
                begin -= 1
            subject = mention(line, begin, owner + 1)
    if subject is None or at >= limit or words[at].text != "that":
        return None
    rules = [f"cue/{form.cue.lemma}", "cue/noun", "content/clause"]
    return Anchor(
        form,
        (index, index + 1),
        "clause",
        "after",
        at + 1,
        limit,
        index,
        False,
        subject,
        rules,
        "noun",
        resume=at + 1,
    )


def read_according(line: Line, index: int, start: int, end: int, anchors: list[Anchor]) -> Anchor | None:
    """Read "according to X": before its clause, after it, or inside."""
    words = line.words
    if words[index].text != "according" or index + 2 >= end or words[index + 1].text != "to":
        return None
    stop = phrase_end(line, index + 2, quotation_end(line, index, end))
    source = mention(line, index + 2, stop)
    if (
        source is None
        or source.pronoun
        or (source.kind == "document" and not source.definite and not source.head)
    ):
        return None
    named = any(line.words[at].capital for at in range(source.start, source.end))
    if not (source.head or named):
        return None  # according to the timetable
    form = CueForm(line.lexicon.cues["said"][0].cue, "phrase")
    cue = (index, index + 2)
    rules = ["cue/according to"]
    carried = [anchor for anchor in anchors if anchor.side != "fixed" and anchor.start < index]
    for anchor in carried[-1:]:
        anchor.relays.append((source, cue))
    begin = start
    while begin < index and words[begin].is_in("conjunction", "adverb"):
        begin += 1
    if begin >= index:
        after = stop
        while after < end and words[after].text == ",":
            after += 1
        if after >= end - 2:
            return None
        return Anchor(
            form,
            cue,
            "clause",
            "after",
            after,
            end,
            index,
            True,
            source,
            [*rules, "content/after"],
            "preposition",
            resume=after,
        )
    last = index
    while last > start and words[last - 1].text in (",", "-"):
        last -= 1
    return Anchor(
        form,
        cue,
        "clause",
        "fixed",
        start,
        last,
        last,
        True,
        source,
        [*rules, "content/before"],
        "preposition",
        resume=stop,
    )
