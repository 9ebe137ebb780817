"""English cues in their clauses: said that, "…," said X, adding that, according to, the accusation that."""

from __future__ import annotations

from dataclasses import dataclass, field

from musnad.speech.english_nouns import base_end, is_verb, mention, phrase_end, subject_before
from musnad.speech.english_words import Line
from musnad.speech.lexicon import CueForm
from musnad.speech.proposals import Mention

__all__ = ["Anchor", "read_according", "read_cue"]

_QUESTIONS = frozenset({"whether", "how", "what", "why", "who", "when", "where", "if"})
_SILENT = frozenset(
    {
        "say",
        "comment",
        "confirm",
        "discuss",
        "disclose",
        "identify",
        "answer",
        "elaborate",
        "reveal",
        "specify",
        "name",
        "give",
    }
)
_END = frozenset({".", "?", "!", ";", "…", "..."})
_AUXILIARIES = ("auxiliary", "adverb", "negation")


@dataclass(slots=True)
class Anchor:
    """A cue with its complement, before its content is closed.

    `side` says where the content stands (after, before the cue, or fixed); `clause` is where this one ends another's
    content, if `breaks`.
    """

    form: CueForm
    cue: tuple[int, int]
    kind: str
    side: str
    start: int
    end: int
    clause: int
    breaks: bool
    subject: Mention | None
    rules: list[str]
    shape: str
    negated: bool = False
    resume: int = 0
    relays: list[tuple[Mention, tuple[int, int] | None]] = field(default_factory=list)


def find_form(line: Line, index: int, end: int) -> tuple[CueForm, int] | None:
    """Give the cue form at `index` and its end; a form of several words (went on to say) is preferred."""
    words = line.words
    if words[index].kind != "word":
        return None
    for length in (4, 2):
        if index + length <= end:
            forms = line.lexicon.cues.get(" ".join(words[index + n].text for n in range(length)))
            if forms:
                return forms[0], index + length
    forms = words[index].cues
    if not forms:
        return None
    order = {"past": 0, "third": 1, "participle": 2, "gerund": 3, "present": 4, "noun": 5}
    return min(forms, key=lambda form: order.get(form.shape, 9)), index + 1


def read_cue(line: Line, index: int, start: int, end: int, anchors: list[Anchor]) -> Anchor | None:
    """Read the cue at `index` of the sentence `[start:end]`, if one stands there."""
    found = find_form(line, index, end)
    if found is None:
        return None
    form, after = found
    word = line.words[index]
    if form.shape in ("past", "third", "participle", "present"):
        anchor = _read_finite(line, form, index, after, start, end)
        if anchor is None and word.shaped("noun") is not None:
            anchor = _read_noun(line, index, start, end)
        return anchor
    if form.shape == "gerund":
        return _read_gerund(line, form, index, after, start, end, anchors)
    return _read_noun(line, index, start, end)


