"""Where an English noun phrase begins and ends, and what kind of source it names.

Without a parser, edges come from closed word classes: a phrase is read forward from its first word
(determiner, modifiers, head, prepositional phrases, an apposition or relative clause between commas) and must
end exactly at the verb it is the subject of. The leftmost start that reads through to the verb wins.
"""

from __future__ import annotations

from musnad.speech.english_words import Line

__all__ = ["RELATIVES", "base_end", "is_verb", "phrase_end", "subject_before"]

_REACH = 45
_LONGEST_PHRASE = (
    100  # tokens: nobody is called more, and each cue may have one looked for to its sentence's end
)
_JOINING = frozenset(
    {
        "of",
        "in",
        "for",
        "from",
        "at",
        "with",
        "on",
        "to",
        "near",
        "by",
        "under",
        "against",
        "between",
        "about",
        "into",
        "outside",
        "inside",
        "across",
    }
)
_PARTICIPLES = frozenset(
    {
        "sent",
        "held",
        "made",
        "led",
        "known",
        "set",
        "left",
        "found",
        "seen",
        "taken",
        "given",
        "written",
        "shown",
        "run",
        "built",
        "read",
    }
)
_POSTPOSED = frozenset({"close", "familiar", "responsible", "aware", "loyal", "allied", "opposed", "linked"})
RELATIVES = frozenset({"who", "which", "whose", "whom", "where", "that"})


def is_verb(line: Line, index: int) -> bool:
    """Whether the word at `index` reads as a finite verb where a noun phrase stands."""
    word = line.words[index]
    if word.kind != "word" or (word.capital and not word.is_in("auxiliary", "irregular")):
        return False
    if word.is_in("auxiliary") or word.text.endswith("n't"):
        return True
    before = line.words[index - 1] if index else None
    led = before is not None and (before.is_in("determiner") or before.possessive or before.text in ("-",))
    after = line.words[index + 1] if index + 1 < len(line.words) else None
    if word.shaped("past") is not None and not word.text.endswith("ed") and not word.is_in("irregular"):
        return not led
    if word.is_in("irregular"):
        if (
            word.text in _PARTICIPLES
            and after is not None
            and after.text in ("to", "by", "in", "on", "at", "from", "as")
        ):
            return not (led or _is_reduced(line, index))
        return not led
    if word.text.endswith("ed") and len(word.text) > 4 and "-" not in word.text:
        if led or before is None or before.kind == "number":
            return False
        if before.kind == "mark" and after is not None and after.head is not None:
            return False  # "…, wounded soldiers said": a participle before its noun
        if after is not None and after.text in ("by", "in", "for", "at", "with", "as", "to", "on", "against"):
            return after.text in ("to", "on", "in", "at") and not _is_reduced(line, index)
        return not (
            before.is_in("preposition", "conjunction")
            or (before.capital and after is not None and after.head is not None)
        )
    return False


def _is_reduced(line: Line, index: int) -> bool:
    """Whether a participle heads a reduced relative (issued on Saturday) with a verb still to come."""
    for at in range(index + 1, min(len(line.words), index + 8)):
        word = line.words[at]
        if word.cues and word.shaped("past", "third", "present"):
            return True
        if word.text in (".", ",", ";") or word.is_in("auxiliary"):
            return False
    return False


def base_end(line: Line, start: int, end: int) -> int:
    """Give the end of the bare noun phrase at `start`: determiner, modifiers and head, no prepositions."""
    words = line.words
    if start >= end:
        return start
    if words[start].is_in("pronoun"):
        return start + 1
    index = start
    while index < end:
        word = words[index]
        if word.text == '"':
            close = line.quoted.get(index, -1)
            if index < close < end and close - index < 6:
                index = close + 1
                continue
            break
        if word.text == "'" and index > start and words[index - 1].text.endswith("s"):
            index += 1
            continue
        if word.kind == "number" or word.text in ("$", "£", "€", "#", "-", "%"):
            index += 1
            continue
        if word.kind != "word":
            break
        if word.is_in("determiner", "pronoun") and index > start:
            before = words[index - 1]
            if not (before.is_in("determiner") or before.text in ("of", "all", "both")):
                break
        if word.is_in("preposition", "conjunction") and not (
            word.capital and word.text != "that" and index > start
        ):
            break
        if is_verb(line, index):
            break
        if word.is_in("adverb", "time") and index > start and not word.capital:
            break
        if index > start and _is_postmodifier(line, index, end):
            break
        index += 1
    return index


