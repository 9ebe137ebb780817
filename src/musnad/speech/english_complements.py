"""What an English cue governs, and the times, venues and addressees that may stand before it."""

from __future__ import annotations

from musnad.speech.english_nouns import base_end, is_verb, phrase_end
from musnad.speech.english_words import Line
from musnad.speech.lexicon import CueForm

__all__ = ["ENDS", "find_complement", "skip_adjuncts"]


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


ENDS = frozenset({".", "?", "!", ";", "…", "..."})


def skip_adjuncts(line: Line, index: int, end: int) -> int:
    """Skip time, venue and addressee: on Monday, in a statement, late Sunday, to reporters."""
    words = line.words
    while index < end:
        word = words[index]
        if word.is_in("time"):
            if _is_modifying(line, index, end):
                return index
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
            if ((venue or outlet) and word.text not in ("to", "from")) or (
                word.text == "to" and noun.is_in("addressee")
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


def _is_modifying(line: Line, index: int, end: int) -> bool:
    """Whether a time word belongs to the noun after it: earlier advice, this raid, last offer."""
    word = line.words[index]
    loose = word.is_in("determiner", "adverb") or word.text in (
        "last",
        "next",
        "late",
        "early",
        "day",
        "night",
    )
    if word.capital or not loose or index + 1 >= end:
        return False
    follow = line.words[index + 1]
    stops = follow.is_in("time", "preposition", "conjunction", "pronoun", "determiner")
    return follow.kind == "word" and not stops


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
    at = _that_after_adjuncts(line, skip_adjuncts(line, after, end), end)
    if at >= end:
        return None
    if "x that" in frames and not _opens(line, at, end):
        stop = base_end(line, at, end)
        reached = skip_adjuncts(line, stop, end)
        if stop > at and (_opens(line, reached, end) or ("x bare" in frames and "bare" not in frames)):
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
    if word.text in ENDS or word.text in ("by", "as", "and", "or"):
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
    if (
        ("bare" in frames or "x bare" in frames)
        and (form.cue.lemma in ("say", "tell") or _is_clause(line, at, end))
        and (not word.is_in("preposition") or _is_clause(line, at, end))
    ):
        return "clause", at, after
    if ("np" in frames or negated) and not word.is_in("preposition", "conjunction", "adverb"):
        stop = base_end(line, at, end)
        if stop > at:
            return "object", at, after
    return None


def _that_after_adjuncts(line: Line, at: int, end: int) -> int:
    """Give the place of a that with only prepositional phrases before it: said in Basra on Monday that."""
    if at >= end or not line.words[at].is_in("preposition"):
        return at
    for n in range(at + 1, min(end, at + 10)):
        word = line.words[n]
        if word.text == "that":
            return n
        if word.text in (",", '"', ";") or is_verb(line, n):
            break
    return at


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
    if at >= end or words[at].text in (*ENDS, ",", "and", "or", "but", "when", "further", "publicly"):
        return None
    return "object", at, after + 2
