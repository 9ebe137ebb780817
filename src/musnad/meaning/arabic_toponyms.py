"""Names of places in Arabic: without capitals, a trigger word, a preposition or a prior must speak."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

from musnad.meaning.gazetteer import Gazetteer, Name
from musnad.meaning.pieces import Stem, cut_clitics
from musnad.meaning.toponym_candidates import KINDS, Candidate, Context, least_evidence, longest_name
from musnad.meaning.wordlists import Wordlists
from musnad.speech.lexicon import load_lexicon

__all__ = ["read_arabic"]

# Marks that may stand between a trigger word and its name: مدينة "سرت", #لبنان.
_SKIPPED = frozenset('"#([«')


def read_arabic(context: Context, at: int) -> Candidate | None:
    """Read the name of a place at an Arabic word, or nothing."""
    pieces, index = context.pieces, context.gazetteer.arabic
    stems = (
        cut_clitics(pieces.text[at]) if _may_begin(pieces.text[at], context.gazetteer, context.words) else ()
    )
    for stem in stems:
        if "ك" in stem.clitics:
            continue  # "like Cairo" is rare, and كبيرا is not ك before بيرا
        for opening, read in _READERS:
            if context.is_in(opening, stem.text) and pieces.same_sentence(at, at + 1):
                found = read(context, at, stem.cut, stem.text)
                if found is not None:
                    return found
        name = longest_name(index, stem.text, pieces.text, at + 1) if stem.text in index else None
        if name is not None and not any(set(n.whole) & set(stem.clitics) for n in name[1]):
            candidate = _named(context, at, name[0], stem, name[1])
            if candidate is not None:
                return candidate
    return _unknown(context, at)


@lru_cache(maxsize=65536)
def _may_begin(word: str, gazetteer: Gazetteer, words: Wordlists) -> bool:
    """Whether a table has the beginning of a place's name in a word; most words are none."""
    return any(
        stem in gazetteer.arabic or any(stem in words.place_words.get(opening, ()) for opening, _ in _READERS)
        for _, stem, _ in cut_clitics(word)
    )


def _before(context: Context, at: int) -> int:
    """Give the piece before a name, past an opening mark; -1 where the sentence begins."""
    index = at - 1
    while index >= 0 and context.pieces.text[index] in _SKIPPED:
        index -= 1
    return index if context.pieces.same_sentence(index, at) else -1


def _named(context: Context, at: int, last: int, stem: Stem, names: Sequence[Name]) -> Candidate | None:
    """Weigh the evidence before a name of the gazetteer."""
    index = _before(context, at)
    cut, _, clitics = stem
    evidence, rule, kinds, several = least_evidence(names), "", "", False
    if index >= 0 and not any(letter in clitics for letter in "بل"):
        if _belongs_to_other_name(context, at, index, last, names):
            return None
        trigger = _trigger(context, at, index) if "و" not in clitics else None
        if trigger is not None:
            value, several = trigger
            kinds = KINDS[value]
            fitting = [name for name in names if name.place.kind in kinds]
            if fitting or evidence != "w":
                names, rule, evidence = fitting or names, "trigger", "s"
        elif "و" not in clitics and context.has_stem("locative", context.pieces.text[index]):
            rule = "locative"
        elif context.pieces.text[at] in context.words.demonyms:
            # سورية is the country after a verb or إن, and an adjective after a noun.
            if not context.has_stem("before-country", context.pieces.text[index]):
                return None
            rule = "locative"
    if "ب" in clitics:
        rule = rule or "locative"
    if at == last and rule != "trigger" and context.is_in("trigger", context.pieces.text[at]):
        return None  # معسكر is a town in Algeria, but a camp everywhere
    key = context.key(at, last, cut)
    joined = "و" in clitics
    return Candidate(at, last, cut, tuple(names), evidence, key, rule, kinds, joined=joined, several=several)


def _trigger(context: Context, at: int, index: int) -> tuple[str, bool] | None:
    """Give what kind of place the word before announces, and whether it announces several."""
    if context.pieces.text[at] in context.words.demonyms:
        return None  # مناطق سورية: an adjective
    for _, stem, _ in cut_clitics(context.pieces.text[index]):
        for name in ("trigger", "trigger-list"):
            if (found := context.phrase(name, index, stem)) is not None:
                return found[1], name == "trigger-list"
    return None