def _read_finite(line: Line, form: CueForm, index: int, after: int, start: int, end: int) -> Anchor | None:
    words = line.words
    first = index
    while first > start and words[first - 1].is_in(*_AUXILIARIES) and not words[first - 1].is_in("time"):
        first -= 1
    auxiliaries = [words[at] for at in range(first, index)]
    negated = any(word.is_in("negation") for word in auxiliaries)
    if not _is_verbal(line, form, index, first, start, negated=negated):
        return None
    while first < index and words[first].is_in("adverb") and not words[first].is_in("auxiliary"):
        first += 1
    limit = _limit(line, index, end)
    rules = [f"cue/{form.cue.lemma}"]
    cue = (first, after)
    before = words[first - 1] if first > start else None
    subject: Mention | None = None
    clause = first
    breaks = False
    coordinated = before is not None and before.text in ("and", "but", "or") and first - 1 > start
    if coordinated and before is not None:
        clause, breaks = first - 1, line.inside[first - 1] == line.inside[index]
        if words[clause - 1].text == ",":
            clause -= 1
    elif before is not None and before.text in ("who", "which", "that"):
        edges = subject_before(line, start, first - 1)
        subject = mention(line, *edges) if edges is not None else None
        if subject is None or before.text == "that" and subject.kind != "document":
            return None
        rules.append("source/relative")
    else:
        edges = subject_before(line, start, index)
        if edges is not None:
            subject = mention(line, *edges)
            clause = edges[0]
            rules.append("source/before")
    if form.cue.kind == "relay":
        return _read_relay(line, form, index, after, start, limit, subject, cue)
    trailing = _trailing(line, form, index, after, start, limit, subject)
    if trailing is not None:
        content, who, resume = trailing
        if who is not subject:
            rules.append("source/inverted")
        gap = min(clause, content[1]) if who is subject else content[1]
        return Anchor(
            form, cue, "clause", "before", content[0], content[1], gap, True, who, [*rules, "content/before"], "finite",
            negated, resume,
        )  # fmt: skip
    complement = find_complement(line, form, after, limit, negated=negated)
    if complement is None or (subject is None and not coordinated):
        return None
    kind, content_start, cue_end = complement
    if (
        subject is not None
        and subject.kind == "organisation"
        and not subject.head
        and kind in ("object", "charge")
    ):
        if not any(words[at].capital for at in range(subject.start, subject.end)):
            return None
    rules.append(f"content/{kind}")
    begins = first - 1 > start and words[clause - 1].text in (";",)
    if (
        subject is not None
        and clause > start
        and (words[clause - 1].text in ("but", "while", "although", "though", "whereas"))
    ):
        clause, breaks = clause - 1, True
        if words[clause - 1].text == ",":
            clause -= 1
    return Anchor(
        form, (cue[0], max(cue[1], cue_end)), kind, "after", content_start, limit, clause, breaks or begins, subject,
        rules, "finite", negated, content_start,
    )  # fmt: skip


def _limit(line: Line, index: int, end: int) -> int:
    """Give where contents of a cue inside a quotation must end."""
    inside = line.inside[index]
    return min(end, line.quoted[inside]) if inside >= 0 else end


def _is_verbal(line: Line, form: CueForm, index: int, first: int, start: int, *, negated: bool) -> bool:
    """Whether the form is a verb with a subject: no passive, no infinitive, no noun or attribute."""
    words = line.words
    auxiliaries = {words[at].text for at in range(first, index)}
    before = words[index - 1] if index > start else None
    if auxiliaries & {"is", "are", "was", "were", "be", "been", "being"}:
        return False
    if before is None:
        return False
    if before.text == "to" or before.is_in("determiner") or before.possessive or before.text in ("-", "as"):
        return False
    if before.is_in("preposition") and before.text not in ("on",):
        return False
    ambiguous = line.words[index].shaped("noun") is not None or form.shape == "present"
    if form.shape == "present":
        if auxiliaries & {"will", "would", "can", "could", "may", "might", "should", "must"}:
            return False
        if auxiliaries & {"did", "does", "do", "didn't", "doesn't", "don't"}:
            return True
        at = first - 1
        plural = words[at].text in ("they", "we", "who", ",") or (
            words[at].kind == "word"
            and (words[at].text.endswith("s") or words[at].head is not None and words[at].head.number == "p")  # type: ignore[union-attr]
        )
        return plural or words[at].text in ("and", "people", "police", "media")
    if ambiguous and words[index].shaped("third") is not None and form.shape == "third":
        after = words[index + 1] if index + 1 < len(words) else None
        return after is not None and not after.is_in("preposition") and after.text not in (".", ",")
    return not (negated and form.shape == "past")


