"""Arabic cues in their clauses: finite verbs, participles and verbal nouns, with complement and subject."""

from __future__ import annotations

from dataclasses import dataclass

from musnad.speech.arabic_contents import Anchor, is_connective
from musnad.speech.arabic_nouns import COMMAS, Line, is_known, noun_phrase, skip_adjuncts
from musnad.speech.arabic_objects import find_object
from musnad.speech.arabic_words import PREPOSITIONS, Word
from musnad.speech.lexicon import CueForm
from musnad.speech.proposals import Mention, Proposal

__all__ = ["Complement", "find_complement", "read_finite", "read_masdar", "read_participle"]

_REACH = 60
_NEGATIONS = frozenset({"لم", "لا", "لن", "ولم", "ولا"})
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
            return Complement("colon", at, at + 1) if allowed and at + 1 < end else None
        if word.text in ("؛", ";"):
            return None
        if word.that and not _is_blocked(line, index, at):
            frame = _frame(words, at)
            marker = at - 1 if frame.split()[0] in PREPOSITIONS else at
            if frame in frames or _is_near_frame(form, frame, at - index):
                return Complement("that", marker, at + 1)
            if frame == "ان" and at > index + 1 and words[at - 1].conjunction:
                return None
        if at > index + 1 and (_is_other_cue(line, at) or word.rest in _TURNS):
            return None
        at += 1
    return None


def _frame(words: object, at: int) -> str:
    word: Word = words[at]  # type: ignore[index]
    before: Word = words[at - 1]  # type: ignore[index]
    if word.that == "ان" and before.rest in PREPOSITIONS:
        return f"{before.rest} ان"
    return word.that


def _is_near_frame(form: CueForm, frame: str, distance: int) -> bool:
    """Newspapers mix أن, بأن and إلى أن after one verb; the bare and the بأن form stand for any."""
    if form.cue.kind not in _LOOSE:
        return False
    takes_that = any(known.endswith("ان") for known in form.cue.frames)
    return takes_that and (frame in ("ان", "ب ان") or (distance <= 2 and frame.endswith("ان")))


def _is_blocked(line: Line, index: int, at: int) -> bool:
    """Whether the أن at `at` belongs to another word: بعد أن, يمكن أن, على الرغم من أن, or is a new clause's."""
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
    """Whether a short quotation is a name (صحيفة «النور») or a scare quote, with the complement still to come."""
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
    if word.finite() is not None and word.rest not in line.lexicon.word_class("ambiguous"):
        return "relative" not in line.words[at - 1].classes
    return word.shaped("participle") is not None and line.words[at - 1].text in COMMAS


def read_finite(line: Line, index: int, start: int, end: int) -> Anchor | None:
    """Read the finite cue at `index`: complement to the right, subject to the right or left."""
    word = line.words[index]
    form = word.finite()
    if form is None or form.number in ("1p", "1s"):
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
        return _read_relay(line, form, index, start, end)
    if form.cue.kind == "contain":
        return _read_contained(line, form, index, start, end)
    charges = bool({"np بnp", "np بان"} & frames)
    complement = None if charges else find_complement(line, form, index, end)
    if complement is None:
        if negated or not any("np" in frame for frame in frames):
            return None
        led = charges and _subject_left(line, index, start) is not None
        found = find_object(line, form, index, end, led=led)
        if found is None:
            return None
        complement = Complement(found.kind, found.limit, found.start, found.skip)
        subject = found.subject
        limit = found.limit
    else:
        limit = complement.marker
    if "relative" in (before.classes if before else ()):
        return _read_relative(line, form, index, start, complement)
    if subject is None:
        subject = _subject_right(line, index, limit)
    clause = index
    if subject is not None:
        rules.append("source/after")
    else:
        left = _subject_left(line, index, start)
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
    relays.extend(_addressees(line, index + 1, complement.marker))
    rules.append(f"content/{complement.kind}")
    return _anchor(
        line, form, cue, complement, subject, relays, rules, clause=clause, start=start, negated=negated
    )


