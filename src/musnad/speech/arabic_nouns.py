"""Arabic source mentions: where a speaker's noun phrase begins and ends, and what kind of source it is."""

from __future__ import annotations

from dataclasses import replace

from musnad.speech.arabic_adjuncts import (
    COMMAS,
    Line,
    bracket_end,
    is_addressee,
    is_period,
    is_venue,
    listed_name,
)
from musnad.speech.arabic_phrases import begins_event
from musnad.speech.arabic_words import ANONYMITY, Word
from musnad.speech.proposals import Mention
from musnad.text.folding import unmarked

__all__ = ["is_known", "noun_phrase"]

_LONGEST = 40
_PARTITIVES = frozenset(
    {"احد", "احدي", "عدد", "بعض", "مجموعه", "عده", "كل", "جميع", "معظم", "مئات", "عشرات", "اغلب"}
)
# Words that do not tell one source from another.
_EMPTY = frozenset(
    {"باسم", "في", "من", "ل", "هذا", "هذه", "نفسه", "نفسها", "ذاته", "و", "#", "_", '"', "(", ")", ",", "،"}
)
_PERSONAL = ("office", "title", "anonymous", "collective")


def is_known(line: Line, start: int, end: int) -> bool:
    """Whether a source plainly begins at `start`: a head, a listed name, a given name."""
    start = _first(line, start, end)
    if start >= end:
        return False
    word = line.words[start]
    if word.head is not None and word.head.note != "title_only":
        return True
    if word.head is not None and start + 1 < end:
        return line.words[start + 1].definite or line.words[start + 1].given
    if word.given or word.rest in line.surnames or word.rest in _PARTITIVES:
        return True
    return listed_name(line, start, end) is not None


def _first(line: Line, start: int, end: int) -> int:
    while start < end and line.words[start].text in ("#", '"', "("):
        start += 1
    return start


def noun_phrase(line: Line, start: int, end: int, *, strict: bool = False) -> Mention | None:
    """Give the source mention that begins at `start`, as far as it goes before `end`, or none.

    With `strict` its first word must be a known one (see `is_known`).
    """
    if start >= end or (strict and not is_known(line, start, end)) or not _can_begin(line, start, end):
        return None
    stop = _phrase_end(line, start, min(end, start + _LONGEST))
    while stop > start + 1 and (
        line.words[stop - 1].text in _EMPTY and line.words[stop - 1].text not in '")'
    ):
        stop -= 1
    mention = _mention(line, start, stop)
    clitics = _clitics(line, start)
    return mention if mention is None or not clitics else replace(mention, skip=clitics)


def _clitics(line: Line, start: int) -> int:
    """Give how many letters of the first word are a conjunction or a لـ that is not the source's own."""
    word = line.words[start]
    known = word.head is not None or word.given or word.stem in line.lexicon.names
    led = word.preposition == "ل" and known and word.rest.startswith("ل") and not word.rest.startswith("لل")
    return len(word.conjunction) + led


def _can_begin(line: Line, start: int, end: int) -> bool:
    word = line.words[start]
    if word.text in ('"', "#"):
        return start + 1 < end
    if not word.rest[:1].isalnum() or word.that or word.be:
        return False
    if word.head is not None or word.given or word.rest in _PARTITIVES:
        return True
    blocked = {"adjunct", "connective", "negation", "time", "relative", "month"}
    if blocked & word.classes or word.rest in ("في", "من", "هو", "هي", "هم", "هذا", "هذه", "ذلك"):
        return False
    return word.finite() is None or word.definite


def _phrase_end(line: Line, start: int, end: int) -> int:
    words = line.words
    named = titled = False
    listed = listed_name(line, start, end)
    index = listed[0] if listed is not None else start
    if listed is not None and index < end and words[start].head is None:
        follow = words[index]
        if not (follow.conjunction or follow.definite or follow.text in COMMAS or follow.text in '("_'):
            return index  # a state's or outlet's name is whole; a bare noun after it is another phrase
    while index < end:
        word = words[index]
        if word.text == '"':
            close = line.quoted.get(index, -1)
            if not index < close < end or close - index > 7:
                return index
            index = close + 1
            continue
        if word.text in COMMAS:
            if not _is_apposition(line, index, end, named=named, titled=titled):
                return index
            index += 1
            word = words[index]
            named = named or word.given or word.head is None
            titled = titled or word.head is not None
            index += 1
            continue
        if word.text == "(":
            after = bracket_end(line, index, end)
            if after == index:
                return index
            index = after
            continue
        if index > start and _ends_phrase(line, start, index, end):
            return index
        named = named or word.given
        titled = titled or (word.head is not None and word.head.kind in _PERSONAL)
        index += 1
    return index