def _belongs_to_other_name(context: Context, at: int, index: int, last: int, names: Sequence[Name]) -> bool:
    """Whether the words before make the name part of an organisation's or a person's."""
    pieces = context.pieces
    word = pieces.text[index]
    if _is_adjective(context, at, word):
        return True
    if word == "ل" and pieces.text[at - 1] == '"' == pieces.word(last + 1):
        return True  # a newspaper: في حديث ل"الشرق الأوسط"
    organisation = context.phrase_before("organisation", at)
    if organisation is not None and organisation[0] < index:
        return True  # مجلس محافظة
    if not context.has_stem("trigger", word):  # لواء is a brigade or a province
        if context.has_stem("organisation", word):
            return True
        if context.has_stem("organisation-for", word):
            after = pieces.word(last + 1)
            return after.startswith("لل") or after == "الدولي"
    if context.has_stem("person", word):
        return True
    # A given name stands before; but علي may be على, بان may be بأن, and no one is called by a country.
    given = word in load_lexicon("ar").given_names and word != "علي"
    return given and not any(name.place.kind == "c" for name in names)


def _is_adjective(context: Context, at: int, word: str) -> bool:
    """Whether a country's name that is also its adjective describes the noun before: الخارجية السعودية."""
    demonyms = context.words.demonyms
    if context.pieces.text[at] not in demonyms or context.has_stem("locative", word):
        return False
    return word.startswith("ال") or word in demonyms


def _lands(context: Context, at: int, cut: int, _stem: str) -> Candidate | None:
    """Read الأراضي السورية: the lands of a country, named by its adjective."""
    adjective = context.pieces.text[at + 1]
    country = context.words.demonyms.get(adjective)
    if country is None or not adjective.startswith("ال"):
        return None
    name = Name(context.gazetteer.by_name[country], "s")
    return Candidate(at, at + 1, cut, (name,), "s", country, "territory")


def _with_span_word(context: Context, at: int, cut: int, stem: str) -> Candidate | None:
    """Read جبال X as one name when the gazetteer has X but not the two together."""
    text = context.pieces.text
    index = context.gazetteer.arabic
    found = longest_name(index, text[at + 1], text, at + 2)
    if found is None or longest_name(index, stem, text, at + 1) is not None:
        return None
    fitting = tuple(name for name in found[1] if name.place.kind in "rws")
    if not fitting:
        return None
    return Candidate(at, found[0], cut, fitting, "s", context.key(at, found[0], cut), "trigger")


def _road(context: Context, at: int, cut: int, stem: str) -> Candidate | None:
    """Read طريق الإسماعيلية as the name of a road, unless a second place says that it joins the two."""
    pieces, index = context.pieces, context.gazetteer.arabic
    found = longest_name(index, pieces.text[at + 1], pieces.text, at + 2)
    if found is None or not pieces.text[at + 1].startswith("ال"):
        return None
    last, names = found
    if longest_name(index, stem, pieces.text, at + 1) is not None or all(
        n.place.kind in "crw" for n in names
    ):
        return None
    after = pieces.word(last + 1)
    if after in ("-", "/", "و") or any(rest in index for _, rest, _ in cut_clitics(after or "-")):
        return None
    name = min(names, key=lambda n: ("smw".index(n.evidence), -n.place.size)).place.name
    return Candidate(at, last, cut, (), "s", context.key(at, last, cut), "road", called=f"{name} Road")


def _unknown(context: Context, at: int) -> Candidate | None:
    """Read the name after قرية, بلدة, ناحية, or after منطقة when more says that it lies somewhere."""
    pieces = context.pieces
    word = pieces.text[at]
    compound = context.is_in("compound", word) and pieces.same_sentence(at, at + 1)
    compound = compound and pieces.kind[at + 1] == "word"
    if not compound and not (word.startswith("ال") and len(word) > 4):
        return None
    index = _before(context, at)
    if index < 0 or pieces.kind[index] != "word":
        return None
    last = at + compound
    if context.has_stem("unknown", pieces.text[index]):
        # من ناحية الموارد is "in terms of".
        if context.phrase_before("not-trigger", index + 1) is not None:
            return None
        return Candidate(at, last, 0, (), "s", context.key(at, last), "unknown")
    for cut, stem, _ in cut_clitics(pieces.text[index]):
        # منطقة is itself part of the name, unlike قرية.
        if context.is_in("unknown-span", stem):
            located = context.is_in("located", pieces.word(last + 1)) or word.endswith("يه")
            if located and word not in context.words.demonyms:
                return Candidate(index, last, cut, (), "s", context.key(at, last), "unknown")
    return None


# The classes of place-words.tsv that begin a name, and how the rest of it is read.
_READERS = (("lands", _lands), ("span", _with_span_word), ("road", _road))
