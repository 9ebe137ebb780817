"""Names of places in English: capitals tell a name, the words around it whose name it is."""

from __future__ import annotations

from functools import lru_cache

from musnad.meaning.gazetteer import ARTICLES, Gazetteer, Name, english_key
from musnad.meaning.pieces import Pieces
from musnad.meaning.toponym_candidates import (
    ARABIC,
    KINDS,
    Candidate,
    Context,
    least_evidence,
    longest_name,
)
from musnad.speech.lexicon import load_lexicon

__all__ = ["find_headlines", "read_english"]

_LOW_WORDS = (
    "the a an of in on at and or to for by from with as is was were are has have had said says will but that"
)
LOW_WORDS = frozenset(_LOW_WORDS.split())
# Common nouns that stand in a name without a capital: the Sinai peninsula.
_NOUNS = frozenset(["peninsula", "region", "road", "base", "airbase", "territories"])


def read_english(context: Context, at: int) -> Candidate | None:
    """Read the name of a place at a Latin word, or nothing."""
    if not context.pieces.capital[at]:
        return None
    if (lands := _lands(context, at)) is not None:
        return lands
    found = _known_name(context, at)
    if found is None:
        return _unknown(context, at)
    last, names = found
    if (road := _road(context, at, last)) is not None:
        return road
    rule, kinds = _evidence(context, at, last)
    if _belongs_to_other_name(context, at, last, rule):
        return None
    if kinds:
        names = [name for name in names if name.place.kind in kinds] or names
    evidence = "s" if rule == "trigger" else least_evidence(names)
    return Candidate(at, last, 0, tuple(names), evidence, context.key(at, last), rule, kinds, latin=True)


def _lands(context: Context, at: int) -> Candidate | None:
    """Read Lebanese territory: the lands of a country, named by its adjective."""
    country = context.words.demonyms.get(context.pieces.text[at])
    if country is None or not context.is_in("lands", context.pieces.word(at + 1)):
        return None
    name = Name(context.gazetteer.by_name[country], "s")
    return Candidate(at, at + 1, 0, (name,), "s", country, "territory", latin=True)


def _known_name(context: Context, at: int) -> tuple[int, list[Name]] | None:
    """Find the longest name of the gazetteer; articles within it are passed over (Umm al-Fahm)."""
    p = context.pieces
    if not _may_begin(p.text[at], context.gazetteer):
        return None
    view: list[int] = []
    index = at
    while index < len(p) and len(view) < 5 and p.kind[index] == "word" and p.same_sentence(at, index):
        article = p.text[index] in ARTICLES and index + 1 < len(p)
        if not (article and (p.glued[index + 1] or p.capital[index])):
            view.append(index)
        index += 1
    for source, loose in ((context.gazetteer.english, False), (context.gazetteer.loose, True)):
        keys = [english_key(p.text[i], loose=loose) for i in view]
        found = longest_name(source, keys[0], keys, 1) if keys else None
        if found is None:
            continue
        content = [i for i in view[: found[0] + 1] if p.text[i] not in LOW_WORDS]
        if all(p.capital[i] or p.text[i] in _NOUNS for i in content):
            return view[found[0]], found[1]
    return None


@lru_cache(maxsize=65536)
def _may_begin(word: str, gazetteer: Gazetteer) -> bool:
    """Whether a name of the gazetteer may begin with a word, or an article that is passed over."""
    return (
        word in ARTICLES
        or english_key(word) in gazetteer.english
        or english_key(word, loose=True) in gazetteer.loose
    )


def _evidence(context: Context, at: int, last: int) -> tuple[str, str]:
    """Give the rule that speaks for a place, with the kinds of place a trigger word allows."""
    p = context.pieces
    trigger = context.phrase_before("trigger", at - (p.word(at - 1) == "the"))
    if trigger is not None and trigger[0] and p.capital[trigger[0] - 1] and p.text[trigger[0] - 1] != "the":
        trigger = None  # the Zahle district of Bekaa: the district is Zahle
    if trigger is None and at and p.capital[at - 1]:
        trigger = context.phrase_before("trigger-title", at)
    if trigger is not None:
        return "trigger", KINDS[trigger[2]]
    if p.same_sentence(at, last + 1) and not _is_possessive(p, last):
        after = context.phrase("after", last + 1)
        if after is not None:
            return "trigger", KINDS[after[1]]
    if at and p.same_sentence(at - 1, at):
        before = p.text[at - 1]
        if context.is_in("locative", before) or context.is_in("direction", before):
            return "locative", ""
    return "", ""


def _is_possessive(pieces: Pieces, last: int) -> bool:
    return pieces.folded.text[pieces.end[last] : pieces.end[last] + 1] == "'"


def _belongs_to_other_name(context: Context, at: int, last: int, rule: str) -> bool:
    """Whether a name is part of a longer one: Boston Globe, University of Cairo, Michael Jordan."""
    if context.phrase_before("organisation-of", at) is not None:
        return True
    if at in context.headlines:
        return False
    if at == last and _is_adjective(context, at):
        return True
    if rule != "trigger" and _goes_on(context, at, last):
        return True
    return rule == "" and _has_begun(context, at)