def _ends_phrase(line: Line, start: int, index: int, end: int) -> bool:
    word = line.words[index]
    if word.that or word.be or word.text in (":", "؛", ";", "-", ".", "؟", "!"):
        return True
    if word.rest in ("جميع", "كل", "كافه") and line.words[index - 1].definite:
        return True
    before = line.words[index - 1]
    described = word.head is not None and before.head is not None and not before.definite  # مصدر مطلع
    if ("time" in word.classes and not described) or (
        {"relative", "negation", "connective"} & word.classes and not word.head
    ):
        return True
    if is_period(line, index, end):
        return True
    if is_venue(line, index, end) or is_addressee(line, index):
        return True
    issued = word.rest == "عن" and line.words[index - 1].stem in ("صادر", "صادره")
    if "adjunct" in word.classes and word.rest not in ("في", "من") and not issued:
        return True
    if word.conjunction == "و" and not (
        word.head or word.definite or word.given or word.rest in _PARTITIVES or listed_name(line, index, end)
    ):
        return True
    if word.definite or word.head is not None:
        return begins_event(line, start, index)
    return word.finite() is not None or (word.shaped("participle") is not None and word.rest.endswith("ا"))


def _is_apposition(line: Line, index: int, end: int, *, named: bool, titled: bool) -> bool:
    """Whether the comma joins title and name: رئيس الوزراء، حيدر العبادي."""
    after = index + 1
    if after >= end or not _can_begin(line, after, end) or is_addressee(line, after):
        return False
    word = line.words[after]
    if "venue" in word.classes and word.head is None:
        return False
    if any(line.words[at].rest in ANONYMITY for at in range(after, min(end, after + 6))):
        return False  # فضل عدم ذكر اسمه
    person = word.head is not None and word.head.kind in ("office", "title", "anonymous")
    if titled and not named and word.head is not None and word.head.kind == "title":
        return True
    if titled and not named:
        if word.given:
            return True
        bare = word.head is None and not (word.definite or word.classes or word.conjunction or word.cues)
        return bare and word.rest[:1] not in "يتس" and _is_closed(line, after, end)
    return named and person and not word.conjunction


def _is_closed(line: Line, after: int, end: int) -> bool:
    """Whether the apposition that begins at `after` is closed by a comma, or by a complement."""
    if any(line.words[at].text in COMMAS for at in range(after + 1, min(end, after + 7))):
        return True
    return (
        end - after <= 5
        and end < len(line.words)
        and (line.words[end].that != "" or line.words[end].text in ':"')
    )


def _mention(line: Line, start: int, stop: int) -> Mention | None:
    words = line.words
    first = _first(line, start, stop)
    if first >= stop:
        return None
    word = words[first]
    head = word.head
    if word.rest in _PARTITIVES or (head is not None and head.note == "partitive"):
        head = next((words[i].head for i in range(first + 1, stop) if words[i].head is not None), head)
    listed = listed_name(line, first, stop)
    name: tuple[int, int] | None = None
    if listed is not None and (head is None or listed[0] - first > 1):
        kind = listed[1]
        head_lemma = ""
    elif head is None:
        head_lemma = ""
        name = (first, _name_end(line, first, stop))
        kind = "named-person" if _is_person(line, name) else "organisation"
        name = name if kind == "named-person" else None
    else:
        kind, head_lemma = head.kind, head.lemma
        if kind in ("office", "title", "anonymous"):
            name = _name_in(line, first, stop)
            kind = "named-person" if name else ("office" if kind == "title" else kind)
        elif kind == "document":
            return _document(line, start, first, stop)
    if name is not None:
        canonical = _plain(line, name[0], name[1])
    else:
        comma = next((at for at in range(first, stop) if words[at].text in COMMAS), stop)
        canonical = _plain(line, first, comma, nominative=kind == "anonymous")
    short: frozenset[str] = frozenset()
    opening = next((at for at in range(first + 1, stop) if words[at].text == "("), None)
    if opening is not None and kind == "organisation" and bracket_end(line, opening, stop) == stop:
        short = _key(line, opening + 1, stop - 1)
        canonical = _plain(line, first, opening)
    form = head.gender if head else ""
    return Mention(
        start,
        stop,
        kind,
        canonical,
        head_lemma,
        _key(line, first, stop),
        tuple(words[i].rest for i in range(*name) if words[i].text not in _EMPTY) if name else (),
        form,
        head.number if head else "",
        word.definite,
        short=short,
    )