def _anchor(
    line: Line,
    form: CueForm,
    cue: tuple[int, int],
    complement: Complement,
    subject: Mention | None,
    relays: list[tuple[Mention, tuple[int, int] | None]],
    rules: list[str],
    *,
    clause: int,
    start: int,
    negated: bool = False,
) -> Anchor:
    polarity, modality = form.cue.polarity, form.cue.modality
    if negated:
        modality = "possible" if modality == "possible" else "undetermined"
        polarity = "affirmed"
        rules.append("cue/negated")
    word = line.words[cue[1] - 1]
    gender, number = (form.gender, form.number)
    if form.shape == "masdar":
        gender, number = {"ها": ("f", "s"), "هم": ("m", "p"), "هما": ("m", "d")}.get(word.suffix, ("m", "s"))
    proposal = Proposal(
        0, 0, cue[0], cue, (), form.cue.lemma, form.shape, form.cue.kind, subject, relays, polarity, modality,
        gender=gender, number=number, rules=rules,
    )  # fmt: skip
    clause, breaks = _clause_start(line, clause, start, conjunction=bool(word.conjunction))
    if clause == cue[0] and clause > start and line.words[clause - 1].text in COMMAS and subject is not None:
        breaks = breaks or subject.start > clause
    if form.shape == "participle":
        breaks = True
    if form.shape == "masdar":
        breaks = False
    return Anchor(
        proposal,
        complement.marker,
        complement.start,
        complement.skip,
        clause,
        breaks,
        complement.kind,
        cue[1],
    )


def _clause_start(line: Line, clause: int, start: int, *, conjunction: bool) -> tuple[int, bool]:
    """Give where the clause begins with its connective, and whether that ends another's content."""
    words = line.words
    at = clause
    while at > start and (
        words[at - 1].rest in ("قد", "ان", "كان", "كانت") or "time" in words[at - 1].classes
    ):
        at -= 1
    if at > start and is_connective(line, at - 1):
        at -= 1
        while at > start and words[at - 1].rest in ("في", "الا", "غير", "بيد", "و"):
            at -= 1
        return at, True
    if conjunction or words[clause].conjunction == "و":
        return clause, True
    return clause, False


def _is_close(line: Line, index: int, complement: Complement, subject: Mention | None) -> bool:
    """Whether a word that is mostly something else (بين, ذكر, رد) stands close enough to be a verb of saying."""
    if complement.marker == index + 1:
        return True
    if subject is None or not is_known(line, subject.start, subject.end):
        return False
    return subject.end <= index or skip_adjuncts(line, subject.end, complement.marker) >= complement.marker


def _subject_right(line: Line, index: int, limit: int) -> Mention | None:
    at = skip_adjuncts(line, index + 1, limit)
    if at >= limit:
        return None
    apart = any(line.words[between].text in COMMAS for between in range(index + 1, at))
    return noun_phrase(line, at, limit, strict=apart)


def _subject_left(line: Line, index: int, start: int) -> tuple[Mention, int, str] | None:
    """Find a subject before its verb: كانت مصادر قالت, وزارة الداخلية كانت قالت, التحالف يؤكد."""
    words = line.words
    if words[index].conjunction:
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


def _is_surname(line: Line, mention: Mention) -> bool:
    """Whether an unknown word before its verb can be a person's last name: one or two words, no adjective."""
    return (
        mention.kind == "named-person"
        and mention.end - mention.start <= 2
        and "negation" not in line.words[mention.start - 1].classes
    )


def _is_aside(line: Line, at: int, last: int) -> bool:
    """Whether a relative clause or another aside, closed before the verb, is all that stands between."""
    return "relative" in line.words[at].classes and line.words[last].text in COMMAS


