"""What an Arabic word is to the reader of speech: conjunction, cue, source head, complementizer, classes."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from musnad.speech.lexicon import CueForm, Head, Lexicon

__all__ = ["PREPOSITIONS", "Word", "describe"]

# What somebody keeps back who asks not to be named.
ANONYMITY = frozenset(
    {"اسمه", "اسمها", "هويته", "هويتها", "اسماءهم", "اسمائهم", "اسميهما", "هوياتهم", "هويتهم"}
)
PREPOSITIONS = frozenset({"الي", "علي", "عن", "من", "في"})
_THAT = {"ان" + suffix: suffix for suffix in ("", "ه", "ها", "هم", "هن", "هما", "نا", "ي", "ني", "ك", "كم")}
_BE = frozenset({"كان", "كانت", "كانوا", "كانا", "كانتا", "زال", "زالت", "زالوا", "يزال", "تزال", "يزالون"})
_SUFFIXES = ("ها", "هم", "هن", "هما", "نا", "ني", "ه")
_ARTICLES = (("لل", "ل", 2), ("بال", "ب", 3), ("كال", "ك", 3), ("ال", "", 2))


@dataclass(frozen=True, slots=True)
class Word:
    """A word with its conjunction off: `rest` is what remains, `stem` that without article and preposition.

    `that` is "ان", or "ب ان" for بأن; `suffix` the pronoun on a cue, complementizer or head.
    """

    text: str
    conjunction: str = ""
    rest: str = ""
    stem: str = ""
    preposition: str = ""
    definite: bool = False
    cues: tuple[CueForm, ...] = ()
    head: Head | None = None
    that: str = ""
    suffix: str = ""
    classes: frozenset[str] = frozenset()
    be: bool = False
    given: bool = False

    def finite(self) -> CueForm | None:
        """Give the form as a finite cue verb, if it can be one."""
        for form in self.cues:
            if form.shape in ("perfect", "imperfect"):
                return form
        return None

    def shaped(self, shape: str) -> CueForm | None:
        """Give the form of that shape, if it can be one."""
        for form in self.cues:
            if form.shape == shape:
                return form
        return None


@lru_cache(maxsize=131072)
def describe(text: str, lexicon: Lexicon) -> Word:
    """Describe a folded word by the lexicon.

    >>> from musnad.speech.lexicon import load_lexicon
    >>> word = describe("والمصادر", load_lexicon("ar"))
    >>> word.conjunction, word.stem, word.definite, word.head.lemma
    ('و', 'مصادر', True, 'مصدر')
    """
    word = _plain(text, lexicon)
    known = word.cues or word.head or word.that or word.classes or word.be or word.rest in PREPOSITIONS
    known = known or text in lexicon.names or text in lexicon.given_names
    if len(text) > 2 and text[0] in "وف" and not known:
        inner = _plain(text[1:], lexicon)
        return Word(
            text,
            text[0],
            inner.rest,
            inner.stem,
            inner.preposition,
            inner.definite,
            inner.cues,
            inner.head,
            inner.that,
            inner.suffix,
            inner.classes,
            inner.be,
            inner.given,
        )
    return word


def _plain(text: str, lexicon: Lexicon) -> Word:
    classes = frozenset(name for name, members in lexicon.words.items() if text in members)
    if text in _THAT:
        return Word(text, rest=text, stem=text, that="ان", suffix=_THAT[text], classes=classes)
    if text[0] == "ب" and text[1:] in _THAT:
        return Word(text, rest=text, stem=text, that="ب ان", suffix=_THAT[text[1:]], classes=classes)
    if text in _BE or text in ("تكون", "يكون"):
        return Word(text, rest=text, stem=text, be=text in _BE, classes=classes)
    if text in PREPOSITIONS:
        return Word(text, rest=text, stem=text, classes=classes)
    cues, suffix = _cues(text, lexicon)
    stem, preposition, definite = _stem(text)
    if text in lexicon.given_names:
        stem, preposition, definite = text, "", False
    if definite and cues and not lexicon.cues.get(text):
        cues = ()
    head = None if text in lexicon.given_names else _head(text, stem, definite, lexicon)
    known = head is not None or stem in lexicon.given_names or stem in lexicon.names
    if preposition and not definite and text in lexicon.heads:
        stem, preposition = text, ""  # لجنة, بنك: a listed head keeps its first letter
    if preposition and not definite and not known:
        stem = text  # بيان, لجنة: the letter belongs to the word unless what follows it is known
    given = stem in lexicon.given_names or text in lexicon.given_names
    return Word(text, "", text, stem, preposition, definite, cues, head, "", suffix, classes, False, given)


def _stem(text: str) -> tuple[str, str, bool]:
    for article, preposition, length in _ARTICLES:
        if text.startswith(article) and len(text) - length >= 2:
            return text[length:], preposition, True
    if text[0] in "بلك" and len(text) > 3:
        return text[1:], text[0], False
    return text, "", False


def _cues(text: str, lexicon: Lexicon) -> tuple[tuple[CueForm, ...], str]:
    forms = lexicon.cues.get(text)
    if forms:
        return forms, ""
    if text[0] in "سل":  # سيعلن, ليعلن
        forms = tuple(form for form in lexicon.cues.get(text[1:], ()) if form.shape == "imperfect")
        if forms:
            return forms, ""
    forms, suffix = _suffixed(text, lexicon)
    if not forms and text[0] in "بل" and len(text) > 4:  # بتأكيده, لمطالبته
        forms = tuple(form for form in lexicon.cues.get(text[1:], ()) if form.shape == "masdar")
        forms, suffix = (forms, "") if forms else _suffixed(text[1:], lexicon, shapes=("masdar",))
    return forms, suffix


def _suffixed(
    text: str, lexicon: Lexicon, *, shapes: tuple[str, ...] = ("perfect", "imperfect", "masdar")
) -> tuple[tuple[CueForm, ...], str]:
    for suffix in _SUFFIXES:
        if text.endswith(suffix) and len(text) - len(suffix) >= 2:
            forms = lexicon.cues.get(text[: -len(suffix)], ())
            forms = tuple(form for form in forms if form.shape in shapes)
            if forms:
                return forms, suffix
    return (), ""


def _head(text: str, stem: str, definite: bool, lexicon: Lexicon) -> Head | None:
    heads = lexicon.heads
    tried = [text, stem] if not definite else [stem, text]
    if not definite:
        # The accusative (مصدرا), the plural in construct (مسؤولو, مسؤولي), and a pronoun suffix (مصادرنا).
        for form in (text, stem) if stem != text else (text,):
            if form.endswith("ا") and len(form) > 3:
                tried.append(form[:-1])
            if form.endswith(("و", "ي")) and len(form) > 4:
                tried.append(form + "ن")
            for suffix in ("ها", "نا", "ه", "هم"):
                if form.endswith(suffix) and len(form) - len(suffix) > 3:
                    tried.append(form[: -len(suffix)])
                    tried.append(form[: -len(suffix)].removesuffix("ت") + "ه")
    for form in tried:
        head = heads.get(form)
        if head is not None:
            return head
    return None