def _goes_on(context: Context, at: int, last: int) -> bool:
    """Whether a capitalised word after the name makes it longer; a title, a day or another place does not."""
    p = context.pieces
    after = last + 1
    if not p.same_sentence(at, after) or p.kind[after] != "word" or not p.capital[after] or p.glued[after]:
        return False
    if _is_possessive(p, last):
        return False
    if _is_shouted(p, at) and (len(p.text[after]) == 1 or not _is_shouted(p, after)):
        return False  # a dateline in capitals ends where the sentence begins
    return not _stands_alone(context, after) or context.is_in("organisation", p.text[after])


def _has_begun(context: Context, at: int) -> bool:
    """Whether a capitalised word before the name began it."""
    p = context.pieces
    before = at - 1
    if before < 0 or not p.same_sentence(before, at) or p.kind[before] != "word" or not p.capital[before]:
        return False
    if p.glued[at] or _is_possessive(p, before) or p.text[before] in LOW_WORDS:
        return False
    if _is_shouted(p, before) and not _is_shouted(p, at):
        return False
    if not p.same_sentence(before - 1, before) or p.kind[before - 1] in ("mark", "break"):
        # The sentence begins with the word before, so that its capital tells little.
        return p.text[before] in load_lexicon("en").given_names
    return not _stands_alone(context, before)


def _stands_alone(context: Context, at: int) -> bool:
    """Whether a capitalised word is a title, a day, a month, an adjective of a country or a place itself."""
    word, words = context.pieces.text[at], context.words
    return (
        context.is_in("title", word)
        or context.is_in("direction", word)
        or word in words.weekdays
        or word in words.months
        or word in words.demonyms
        or english_key(word) in context.gazetteer.english
    )


def _is_shouted(pieces: Pieces, at: int) -> bool:
    """Whether a word of three letters or more is all in capitals."""
    word = pieces.raw_span(at, at)[2]
    return len(word) >= 3 and word.isupper()


def _is_adjective(context: Context, at: int) -> bool:
    """Whether U.S. or UK stands before the noun it describes, as an adjective would."""
    p = context.pieces
    if not context.is_in("short", p.text[at]):
        return False
    if p.text[at] == "us" and p.raw_span(at, at)[2] != "US":
        return True  # the pronoun
    after = at + 1
    if p.word(after) == "-" and p.glued[after]:
        return True
    if after >= len(p) or p.kind[after] != "word" or _is_possessive(p, at):
        return False
    if p.glued[after] or p.text[after] in ("and", "or"):
        return True  # U.S.-led; U.S. and Omani officials
    return p.text[after] not in LOW_WORDS and not context.is_in("subject", p.text[after])


def _road(context: Context, at: int, last: int) -> Candidate | None:
    """Read a named road, market or square as one name: the Castello road."""
    p = context.pieces
    after = last + 1
    if not p.same_sentence(at, after) or not context.is_in("span", p.text[after]) or _is_possessive(p, last):
        return None
    if p.word(at - 1) in ("in", "from", "to"):
        return None
    return Candidate(at, after, 0, (), "s", context.key(at, after), "unknown", latin=True)


def _unknown(context: Context, at: int) -> Candidate | None:
    """Read a capitalised name that a trigger word makes a place: the town of X, X district, the X road."""
    p = context.pieces
    if at in context.headlines or p.text[at] in LOW_WORDS or context.is_in("title", p.text[at]):
        return None
    last = at
    while (
        last - at < 2 and p.same_sentence(at, last + 1) and p.kind[last + 1] == "word" and p.capital[last + 1]
    ):
        if context.is_in("unknown", p.text[last + 1]) or context.is_in("span", p.text[last + 1]):
            break
        last += 1
    if any(_describes(context, p.text[i]) for i in range(at, last + 1)):
        return None
    road = _road(context, at, last)
    if road is not None and (p.kind[at - 1] == "word" or p.capital[road.last]) and at:
        return road
    announced = context.phrase_before("unknown-before", at) is not None
    followed = p.same_sentence(at, last + 1) and context.is_in("unknown", p.text[last + 1])
    if not announced and (not followed or p.word(last + 2) == "of"):
        return None
    return Candidate(at, last, 0, (), "s", context.key(at, last), "unknown", latin=True)


def _describes(context: Context, word: str) -> bool:
    return word in context.words.demonyms or word in context.words.weekdays or context.is_in("group", word)


def find_headlines(pieces: Pieces) -> frozenset[int]:
    """Give the pieces of headlines in title case, where capitals tell nothing; sentences end with a mark."""
    found: list[int] = []
    line: list[int] = []
    count = len(pieces)
    for index in range(count + 1):
        if index < count and pieces.kind[index] != "break":
            line.append(index)
            continue
        latin = [i for i in line if pieces.kind[i] == "word" and pieces.text[i] < ARABIC]
        told = bool(line) and pieces.text[line[-1]] in (".", '"', "?", "!")
        if not told and 5 <= len(latin) <= 24 and sum(pieces.capital[i] for i in latin) >= 0.7 * len(latin):
            found.extend(line)
        line = []
    return frozenset(found)
