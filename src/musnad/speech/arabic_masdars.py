"""Arabic nouns for what happens: listed ones, and those with the shape of a verbal noun."""

from __future__ import annotations

from musnad.speech.arabic_adjuncts import Line

__all__ = ["is_event"]


def is_event(line: Line, at: int, text: str) -> bool:
    """Whether a word names something that happens: a listed noun, or one of the shape of a verbal noun."""
    events = line.lexicon.word_class("event")
    if text in events:
        return True
    bare = text.removeprefix("ال")
    if bare != text and bare in events and line.words[at].rest.startswith("ب"):
        return True
    for suffix in ("ها", "هم", "ه"):
        if text.endswith(suffix) and text[: -len(suffix)] in events:
            return True
    if line.words[at].head is not None or line.words[at].given or (line.words[at].definite and bare == text):
        return False
    return _is_masdar(bare)


def _is_masdar(text: str) -> bool:
    """The shapes استفعال/انفعال/افتعال, تفعيل, تفعلة, إفالة and مفاعلة; shorter ones are listed words."""
    if len(text) >= 6 and text.startswith(("است", "ان", "ا")) and text[-2] == "ا" and text[2] in "تفنسق":
        return text.startswith("است") or text.startswith("ان") or text[2] == "ت"
    if text.endswith("ه"):
        if len(text) == 6 and text[0] == "م":
            return text[2] == "ا"
        return len(text) == 5 and (text[0] == "ت" or (text[0] == "ا" and text[2] == "ا"))
    return len(text) == 5 and text[0] == "ت" and text[3] == "ي" and text[4] not in "ن"