def _read_relative(
    line: Line, form: CueForm, index: int, start: int, complement: Complement
) -> Anchor | None:
    """Read الذي أكد أن: the source is the noun before the relative."""
    if complement.kind not in ("that", "prep"):
        return None
    last = index - 1
    while last > start and (line.words[last - 1].text in COMMAS or line.words[last - 1].text in "-–"):
        last -= 1
    for at in range(last - 1, max(start, last - 10) - 1, -1):
        if is_known(line, at, last) and (
            line.words[at].definite or line.words[at].head or line.words[at].given
        ):
            previous = line.words[at - 1] if at > start else None
            if previous is not None and previous.head is not None and not previous.definite:
                continue
            mention = noun_phrase(line, at, last, strict=True)
            if mention is not None and form.number == "p" and mention.number == "s":
                mention = None  # a relative whose pronoun is the object: الذي ذكروا أنه
                last = at
            if mention is None or mention.end >= last:
                rules = [f"cue/{form.cue.lemma}", "source/relative", f"content/{complement.kind}"]
                anchor = _anchor(
                    line, form, (index, index + 1), complement, mention, [], rules, clause=index, start=start
                )
                anchor.breaks = line.words[index - 2].text in COMMAS
                anchor.clause = index - 1
                return anchor
    return None


def _read_contained(line: Line, form: CueForm, index: int, start: int, end: int) -> Anchor | None:
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
    return _anchor(line, form, cue, complement, source, [], rules, clause=index, start=start)


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


def _addressees(line: Line, start: int, end: int) -> list[tuple[Mention, tuple[int, int] | None]]:
    """Give the outlets that were told: قال لوكالة فرانس برس."""
    found: list[tuple[Mention, tuple[int, int] | None]] = []
    for at in range(start, min(end, start + 25)):
        word = line.words[at]
        if word.rest.startswith("ل") and len(word.rest) > 3 and is_known(line, at, end):
            mention = noun_phrase(line, at, end)
            if mention is not None and mention.kind == "outlet" and mention.head != "مراسل":
                found.append((mention, None))
                break
    return found


def _read_relay(line: Line, form: CueForm, index: int, start: int, end: int) -> Anchor | None:
    """Read نقلت الوكالة عن مصدر قوله إن: the agency is a hand, the source is after عن."""
    words = line.words
    about = next((at for at in range(index + 1, min(end, index + 25)) if words[at].rest == "عن"), None)
    if about is None:
        return None
    agency = _subject_right(line, index, about)
    if agency is None:
        left = _subject_left(line, index, start)
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
    anchor = _anchor(line, form, cue, complement, source, relays, rules, clause=index, start=start)
    anchor.breaks = bool(words[index].conjunction) or anchor.breaks
    return anchor


def read_participle(line: Line, index: int, end: int) -> Anchor | None:
    """Read مشيرا إلى أن, مؤكدة مقتله: the complement stands right after, the speaker is the sentence's."""
    form = line.words[index].shaped("participle")
    if form is None or line.words[index - 1].be:
        return None
    after = skip_adjuncts(line, index + 1, end)
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
    relays = _addressees(line, index + 1, complement.marker)
    rules = [f"cue/{form.cue.lemma}", "cue/participle", f"content/{complement.kind}"]
    return _anchor(line, form, (index, index + 1), complement, None, relays, rules, clause=index, start=index)


def read_masdar(line: Line, index: int, start: int, end: int) -> Anchor | None:
    """Read قوله إن, and قول الوزير إن: a verbal noun with a pronoun or with its subject after it."""
    word = line.words[index]
    form = word.shaped("masdar")
    if form is None or word.definite or form.cue.kind not in ("report", "denial"):
        return None
    complement = find_complement(line, form, index, min(end, index + 30))
    if complement is None or complement.kind not in ("that", "quote", "colon"):
        return None
    rules = [f"cue/{form.cue.lemma}", "cue/masdar", f"content/{complement.kind}"]
    source = None
    if word.suffix:
        if complement.marker > index + 3:
            return None
    else:
        source = noun_phrase(line, index + 1, complement.marker, strict=True)
        if source is None or complement.kind == "quote":
            return None
        if skip_adjuncts(line, source.end, complement.marker) < complement.marker:
            return None
        rules.append("source/after")
    return _anchor(line, form, (index, index + 1), complement, source, [], rules, clause=index, start=start)
