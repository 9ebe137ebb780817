"""Where one Arabic noun phrase gives way to the next: verb, subject and object with nothing between them.

Case endings are not written, so the border is told by what can continue a phrase: after a definite word only
an adjective that agrees, after a proper name nothing bare, and never a second head noun.
"""

from __future__ import annotations

from musnad.speech.arabic_adjuncts import COMMAS, Line, listed_name
from musnad.speech.arabic_words import PREPOSITIONS, Word

__all__ = ["begins_event", "begins_phrase", "split_phrases"]

_PLURAL = ("ون", "ين", "ات", "ان")
# Person nouns that are adjectives as often: العضو القيادي, الحزب المعارض.
_BOTH = frozenset(
    {"قيادي", "معارض", "مسلح", "مساعد", "مسؤول", "مقرب", "مطلع", "برلماني", "اقتصادي", "سياسي", "محافظ"}
)


def begins_phrase(line: Line, start: int, index: int, *, due: bool = False) -> bool:
    """Whether the word at `index` begins a phrase of its own after the one begun at `start`.

    With `due` another phrase must come, so that what could go either way begins it.
    """
    words = line.words
    word, before = words[index], words[index - 1]
    if index <= start or word.conjunction or word.preposition or not word.rest[:1].isalpha():
        return False
    if before.rest in PREPOSITIONS or before.rest == "باسم" or before.text in COMMAS:
        return False
    if word.that or word.be or word.rest in PREPOSITIONS or {"adjunct", "relative"} & word.classes:
        return False
    if not _is_closed(line, start, index):
        return False
    if word.definite:
        if word.head is not None and word.head.kind == "title":
            return False
        return not _is_adjective(line, start, index, due=due)
    if any(words[at].given for at in range(start, index)) or word.given:
        return False
    if word.head is not None and word.head.kind != "title":
        return due or word.head.kind not in ("office", "title", "anonymous")
    return due and bool(line.lexicon.names.get(word.rest))


def begins_event(line: Line, start: int, index: int) -> bool:
    """Whether a definite noun for an event begins a phrase of its own: نفى مصدر أمني | الإفراج عن المعتقل.

    No name of a body or a person goes on with one after a definite word, a given name or an adjective.
    """
    words = line.words
    word, before = words[index], words[index - 1]
    if index <= start or not word.definite or word.conjunction or word.preposition or word.head is not None:
        return False
    if word.stem not in line.lexicon.word_class("event") or listed_name(line, index, len(words)) is not None:
        return False
    if before.definite or any(words[at].given for at in range(start, index)):
        return before.rest not in PREPOSITIONS and (before.head is None or before.head.kind != "title")
    adjective = before.rest.endswith(("ي", "يه")) and not before.preposition
    return index == start + 2 and words[start].head is not None and adjective


def split_phrases(line: Line, start: int, stop: int) -> int | None:
    """Give where the second of two phrases begins, the first being at `start`; none if there is one only."""
    return next((at for at in range(start + 1, stop) if begins_phrase(line, start, at, due=True)), None)


def _is_closed(line: Line, start: int, index: int) -> bool:
    """Whether the phrase is complete before `index`: a definite word or a listed name has ended its chain."""
    before = line.words[index - 1]
    if before.definite:
        return before.head is None or before.head.kind != "title"
    return any(
        (listed := listed_name(line, at, index)) is not None and listed[0] == index
        for at in range(max(start, index - 5), index)
    )


def _is_adjective(line: Line, start: int, index: int, *, due: bool) -> bool:
    """Whether the definite word at `index` can qualify the phrase before it."""
    word = line.words[index]
    if listed_name(line, index, len(line.words)) is not None and word.rest in line.lexicon.names:
        return False
    stem = word.stem
    masculine = stem.removesuffix("ه")
    if masculine in line.lexicon.word_class("adjective"):
        return True
    if word.head is not None and stem not in _BOTH and masculine not in _BOTH:
        return False
    if not _agrees(line, start, index):
        return False
    return _is_relation(masculine) or not due


def _is_relation(stem: str) -> bool:
    return len(stem) > 3 and stem.endswith("ي")


def _agrees(line: Line, start: int, index: int) -> bool:
    """Whether some noun of the phrase can be what the word at `index` qualifies, by written form alone."""
    stem = line.words[index].stem
    nouns = [line.words[at] for at in range(start, index) if line.words[at].rest[:1].isalpha()]
    if len(stem) > 4 and stem.endswith(_PLURAL):
        return any(_can_be(noun, "p") for noun in nouns)
    return any(_can_be(noun, "f" if stem.endswith("ه") else "m") for noun in nouns)


def _can_be(noun: Word, form: str) -> bool:
    """Whether a noun can take an adjective in the masculine, the feminine or a sound plural."""
    feminine = noun.stem.endswith("ه")
    plural = noun.stem.endswith(_PLURAL) and len(noun.stem) > 4
    if noun.head is not None:
        feminine, plural = feminine or noun.head.gender == "f", noun.head.number == "p"
        if form == "f":
            return feminine or plural
        return plural if form == "p" else not feminine and not plural
    if form == "f":
        return feminine or plural or not (noun.definite and _is_relation(noun.stem))
    if form == "p":
        return plural or not (feminine or _is_relation(noun.stem))
    return not feminine
