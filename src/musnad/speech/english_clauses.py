"""English cues in their clauses: X said that, "…," said X, "…, X said"; finite verbs and where they stand."""

from __future__ import annotations

from functools import lru_cache

from musnad.speech.english_anchors import Anchor, quotation_end
from musnad.speech.english_complements import ENDS, find_complement, skip_adjuncts
from musnad.speech.english_mentions import mention
from musnad.speech.english_nouns import base_end, is_verb, phrase_end, subject_before
from musnad.speech.english_relays import read_gerund, read_noun, read_relay
from musnad.speech.english_words import Line
from musnad.speech.lexicon import CueForm, Lexicon
from musnad.speech.proposals import Mention

__all__ = ["read_cue"]

_CONTRASTS = frozenset({"but", "while", "although", "though", "whereas"})
_AUXILIARIES = ("auxiliary", "adverb", "negation")


@lru_cache(maxsize=8)
def _phrase_starts(lexicon: Lexicon) -> frozenset[str]:
    return frozenset(form.split()[0] for form in lexicon.cues if " " in form)


def find_form(line: Line, index: int, end: int) -> tuple[CueForm, int] | None:
    """Give the cue form at `index` and its end; a form of several words (went on to say) is preferred."""
    words = line.words
    if words[index].kind != "word":
        return None
    for length in (4, 2) if words[index].text in _phrase_starts(line.lexicon) else ():
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
        anchor = _read_finite(line, form, index, after=after, start=start, end=end)
        if anchor is None and word.shaped("noun") is not None:
            anchor = read_noun(line, index, start, end)
        return anchor
    if form.shape == "gerund":
        return read_gerund(line, form, index, after=after, start=start, end=end, anchors=anchors)
    return read_noun(line, index, start, end)


def _read_finite(line: Line, form: CueForm, index: int, *, after: int, start: int, end: int) -> Anchor | None:
    words = line.words
    first = _auxiliaries_start(line, index, start)
    auxiliaries = [words[at] for at in range(first, index)]
    negated = any(word.is_in("negation") for word in auxiliaries)
    if not _is_verbal(line, form, index, first, start, negated=negated):
        return None
    first = next((at for at in range(first, index) if not _is_plain_adverb(line, at)), index)
    limit = quotation_end(line, index, end)
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
        if subject is None or (before.text == "that" and subject.kind != "document"):
            return None
        rules.append("source/relative")
    else:
        edges = subject_before(line, start, index)
        if edges is not None:
            subject = mention(line, *edges)
            clause = edges[0]
            rules.append("source/before")
    if form.cue.kind == "relay":
        return read_relay(line, form, (index, after), cue=cue, end=limit, subject=subject)
    relays = _cited(line, subject)
    trailing = _trailing(line, form, (index, after), start=start, end=limit, subject=subject)
    if trailing is not None:
        content, who, resume = trailing
        if who is not subject:
            rules.append("source/inverted")
        gap = min(clause, content[1]) if who is subject else content[1]
        return Anchor(
            form,
            cue,
            "clause",
            "before",
            content[0],
            content[1],
            gap,
            True,
            who,
            [*rules, "content/before"],
            "finite",
            negated,
            resume,
            relays,
        )
    complement = find_complement(line, form, after, limit, negated=negated)
    if complement is None or (subject is None and not coordinated):
        return None
    kind, content_start, cue_end = complement
    doubled = kind == "clause" and content_start == after and words[after].shaped("past", "third") is not None
    if (doubled and not words[after].capital) or not _can_speak(line, kind, subject):
        return None
    if form.shape == "present" and not _is_plural(line, subject) and not auxiliaries:
        return None
    rules.append(f"content/{kind}")
    if subject is not None and clause > start:
        breaks = words[clause - 1].text == ";" and first - 1 > start
        if words[clause - 1].text in _CONTRASTS:
            breaks = True
            clause -= 2 if words[clause - 2].text == "," else 1
    return Anchor(
        form,
        (cue[0], max(cue[1], cue_end)),
        kind,
        "after",
        content_start,
        limit,
        clause,
        breaks,
        subject,
        rules,
        "finite",
        negated,
        content_start,
        relays,
    )


def _auxiliaries_start(line: Line, index: int, start: int) -> int:
    while (
        index > start
        and line.words[index - 1].is_in(*_AUXILIARIES)
        and not line.words[index - 1].is_in("time")
    ):
        index -= 1
    return index