def _is_postmodifier(line: Line, index: int, end: int) -> bool:
    """Whether a participle here follows its noun: rebels fighting under, troops backed by."""
    word, before = line.words[index], line.words[index - 1]
    if (
        word.text in _POSTPOSED
        and index + 1 < end
        and line.words[index + 1].text in ("to", "with", "for", "of")
    ):
        return True
    if word.capital or not word.text.endswith("ing") or before.is_in("determiner") or before.possessive:
        return False
    after = line.words[index + 1] if index + 1 < end else None
    return after is not None and (after.capital or after.is_in("preposition", "determiner"))


def phrase_end(line: Line, start: int, end: int) -> int:
    """Give how far the noun phrase that begins at `start` reads before `end`."""
    words = line.words
    end = min(end, start + _LONGEST_PHRASE)
    index = base_end(line, start, end)
    if index == start:
        return start
    while index < end:
        word = words[index]
        if word.text in _POSTPOSED:
            index += 1
            continue
        if word.text in _JOINING:
            after = base_end(line, index + 1, end)
            if after == index + 1 and not (index + 1 < end and words[index + 1].text.endswith("ing")):
                return index
            index = max(after, index + 1)
        elif word.text in ("and", "or", "&"):
            after = base_end(line, index + 1, end)
            if after == index + 1:
                return index
            index = after
        elif word.text == "(":
            close = next((at for at in range(index, min(end, index + 9)) if words[at].text == ")"), -1)
            if close < 0:
                return index
            index = close + 1
        elif word.text in (",", "-"):
            close = _aside_end(line, index, end)
            if close < 0:
                return index
            index = close
        elif word.text.endswith(("ed", "ing")) and word.kind == "word" and not word.shaped("past"):
            index += 1
            index = base_end(line, index, end) if index < end else index
        elif word.text in RELATIVES and word.text != "that":
            return _relative_end(line, index, end)
        elif word.is_in("time", "adverb"):
            index += 1
        else:
            return index
    return index


def _aside_end(line: Line, index: int, end: int) -> int:
    """Give the end of an apposition or relative clause between commas, its closing comma included, or -1."""
    words = line.words
    mark = words[index].text
    after = index + 1
    if after >= end:
        return -1
    opening = words[after]
    if opening.shaped("gerund") is not None and opening.text not in ("citing", "quoting"):
        return -1  # ", adding that" begins a statement of its own
    relative = (
        opening.text in RELATIVES or opening.is_in("preposition") or opening.text.endswith(("ing", "ed"))
    )
    relative = relative or opening.text in ("led", "held", "known")
    at = after
    while at < end and words[at].text != mark:
        if words[at].text == ";" or (words[at].text == '"' and line.inside[at] < 0 and not relative):
            return -1
        if not relative and is_verb(line, at) and not _in_relative(line, after, at):
            return -1
        at += 1
    if at < end:
        return at + 1
    if end < len(words) and words[end].text == mark:
        return end
    if opening.is_in("preposition"):
        return -1
    return end if relative or _closes(line, after, end) else -1


def _in_relative(line: Line, start: int, index: int) -> bool:
    return any(line.words[at].text in RELATIVES for at in range(start, index))


def _closes(line: Line, start: int, end: int) -> bool:
    return phrase_end(line, start, end) >= end if end - start < _REACH else False


def _relative_end(line: Line, index: int, end: int) -> int:
    return end if end - index < 25 else index


