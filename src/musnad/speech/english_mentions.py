"""What an English noun phrase names as a source: person, office, body, outlet, or someone unnamed."""

from __future__ import annotations

from musnad.speech.english_nouns import RELATIVES, base_end
from musnad.speech.english_words import Line, Word
from musnad.speech.lexicon import Head
from musnad.speech.proposals import Mention

__all__ = ["mention"]


_PRONOUNS = {
    "he": ("m", "s"),
    "she": ("f", "s"),
    "it": ("", "s"),
    "they": ("", "p"),
    "him": ("m", "s"),
    "her": ("f", "s"),
    "them": ("", "p"),
}


_PERSONAL = ("office", "title", "anonymous", "collective")


def mention(line: Line, start: int, end: int) -> Mention | None:
    """Describe the source mention in `[start:end]`."""
    words = line.words
    while end > start and words[end - 1].text in (",", "-", "(", ".", "?", "!", ";"):
        end -= 1
    if end <= start:
        return None
    first = words[start]
    if first.text in _PRONOUNS and end == start + 1:
        gender, number = _PRONOUNS[first.text]
        return Mention(start, end, "pronoun", first.text, gender=gender, number=number, pronoun=True)
    if first.is_in("pronoun"):
        return None
    core = min(base_end(line, start, end), end)
    core = core if core > start else end
    if (
        core < end - 1
        and words[core].text == "and"
        and not first.is_in("determiner")
        and _head_word(line, start, core) is None
    ):
        core = max(core, min(base_end(line, core + 1, end), end))  # U.S. and Iraqi officials
    head = _head_word(line, start, core)
    name = _name_in(line, start, end, core)
    number = "p" if head is not None and head.number == "p" else "s"
    definite = (
        first.text in ("the", "this", "that", "these", "those", "its", "their", "his", "her") or first.capital
    )
    key = _key(line, start, end)
    lemma = head.lemma if head is not None else ""
    listed = _listed(line, start, core)
    if name is not None and (head is None or head.kind in _PERSONAL):
        words_of = tuple(words[at].stem for at in range(*name) if words[at].kind == "word")
        return Mention(start, end, "named-person", _plain(line, *name), lemma, key, words_of, "", "s", True)
    if listed is not None and (head is None or head.kind not in _PERSONAL):
        return Mention(start, end, listed, _plain(line, start, core), "", key, (), "", "s", True)
    if head is not None:
        if head.kind == "document":
            return _document(line, start, end, core=core, lemma=lemma, key=key, definite=definite)
        kind = "office" if head.kind == "title" else head.kind
        return Mention(start, end, kind, _plain(line, start, end), lemma, key, (), "", number, definite)
    capitals = [
        words[at] for at in range(start, core) if words[at].capital and not words[at].is_in("determiner")
    ]
    kind = "organisation"
    if capitals and not first.is_in("determiner") and _is_personal(capitals):
        return Mention(
            start,
            end,
            "named-person",
            _plain(line, start, core),
            "",
            key,
            tuple(w.stem for w in capitals),
            "",
            "s",
            True,
        )
    if not capitals and first.is_in("determiner"):
        kind = "anonymous"
    return Mention(start, end, kind, _plain(line, start, end), "", key, (), "", "s", definite)


def _is_personal(capitals: list[Word]) -> bool:
    """Whether a run of capitals without a head reads as a person: a given name, or few unknown words."""
    if any(word.given for word in capitals):
        return True
    if any(word.is_in("time") for word in capitals):
        return False
    if any(word.named or word.possessive or word.text.isupper() or "." in word.text for word in capitals):
        return False
    return len(capitals) <= 2 and all(len(word.stem) > 3 for word in capitals)


def _head_word(line: Line, start: int, core: int) -> Head | None:
    """Give the head of a bare noun phrase: its last noun, or the title before a name."""
    words = line.words
    for at in range(core - 1, start - 1, -1):
        head = words[at].head
        if words[at].possessive and at < core - 1:
            return None
        if head is not None:
            if head.note == "title_only" and at < core - 1:
                continue
            return head
        if (
            not words[at].capital
            and words[at].kind == "word"
            and not words[at].is_in("determiner", "adverb", "time")
        ):
            return None
    return None


