"""Arabic cues beside the plain verb: relays, relatives, documents, participles, verbal nouns."""

from __future__ import annotations

from musnad.speech.arabic_adjuncts import COMMAS, Line, skip_adjuncts
from musnad.speech.arabic_anchors import Anchor, make_anchor, told_outlets
from musnad.speech.arabic_complements import Complement, find_complement
from musnad.speech.arabic_nouns import is_known, noun_phrase
from musnad.speech.arabic_objects import find_object
from musnad.speech.arabic_subjects import subject_left, subject_right
from musnad.speech.lexicon import CueForm
from musnad.speech.proposals import Mention

__all__ = ["read_contained", "read_masdar", "read_participle", "read_relative", "read_relay"]


def read_relative(line: Line, form: CueForm, index: int, start: int, complement: Complement) -> Anchor | None:
    """Read الذي أكد أن: the source is the noun before the relative."""
    if complement.kind not in ("that", "prep"):
        return None
    last = index - 1
    while last > start and (line.words[last - 1].text in COMMAS or line.words[last - 1].text in "-–"):
        last -= 1
    if "event" in line.words[last - 1].classes:
        return None  # الأنباء التي تحدثت عن: news do not speak
    for at in range(last - 1, max(start, last - 10) - 1, -1):
        if is_known(line, at, last) and (
            line.words[at].definite or line.words[at].head or line.words[at].given
        ):
            previous = line.words[at - 1] if at > start else None
            if previous is not None and previous.head is not None and not previous.definite:
                continue
            mention = noun_phrase(line, at, last, strict=True)
            if mention is not None and form.number == "p" and mention.number != "p":
                mention = None  # a relative whose pronoun is the object: الذي ذكروا أنه
                last = at
            if mention is None or mention.end >= last:
                rules = [f"cue/{form.cue.lemma}", "source/relative", f"content/{complement.kind}"]
                anchor = make_anchor(
                    line,
                    form,
                    (index, index + 1),
                    complement,
                    mention,
                    rules=rules,
                    clause=index,
                    start=start,
                )
                anchor.breaks = line.words[index - 2].text in COMMAS
                anchor.clause = index - 1
                return anchor
    return None


def read_contained(line: Line, form: CueForm, index: int, start: int, end: int) -> Anchor | None:
    """Read جاء في بيان الوزارة أن and بيان جاء فيه أن: the source is what the words stand in."""
    words = line.words
    if index + 1 >= end or words[index + 1].rest not in ("في", "فيه", "فيها", "علي"):
        return None
    complement = find_complement(line, form, index + 1, end)
    if complement is None:
        return None
    if words[index + 1].rest in ("فيه", "فيها"):
        source = None
        for at in range(index - 1, max(start, index - 6) - 1, -1):
            head = words[at].head
            if head is not None and head.kind == "document":
                source = noun_phrase(line, at, index)
                break
        cue = (index, index + 2)
    else:
        source = noun_phrase(line, index + 2, complement.marker, strict=True)
        cue = (index, index + 1)
    if source is None:
        return None
    rules = [f"cue/{form.cue.lemma}", "source/document", f"content/{complement.kind}"]
    return make_anchor(line, form, cue, complement, source, rules=rules, clause=index, start=start)


def read_relay(line: Line, form: CueForm, index: int, start: int, end: int) -> Anchor | None:
    """Read نقلت الوكالة عن مصدر قوله إن: the agency is a hand, the source is after عن."""
    words = line.words
    about = next((at for at in range(index + 1, min(end, index + 25)) if words[at].rest == "عن"), None)
    if about is None:
        return None
    agency = subject_right(line, index, about)
    if agency is None:
        left = subject_left(line, index, start)
        agency = left[0] if left else None
    quoter = None
    complement = None
    for at in range(about + 1, min(end, about + 40)):
        word = words[at]
        masdar = word.shaped("masdar")
        if masdar is not None and word.suffix and quoter is None:
            complement = find_complement(line, masdar, at, end)
            quoter = at if complement is not None else None
            if quoter is not None:
                break
        if word.that or word.text in ('"', ":"):
            break
    if complement is None:
        loose = CueForm(line.lexicon.cues["قال"][0].cue, form.shape, form.gender, form.number)
        complement = find_complement(line, loose, about, end)
    if complement is None:
        return None
    source = noun_phrase(line, about + 1, quoter if quoter is not None else complement.marker)
    if source is None:
        return None
    cue = (quoter, quoter + 1) if quoter is not None else (index, index + 1)
    relays: list[tuple[Mention, tuple[int, int] | None]] = []
    if agency is not None:
        relays.append((agency, (index, index + 1)))
    rules = [f"cue/{form.cue.lemma}", "source/relayed", f"content/{complement.kind}"]
    anchor = make_anchor(
        line, form, cue, complement, source, relays=relays, rules=rules, clause=index, start=start
    )
    anchor.breaks = bool(words[index].conjunction) or anchor.breaks
    return anchor