def _trailing(
    line: Line, form: CueForm, index: int, after: int, start: int, end: int, subject: Mention | None
) -> tuple[tuple[int, int], Mention | None, int] | None:
    """Read "…, X said", "…," said X: the content stands before, nothing but adjuncts after."""
    words = line.words
    frames = form.cue.frames
    if not frames & {'""', "bare", "that"}:
        return None
    if subject is not None:
        edge = subject.start
    else:
        edge = index
    left = edge - 1
    if left <= start:
        return None
    closed = words[left].text == '"' or (words[left].text == "," and words[left - 1].text == '"')
    if words[left].text not in (",", '"') and not (words[left].text in ("?", "!") and line.inside[left] >= 0):
        return None
    who = subject
    rest = after
    if subject is None:
        stop = phrase_end(line, after, end)
        stop = _shorten(line, after, stop, end)
        who = mention(line, after, stop)
        if who is None or who.pronoun and words[left].text != '"' and not closed:
            return None
        rest = stop
    if "x that" in frames and rest < end and words[rest].text not in _END:
        rest = base_end(line, rest, end)
    rest = _skip(line, rest, end)
    if (
        rest < end
        and words[rest].text not in (",", *_END)
        and words[rest].text != '"'
        and words[rest].text != "as"
    ):
        if not (closed and words[rest].is_in("conjunction", "preposition")):
            return None
    if rest < end and words[rest].text == '"' and not closed:
        return None
    if rest + 1 < end and words[rest].text == "," and not closed and _resumes(line, rest + 1, end):
        return None
    content_end = left + 1 if words[left].text == '"' else left
    content_start = start
    for at in range(start, content_end):
        if words[at].text == ";" and line.inside[at] == line.inside[index]:
            content_start = at + 1
    if content_end - content_start < 2 or words[content_start].text in ("that",):
        return None
    if line.inside[index] >= 0:
        content_start = max(content_start, line.inside[index] + 1)
    if _is_adverbial(line, content_start, content_end):
        return None
    return (content_start, content_end), who, rest


def _shorten(line: Line, start: int, stop: int, end: int) -> int:
    """Leave adjuncts out of an inverted subject: said Cook on Monday, said Hill in a statement."""
    words = line.words
    for at in range(start + 1, stop):
        if _skip(line, at, end) > at:
            return at
        if words[at].text == "," and at + 1 < stop and words[at + 1].text.endswith("ing"):
            return at
    return stop


def _resumes(line: Line, at: int, end: int) -> bool:
    """Whether a full clause goes on after an aside, so that the cue is not trailing."""
    if line.words[at].is_in("conjunction", "adverb", "preposition") or line.words[at].text.endswith("ing"):
        return False
    if line.words[at].text == '"':
        return False
    stop = phrase_end(line, at, end)
    return stop < end and is_verb(line, stop)


def _is_adverbial(line: Line, start: int, end: int) -> bool:
    """Whether what stands before the comma is only an adverbial: On Monday, In a statement, Earlier this week."""
    words = line.words
    if words[start].text == '"':
        return False
    verbs = any(is_verb(line, at) for at in range(start, end))
    if words[start].is_in("preposition") or words[start].is_in("adverb", "time"):
        return not verbs or end - start < 4
    if words[start].is_in("conjunction") and words[start].text not in ("and", "but"):
        return True
    return end - start < 3 and not verbs


