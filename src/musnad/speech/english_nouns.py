"""Where an English noun phrase begins and ends, and what kind of source it names.

Without a parser, edges come from closed word classes: a phrase is read forward from its first word (determiner,
modifiers, head, prepositional phrases, an apposition or relative clause between commas) and must end exactly at the
verb it is the subject of. The leftmost start that reads through to the verb wins.
"""

from __future__ import annotations

from musnad.speech.english_words import Line, Word
from musnad.speech.lexicon import Head
from musnad.speech.proposals import Mention

__all__ = ["base_end", "mention", "phrase_end", "subject_before"]

_REACH = 45
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
_PRONOUNS = {
    "he": ("m", "s"), "she": ("f", "s"), "it": ("", "s"), "they": ("", "p"), "him": ("m", "s"), "her": ("f", "s"),
    "them": ("", "p"),
}  # fmt: skip
_RELATIVE = frozenset({"who", "which", "whose", "whom", "where", "that"})
_PERSONAL = ("office", "title", "anonymous", "collective")


def is_verb(line: Line, index: int) -> bool:
    """Whether the word at `index` reads as a finite verb where a noun phrase stands."""
    word = line.words[index]
    if word.kind != "word" or word.capital and not word.is_in("auxiliary", "irregular"):
        return False
    if word.is_in("auxiliary") or word.text.endswith("n't"):
        return True
    before = line.words[index - 1] if index else None
    led = before is not None and (before.is_in("determiner") or before.possessive or before.text in ("-",))
    if word.is_in("irregular"):
        return not led
    after = line.words[index + 1] if index + 1 < len(line.words) else None
    if word.text.endswith("ed") and len(word.text) > 4 and "-" not in word.text:
        if led or before is None or before.kind == "number":
            return False
        if after is not None and after.text in ("by", "in", "for", "at", "with", "as", "to", "on", "against"):
            return after.text in ("to", "on", "in", "at") and not _is_reduced(line, index)
        return not (
            before.is_in("preposition", "conjunction")
            or (before.capital and after is not None and after.head is not None)
        )
    return False


def _is_reduced(line: Line, index: int) -> bool:
    """Whether a participle heads a reduced relative (issued on Saturday, based in Erbil) with a verb still to come."""
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
    if words[start].text in _PRONOUNS or words[start].is_in("pronoun"):
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
        index += 1
    return index


def phrase_end(line: Line, start: int, end: int) -> int:
    """Give how far the noun phrase that begins at `start` reads before `end`."""
    words = line.words
    index = base_end(line, start, end)
    if index == start:
        return start
    while index < end:
        word = words[index]
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
        elif word.text in _RELATIVE and word.text != "that":
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
    relative = (
        words[after].text in _RELATIVE
        or words[after].text.endswith("ing")
        or words[after].text in ("based", "formed", "led")
    )
    at = after
    while at < end and words[at].text != mark:
        if words[at].text == ";" or (words[at].text == '"' and line.inside[at] < 0 and not relative):
            return -1
        if not relative and is_verb(line, at) and not _in_relative(line, after, at):
            return -1
        at += 1
    if at < end:
        return at + 1
    return end if relative or _closes(line, after, end) else -1


def _in_relative(line: Line, start: int, index: int) -> bool:
    return any(line.words[at].text in _RELATIVE for at in range(start, index))


def _closes(line: Line, start: int, end: int) -> bool:
    return phrase_end(line, start, end) >= end if end - start < _REACH else False


def _relative_end(line: Line, index: int, end: int) -> int:
    return end if end - index < 25 else index


def subject_before(line: Line, start: int, verb: int) -> tuple[int, int] | None:
    """Find the subject that ends at `verb`, looking back to `start`; none if only a clause stands there."""
    words = line.words
    last = verb
    while last > start and (
        words[last - 1].is_in("auxiliary", "adverb", "negation")
        or words[last - 1].text in ("been", "to")
        or (words[last - 1].is_in("time") and words[last - 2].text == "on")
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
            and not words[begin].text == "that"
        ):
            begin += 1
        while begin < end and words[begin].is_in("adverb") and not words[begin].is_in("determiner"):
            begin += 1
        if begin >= end or words[begin].is_in("preposition") or is_verb(line, begin):
            continue
        if line.inside[begin] != line.inside[verb]:
            continue
        if phrase_end(line, begin, end) >= end and not _is_clause(line, begin, end):
            return begin, end
    return _nearest(line, start, end, verb)


def _is_clause(line: Line, begin: int, end: int) -> bool:
    """Whether what reads as one phrase holds a comma and then a phrase of its own: content, then the speaker."""
    words = line.words
    for at in range(begin + 1, end - 1):
        if words[at].text == "," and line.inside[at] == line.inside[begin]:
            after = words[at + 1]
            if (
                after.is_in("determiner", "pronoun")
                and words[end].text != ","
                and not _has_closing(line, at + 1, end)
            ):
                return True
    return False


def _has_closing(line: Line, start: int, end: int) -> bool:
    return any(line.words[at].text == "," for at in range(start, end)) or line.words[end - 1].text == ","


def _nearest(line: Line, start: int, end: int, verb: int) -> tuple[int, int] | None:
    """Fall back on the words right before the verb: from the last determiner or the first of a run of capitals."""
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
        capitals -= 1
    if capitals < end:
        return capitals, end
    head = words[end - 1].head
    return (at, end) if head is not None else None


def mention(line: Line, start: int, end: int) -> Mention | None:
    """Describe the source mention in `[start:end]`."""
    words = line.words
    while end > start and words[end - 1].text in (",", "-", "("):
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
            return _document(line, start, end, core, lemma, key, definite)
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
    """Whether a run of capitals without a head reads as a person: a given name, or one or two unknown words."""
    if any(word.given for word in capitals):
        return True
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
    """Find a person's name: capitals after a title, a given name, or an apposition of capitals to an office."""
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
    for at in range(start, end):
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
    elif core < end and words[core].text == "," and all(words[at].capital for at in range(start, core)):
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
        ):
            if stop == core:
                return kind
    return None


def _document(
    line: Line, start: int, end: int, core: int, lemma: str, key: frozenset[str], definite: bool
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
    if begin < inner:
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
    while at < end and words[at].text not in (",", "(") and not (words[at].text in _RELATIVE):
        at += 1
    text = line.passage.words(start, at)
    return text.removesuffix("'s").removesuffix("’s").replace('"', "").strip()


def _key(line: Line, start: int, end: int) -> frozenset[str]:
    stems = set()
    for at in range(start, min(end, start + 14)):
        word = line.words[at]
        if word.text == "," or word.text in _RELATIVE:
            break
        if word.kind != "word" or word.is_in("determiner", "preposition", "conjunction", "adverb", "time"):
            continue
        stems.add(word.head.lemma if word.head is not None else word.stem.rstrip("."))
    return frozenset(stems)