def read_participle(line: Line, index: int, end: int) -> Anchor | None:
    """Read مشيرا إلى أن, مؤكدة مقتله: the complement stands right after, the speaker is the sentence's."""
    form = line.words[index].shaped("participle")
    if form is None or line.words[index - 1].be:
        return None
    after = skip_adjuncts(line, index + 1, end)
    if form.cue.lemma == "اتهم" and not _accuses(line, index, after, end):
        return None
    if after >= end or (after > index + 1 and line.words[index + 1].text in COMMAS):
        return None
    complement = find_complement(line, form, after - 1, min(end, after + 3))
    if complement is not None and complement.marker > after + 1:
        complement = None
    if complement is None:
        found = find_object(line, form, index, end, subjectless=True)
        if found is None or line.words[index].head is not None:
            return None
        complement = Complement(found.kind, found.start, found.start, found.skip)
    relays = told_outlets(line, index + 1, complement.marker)
    rules = [f"cue/{form.cue.lemma}", "cue/participle", f"content/{complement.kind}"]
    return make_anchor(
        line,
        form,
        (index, index + 1),
        complement,
        None,
        relays=relays,
        rules=rules,
        clause=index,
        start=index,
    )


def _accuses(line: Line, index: int, after: int, end: int) -> bool:
    """Whether متهما accuses (، متهما الحكومة بـ) and is not the noun for someone accused (٩٢ متهما)."""
    before = line.words[index - 1]
    if after >= end or not (before.text in COMMAS or before.definite):
        return False
    return line.words[after].definite or is_known(line, after, end)


def read_masdar(line: Line, index: int, start: int, end: int) -> Anchor | None:
    """Read قوله إن, قول الوزير إن, دعوته إلى: a verbal noun with a pronoun or with its subject after it."""
    word = line.words[index]
    form = word.shaped("masdar")
    if form is None or word.definite or form.cue.kind not in ("report", "denial", "call"):
        return None
    complement = find_complement(line, form, index, min(end, index + 30))
    rules = [f"cue/{form.cue.lemma}", "cue/masdar"]
    source = None
    if word.suffix:
        if complement is None or complement.marker > index + 3:
            complement = _noun_of_masdar(line, form, index + 1, end)
    else:
        limit = complement.marker if complement is not None else min(end, index + 15)
        source = noun_phrase(line, index + 1, limit, strict=True)
        if source is None:
            return None
        if complement is None or complement.kind != "that":
            complement, source = _owned(line, form, index, end)
        elif skip_adjuncts(line, source.end, complement.marker) < complement.marker:
            return None
        rules.append("source/after")
    if complement is None:
        return None
    rules.append(f"content/{complement.kind}")
    return make_anchor(
        line, form, (index, index + 1), complement, source, rules=rules, clause=index, start=start
    )


def _owned(line: Line, form: CueForm, index: int, end: int) -> tuple[Complement | None, Mention | None]:
    """Read مطالبة المعارضة بإجراء, نفي الوزارة وجود: the noun after the verbal noun's subject."""
    found = find_object(line, form, index, min(end, index + 16))
    if found is None or found.subject is None or found.subject.end < found.limit - 1:
        return None, None
    return Complement(found.kind, found.limit, found.start, found.skip), found.subject


def _noun_of_masdar(line: Line, form: CueForm, at: int, end: int) -> Complement | None:
    """Read دعوته إلى وقف, مطالبة المعارضة بإجراء: a preposition right there, nothing looser."""
    if at >= end:
        return None
    found = find_object(line, form, at - 1, end, subjectless=True)
    if found is None or found.kind not in ("prep", "ba") or found.start - at > 1:
        return None
    return Complement(found.kind, at, found.start, found.skip)