def _skip(line: Line, index: int, end: int) -> int:
    """Skip time, venue and addressee: on Monday, in a statement, late Sunday, at a news conference, to reporters."""
    words = line.words
    while index < end:
        word = words[index]
        if word.is_in("time") and not (
            word.is_in("determiner") and not words[min(index + 1, end - 1)].is_in("time")
        ):
            index += 1
            continue
        if word.text in ("also", "again", "however", "separately") or word.text == "(":
            if word.text == "(":
                close = next(
                    (at for at in range(index, min(end, index + 10)) if words[at].text == ")"), index
                )
                if close == index:
                    return index
                index = close
            index += 1
            continue
        if (
            word.text
            in ("in", "on", "at", "during", "via", "through", "by", "after", "to", "from", "with", "over")
            and index + 1 < end
        ):
            stop = base_end(line, index + 1, end)
            noun = words[stop - 1]
            following = words[index + 1]
            if following.is_in("time") or following.kind == "number":
                stop = index + 2
                while stop < end and (words[stop].is_in("time") or words[stop].kind == "number"):
                    stop += 1
                index = stop
                continue
            venue = stop > index + 1 and (noun.is_in("venue") or noun.is_in("addressee"))
            outlet = stop > index + 1 and noun.head is not None and noun.head.kind in ("outlet", "document")
            if (
                (venue or outlet)
                and word.text not in ("to", "from")
                or (word.text == "to" and noun.is_in("addressee"))
            ):
                index = stop
                while index < end and words[index].text in (
                    "with",
                    "to",
                    "in",
                    "from",
                    "of",
                    "issued",
                    "released",
                    "at",
                    "on",
                ):
                    stop = base_end(line, index + 1, end)
                    if stop <= index + 1:
                        if not words[index + 1].is_in("time"):
                            break
                        stop = index + 2
                    index = stop
                continue
        return index
    return index


def find_complement(
    line: Line, form: CueForm, after: int, end: int, *, negated: bool
) -> tuple[str, int, int] | None:
    """Give kind, first token of the content, and the end of the cue, for what follows a cue."""
    words = line.words
    frames = form.cue.frames
    if after >= end:
        return None
    if "silence" in frames:
        return _silence(line, after, end)
    at = _skip(line, after, end)
    if at >= end:
        return None
    if "x that" in frames and not _opens(line, at, end):
        stop = base_end(line, at, end)
        reached = _skip(line, stop, end)
        if stop > at and (_opens(line, reached, end) or "x bare" in frames and "bare" not in frames):
            at = reached
    if at >= end:
        return None
    word = words[at]
    if word.text == "," and at + 1 < end:
        aside = next(
            (
                n
                for n in range(at + 1, min(end, at + 25))
                if words[n].text == "," and line.inside[n] == line.inside[at]
            ),
            -1,
        )
        if words[at + 1].text == '"':
            at += 1
        elif aside > 0 and aside + 1 < end and (words[aside + 1].text in ("that", '"')):
            at = aside + 1
        else:
            return None
        word = words[at]
    if word.text == "that" and frames & {"that", "x that", "bare"}:
        return "clause", at + 1, after
    if word.text == ":" and at + 1 < end:
        return ("quote" if words[at + 1].text == '"' else "clause"), at + 1, after
    if word.text == '"' and frames & {'""', "bare"}:
        return "quote", at, after
    if word.text in _QUESTIONS and (negated or form.cue.lemma in ("say", "tell", "ask", "explain", "reveal")):
        return "clause", at, after
    if word.text in _END or word.text in ("by", "as", "and", "or"):
        return None
    if "to" in frames and word.text == "to":
        return "object", at, after
    for preposition in ("of", "about", "for", "on", "against"):
        if preposition in frames and word.text == preposition and at + 1 < end:
            return "object", at + 1, after
    charge = _charge(line, frames, at, end)
    if charge:
        return "charge", at, after
    if word.is_in("preposition") and "bare" not in frames:
        return None
    if "claim" in frames:
        stop = base_end(line, at, end)
        return ("object", at, after) if any(words[n].is_in("claims") for n in range(at, stop)) else None
    if ("bare" in frames or "x bare" in frames) and (
        form.cue.lemma in ("say", "tell") or _is_clause(line, at, end)
    ):
        if not word.is_in("preposition") or _is_clause(line, at, end):
            return "clause", at, after
    if ("np" in frames or negated) and not word.is_in("preposition", "conjunction", "adverb"):
        stop = base_end(line, at, end)
        if stop > at:
            return "object", at, after
    return None


def _opens(line: Line, at: int, end: int) -> bool:
    return at < end and line.words[at].text in ("that", '"', ":")