def _name_in(line: Line, start: int, end: int, core: int) -> tuple[int, int] | None:
    """Find a person's name: capitals after a title, a given name, or capitals in apposition to an office."""
    words = line.words
    titled = -1
    for at in range(start, core):
        head = words[at].head
        if head is not None and head.kind in _PERSONAL:
            titled = at
    if titled >= 0 and titled + 1 < core:
        begin = titled + 1
        while begin < core and words[begin].text in (".", "-"):
            begin += 1
        run = _capital_run(line, begin, core)
        if run > begin and not words[begin].named:
            return begin, run
    reach = core
    while (
        titled >= 0
        and reach < end
        and words[reach].text not in (",", "-", "(")
        and words[reach].text not in RELATIVES
    ):
        reach += 1
    for at in range(start, reach):
        word = words[at]
        before = words[at - 1] if at > start else None
        if word.given and (before is None or before.text not in ("of", "for", "to", "with", "by", "against")):
            if before is not None and before.capital and before.given:
                continue
            run = _capital_run(line, at, end)
            if word.possessive or any(words[i].possessive for i in range(at, run)):
                continue
            if run - at >= 2 or at == start or (before is not None and before.head is not None):
                if run < end and words[run].head is not None and words[run].head.kind not in _PERSONAL:  # type: ignore[union-attr]
                    continue
                return at, run
    if titled >= 0:
        for at in range(core, end - 1):
            if words[at].text == "," and words[at + 1].capital and words[at + 1].head is None:
                run = _capital_run(line, at + 1, end)
                if run - at - 1 in (2, 3) and (run >= end or words[run].text == ","):
                    return at + 1, run
    elif (
        core < end
        and words[core].text == ","
        and all(words[at].capital for at in range(start, core))
        and _listed(line, start, core) is None
    ):
        apposed = base_end(line, core + 1, end)
        if any(
            (head := words[at].head) is not None and head.kind in _PERSONAL for at in range(core + 1, apposed)
        ):
            return start, core
    return None


def _capital_run(line: Line, at: int, end: int) -> int:
    words = line.words
    while at < end and (
        (words[at].kind == "word" and words[at].capital)
        or words[at].text in ("al", "bin", "ibn", "abu", "van", "von", "de", "der", "el")
        or words[at].text.startswith("al-")
        or (words[at].text == "." and at + 1 < end and words[at + 1].capital and len(words[at - 1].text) <= 2)
    ):
        at += 1
    return at


def _listed(line: Line, start: int, core: int) -> str | None:
    """Give the kind of a listed name that the bare phrase is: the United States, Reuters, South Korea."""
    words = line.words
    at = start
    while at < core and words[at].is_in("determiner"):
        at += 1
    if at >= core:
        return None
    for parts, kind in line.lexicon.names.get(words[at].stem, ()):
        stop = at + len(parts)
        if (
            stop <= core
            and all(words[at + n].stem == parts[n] for n in range(len(parts)))
            and words[at].capital
        ) and stop == core:
            return kind
    return None


def _document(
    line: Line, start: int, end: int, *, core: int, lemma: str, key: frozenset[str], definite: bool
) -> Mention:
    """A statement or report speaks for whoever issued it: a ministry statement, a statement by the army."""
    words = line.words
    for at in range(core, end - 1):
        if words[at].text in ("by", "from", "of", "in"):
            owner = mention(line, at + 1, end)
            if owner is not None and owner.kind not in ("document", "anonymous"):
                return Mention(start, end, owner.kind, owner.canonical, owner.head, owner.key, owner.name)
    inner = core
    while inner > start and words[inner - 1].head is not None and words[inner - 1].head.kind == "document":  # type: ignore[union-attr]
        inner -= 1
    begin = start
    while begin < inner and (
        words[begin].is_in("determiner") or not (words[begin].capital or words[begin].head)
    ):
        begin += 1
    if begin < inner and inner - begin < end - start:
        owner = mention(line, begin, inner)
        if owner is not None and owner.kind in ("organisation", "outlet", "office", "named-person"):
            return Mention(start, end, owner.kind, owner.canonical, owner.head, owner.key, owner.name)
    return Mention(start, end, "document", _plain(line, start, end), lemma, key, definite=definite)


def _plain(line: Line, start: int, end: int) -> str:
    words = line.words
    while start < end - 1 and (
        words[start].text in ("the", "a", "an", "two", "three", "some", "several")
        or words[start].kind != "word"
    ):
        start += 1
    at = start + 1
    while at < end and words[at].text not in (",", "(") and words[at].text not in RELATIVES:
        at += 1
    text = line.passage.words(start, at)
    return text.removesuffix("'s").removesuffix("’s").replace('"', "").strip()


def _key(line: Line, start: int, end: int) -> frozenset[str]:
    stems = set()
    for at in range(start, min(end, start + 14)):
        word = line.words[at]
        if word.text == "," or word.text in RELATIVES:
            break
        if word.kind != "word" or word.is_in("determiner", "preposition", "conjunction", "adverb", "time"):
            continue
        stems.add(word.head.lemma if word.head is not None else word.stem.rstrip("."))
    return frozenset(stems)