def _document(line: Line, start: int, first: int, stop: int) -> Mention:
    """A statement or report speaks for whoever issued it: بيان للوزارة, تقرير نشره الموقع, بيان المكتب."""
    word = line.words[first]
    for index in range(first + 1, stop):
        other = line.words[index]
        if (other.head is not None and other.head.kind != "document") or listed_name(line, index, stop):
            owner = _mention(line, index, stop)
            if owner is not None:
                return Mention(
                    start,
                    stop,
                    owner.kind,
                    owner.canonical.removeprefix("ل"),
                    owner.head,
                    owner.key,
                    owner.name,
                    owner.gender,
                    owner.number,
                    owner.definite,
                )
    lemma = word.head.lemma if word.head else ""
    canonical = _plain(line, first, stop)
    return Mention(start, stop, "document", canonical, lemma, _key(line, first, stop), definite=word.definite)


def _name_in(line: Line, first: int, stop: int) -> tuple[int, int] | None:
    """Find the proper name in a titled mention: a given name, or bare words after the title's own."""
    words = line.words
    head = words[first].head
    settled = head is not None and head.kind == "title"
    index = first + 1
    while index < stop:
        word = words[index]
        before = words[index - 1].rest
        listed = listed_name(line, index, stop)
        owner = words[index - 1]
        owned = (
            index - 1 > first and owner.head is not None and not owner.definite and owner.head.kind != "title"
        )
        if word.given and not word.definite and word.rest != "باسم" and word.preposition == "" and not owned:
            return index, _name_end(line, index, stop)
        if listed is not None:
            settled, index = True, listed[0]
            continue
        if word.definite or word.text in COMMAS:
            settled = settled or words[first].definite or word.definite or word.text in COMMAS
        elif (
            settled
            and _is_bare(word)
            and before not in ("في", "من", "باسم")
            and words[index - 1].rest[:1] != "ل"
        ):
            end = _name_end(line, index, stop)
            # حكومة شرق ليبيا: no person's name has a state in it.
            whole = not any(listed_name(line, at, end) for at in range(index + 1, end))
            if whole and (end - index >= 2 or words[first].definite):
                return index, end
        index += 1
    return None


def _is_bare(word: Word) -> bool:
    return (
        word.rest[:1].isalpha()
        and not word.definite
        and word.head is None
        and not word.classes
        and not word.conjunction
        and not word.cues
        and word.preposition == ""
        and not word.rest.endswith(("ه", "يا", "ين", "ون", "ات"))
    ) or word.rest in ("ابو", "بن", "ابن", "ال")


def _name_end(line: Line, index: int, stop: int) -> int:
    at = index + 1
    while at < stop:
        word = line.words[at]
        if word.text in ("_", "#", "-") or word.rest in ("بن", "ابو", "ال", "ابن"):
            at += 1
            continue
        if (
            not word.rest[:1].isalpha()
            or word.conjunction
            or word.classes & {"adjunct", "relative", "time", "connective"}
        ):
            break
        if (
            word.head is not None
            and (word.definite or word.head.kind in ("office", "organisation"))
            and not word.given
        ):
            break
        at += 1
    return at


def _is_person(line: Line, name: tuple[int, int]) -> bool:
    """Whether bare words read as a person's name rather than a body's: a given name, or few and bare."""
    words = [line.words[i] for i in range(*name) if line.words[i].rest[:1].isalpha()]
    if any(word.given for word in words[:2]):
        return True
    return 1 <= len(words) <= 4 and not any(word.classes for word in words)


def _plain(line: Line, start: int, stop: int, *, nominative: bool = False) -> str:
    parts: list[str] = []
    for index in range(start, stop):
        token = line.passage.tokens[index]
        if token.text in ("#", "_", '"', "(", ")"):
            continue
        raw = unmarked(line.passage.words(index, index + 1))
        word = line.words[index]
        if index == start and len(raw) > 2:
            raw = raw[1:] if word.conjunction else raw
            if word.head is not None and word.preposition == "ل" and raw.startswith("ل"):
                raw = "ا" + raw if raw.startswith("لل") else raw[1:]
        if nominative and raw.rstrip("ًٌٍ").endswith("ا") and not line.words[index].definite:
            raw = raw.rstrip("ًٌٍ")[:-1]
        if token.text in COMMAS and parts:
            parts[-1] += raw
        else:
            parts.append(raw)
    return " ".join(parts)


def _key(line: Line, start: int, stop: int) -> frozenset[str]:
    stems = set()
    for index in range(start, stop):
        word = line.words[index]
        if word.rest in _EMPTY or not word.rest[:1].isalnum() or "adjunct" in word.classes:
            continue
        stems.add(word.head.lemma if word.head is not None else word.stem.removesuffix("ا"))
    return frozenset(stems)