def _is_clause(line: Line, at: int, end: int) -> bool:
    """Whether a clause of its own stands here: a noun phrase and a finite verb."""
    stop = phrase_end(line, at, end)
    if stop < end and is_verb(line, stop):
        return True
    return any(line.words[n].is_in("auxiliary") for n in range(at, min(end, at + 25)))


def _charge(line: Line, frames: frozenset[str], at: int, end: int) -> bool:
    """Whether an accused or addressed noun phrase stands here with its charge: X of, X as, X to, X Y."""
    words = line.words
    stop = base_end(line, at, end)
    if stop == at and words[at].text != '"':
        return False
    for n in range(max(stop, at + 1), min(end, at + 25)):
        text = words[n].text
        if text in (";", ":") or (n > stop and is_verb(line, n) and text not in ("did",)):
            return False
        for preposition in ("of", "as", "to", "for"):
            if f"x {preposition}" in frames and text == preposition:
                if preposition == "for" and n - stop > 3:
                    continue
                return True
        if "x y" in frames and (text == '"' or (text in ("a", "an") and n == stop)):
            return True
    if "x y" in frames:
        return any(words[n].text == '"' for n in range(at, min(end, at + 15)))
    return False


def _silence(line: Line, after: int, end: int) -> tuple[str, int, int] | None:
    """Read declined to say whether, refused to comment on: a refusal to speak needs what it is about."""
    words = line.words
    if after + 2 >= end or words[after].text != "to" or words[after + 1].text not in _SILENT:
        return None
    at = after + 2
    if words[at].text in ("on", "about"):
        at += 1
    if at >= end or words[at].text in (*_END, ",", "and", "or", "but", "when", "further", "publicly"):
        return None
    return "object", at, after + 2


def _read_gerund(
    line: Line, form: CueForm, index: int, after: int, start: int, end: int, anchors: list[Anchor]
) -> Anchor | None:
    """Read ", adding that …", "quoted as saying": the speaker is the sentence's subject."""
    words = line.words
    before = words[index - 1] if index > start else None
    limit = _limit(line, index, end)
    if form.cue.kind == "relay":
        if before is None or before.text != ",":
            return None
        return _read_relay(line, form, index, after, start, limit, None, (index, after), anchors=anchors)
    if before is not None and before.text not in (",", "and", "by", "-"):
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
        form, (index, max(after, cue_end)), kind, "after", content_start, limit, clause, True, None, rules, "gerund",
        resume=content_start,
    )  # fmt: skip


def _read_relay(
    line: Line, form: CueForm, index: int, after: int, start: int, end: int, subject: Mention | None,
    cue: tuple[int, int], *, anchors: list[Anchor] | None = None,
) -> Anchor | None:  # fmt: skip
    """Read "X cited a source as saying …" and "…, quoting a witness": every hand is kept."""
    words = line.words
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
            say, (saying, saying + 1), found[0], "after", found[1], end, cue[0], False, source, rules, "relay",
            resume=found[1], relays=relays,
        )  # fmt: skip
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
        form, cue, "shared", "fixed", carried.start, min(carried.end, index - 1), index - 1, True, source, rules, "relay",
        resume=stop, relays=relays,
    )  # fmt: skip


def _speaks(source: Mention) -> bool:
    """Whether what is cited can speak: citing confidentiality is no relay."""
    return bool(source.head) or source.kind in ("named-person", "outlet")


def _read_noun(line: Line, index: int, start: int, end: int) -> Anchor | None:
    """Read "the South's accusation that …", "a report by X that …"."""
    words = line.words
    form = words[index].shaped("noun")
    if form is None:
        return None
    limit = _limit(line, index, end)
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
    stop = phrase_end(line, index + 2, _limit(line, index, end))
    source = mention(line, index + 2, stop)
    if (
        source is None
        or source.pronoun
        or source.kind == "document"
        and not source.definite
        and not source.head
    ):
        return None
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
            form, cue, "clause", "after", after, end, index, True, source, [*rules, "content/after"], "preposition",
            resume=after,
        )  # fmt: skip
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