def _can_speak(line: Line, kind: str, subject: Mention | None) -> bool:
    """Whether a subject without a known head may accuse or deny: only if it bears a name."""
    if subject is not None and line.words[subject.start].text in ("no", "nobody", "none", "neither"):
        return False
    if subject is None or subject.kind != "organisation" or subject.head or kind not in ("object", "charge"):
        return True
    return any(line.words[at].capital for at in range(subject.start, subject.end))


def _cited(line: Line, subject: Mention | None) -> list[tuple[Mention, tuple[int, int] | None]]:
    """Give whom a subject cites in passing: State radio, citing an official, said."""
    found: list[tuple[Mention, tuple[int, int] | None]] = []
    for at in range(subject.start, subject.end) if subject is not None else ():
        if line.words[at].text in ("citing", "quoting"):
            source = (
                mention(line, at + 1, phrase_end(line, at + 1, subject.end)) if subject is not None else None
            )
            if source is not None and source.kind != "document":
                found.append((source, (at, at + 1)))
    return found


def _is_plain_adverb(line: Line, at: int) -> bool:
    return line.words[at].is_in("adverb") and not line.words[at].is_in("auxiliary")


def _is_verbal(line: Line, form: CueForm, index: int, first: int, start: int, *, negated: bool) -> bool:
    """Whether the form is a verb with a subject: no passive, no infinitive, no noun or attribute."""
    words = line.words
    auxiliaries = {words[at].text for at in range(first, index)}
    if form.cue.lemma == "ask" and index + 1 < len(words) and words[index + 1].text in ("not", "to", "for"):
        return False
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
        return words[at].text in (",", ")", '"') or (
            words[at].kind == "word" and not words[at].is_in("determiner", "preposition")
        )
    if ambiguous and words[index].shaped("third") is not None and form.shape == "third":
        after = words[index + 1] if index + 1 < len(words) else None
        return after is not None and not after.is_in("preposition") and after.text not in (".", ",")
    return not (negated and form.shape == "past")


def _is_plural(line: Line, subject: Mention | None) -> bool:
    """Whether a subject can stand with say, believe, deny: plural, coordinated, or they and we."""
    if subject is None:
        return True
    if subject.number == "p":
        return True
    words = line.words[subject.start : subject.end]
    core = [word for word in words[:6] if word.kind == "word"]
    plural = any(
        word.text.endswith("s") and not word.possessive and (place == 0 or not word.capital)
        for place, word in enumerate(core[:4])
    )
    return plural or any(word.text in ("and", "police", "people", "media") for word in core)


def _trailing(
    line: Line, form: CueForm, place: tuple[int, int], *, start: int, end: int, subject: Mention | None
) -> tuple[tuple[int, int], Mention | None, int] | None:
    """Read "…, X said", "…," said X: the content stands before, nothing but adjuncts after."""
    words = line.words
    index, after = place
    frames = form.cue.frames
    if not frames & {'""', "bare", "that"} or form.cue.kind in ("denial", "refusal"):
        return None
    edge = subject.start if subject is not None else index
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
        if who is None or (who.pronoun and words[left].text != '"' and not closed):
            return None
        rest = stop
    if "x that" in frames and rest < end and words[rest].text not in ENDS:
        rest = base_end(line, rest, end)
    rest = skip_adjuncts(line, rest, end)
    if (
        rest < end
        and words[rest].text not in (",", *ENDS)
        and words[rest].text != '"'
        and words[rest].text != "as"
    ) and not (closed and words[rest].is_in("conjunction", "preposition")):
        return None
    if rest < end and words[rest].text == '"' and not closed:
        return None
    said = any(is_verb(line, at) for at in range(start, left))
    if rest + 1 < end and words[rest].text == "," and not (closed or said) and _resumes(line, rest + 1, end):
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
        if skip_adjuncts(line, at, end) > at:
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
    """Whether only an adverbial stands before the comma: On Monday, In a statement, Earlier this week."""
    words = line.words
    if words[start].text == '"':
        return False
    verbs = any(is_verb(line, at) for at in range(start, end))
    if words[start].is_in("preposition") or words[start].is_in("adverb", "time"):
        return not verbs or end - start < 4
    if words[start].is_in("conjunction") and words[start].text not in ("and", "but"):
        return True
    return end - start < 3 and not verbs