def subject_before(line: Line, start: int, verb: int) -> tuple[int, int] | None:
    """Find the subject that ends at `verb`, looking back to `start`; none if only a clause stands there."""
    words = line.words
    last = verb
    while last > start and (
        (words[last - 1].is_in("auxiliary", "adverb", "negation") and not words[last - 1].capital)
        or words[last - 1].text in ("been", "to")
        or _is_time_end(line, start, last)
        or (words[last - 1].text == "on" and words[last].is_in("time"))
    ):
        last -= 1
    if last == start:
        return None
    end = last - 1 if words[last - 1].text in (",", "-") and last - 1 > start else last
    limit = max(start, end - _REACH)
    starts = [limit] if limit == start else []
    for at in range(limit + 1, end):
        before = words[at - 1]
        if (
            before.text in (",", ";", ":", "-", '"', ")")
            or before.is_in("conjunction")
            or before.is_in("adverb")
        ):
            starts.append(at)
    for at in starts:
        begin = at
        while (
            begin < end
            and (words[begin].is_in("conjunction") or words[begin].text in (",", '"', "-"))
            and words[begin].text != "that"
        ):
            begin += 1
        while begin < end and words[begin].is_in("adverb") and not words[begin].is_in("determiner"):
            begin += 1
        if begin >= end or words[begin].is_in("preposition") or is_verb(line, begin):
            continue
        if words[begin].text.endswith(("ed", "ing")) and words[begin + 1].is_in("preposition"):
            continue
        if line.inside[begin] != line.inside[verb]:
            continue
        if phrase_end(line, begin, end) >= end and not _is_clause(line, begin, end):
            return begin, end
    return _nearest(line, start, end, verb)


def _is_time_end(line: Line, start: int, last: int) -> bool:
    """Whether a time ends a subject's region: X on Sunday said, X earlier this year announced."""
    words = line.words
    return (
        last - 2 > start
        and words[last - 1].is_in("time")
        and (words[last - 2].is_in("time", "determiner") or words[last - 2].text in ("on", "in"))
    )


def _is_clause(line: Line, begin: int, end: int) -> bool:
    """Whether what reads as one phrase is content, a comma, and then the speaker."""
    words = line.words
    for at in range(begin + 1, end - 1):
        if words[at].text == "," and line.inside[at] == line.inside[begin]:
            after = words[at + 1]
            # An apposition would be closed by a comma: "two people wounded in a blast, state TV said".
            if words[end].text == "," or _has_closing(line, at + 1, end):
                continue
            if after.is_in("determiner", "pronoun") or _is_bare_source(line, at + 1, end):
                return True
    return False


def _is_bare_source(line: Line, start: int, end: int) -> bool:
    """Whether words are a source without an article, and not the last of a list: state TV, officials."""
    between = (line.words[at] for at in range(start, end))
    return line.words[end - 1].head is not None and not any(word.is_in("conjunction") for word in between)


def _has_closing(line: Line, start: int, end: int) -> bool:
    return any(line.words[at].text == "," for at in range(start, end)) or line.words[end - 1].text == ","


def _nearest(line: Line, start: int, end: int, verb: int) -> tuple[int, int] | None:
    """Fall back on the words right before the verb: from the last determiner, or a run of capitals."""
    words = line.words
    at = end
    while at > start:
        word = words[at - 1]
        if word.kind != "word" or line.inside[at - 1] != line.inside[verb] or is_verb(line, at - 1):
            break
        if word.is_in("conjunction", "preposition") and not word.capital:
            break
        at -= 1
        if word.is_in("determiner", "pronoun"):
            return at, end
    if at == end:
        return None
    capitals = end
    while capitals > at and words[capitals - 1].capital:
        if words[capitals - 1].is_in("preposition") or (capitals < end and words[capitals - 1].is_in("time")):
            break
        capitals -= 1
    if capitals < end:
        return capitals, end
    head = words[end - 1].head
    return (at, end) if head is not None else None
