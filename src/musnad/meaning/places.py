"""Places: names in a text, linked to the gazetteer on a trigger word or a prior, never on a bare match.

A name that is also a word (الباب the door, القائم standing, Hit) is a place only with evidence beside it,
and a name inside the name of an organisation or a person is none.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from musnad.meaning.arabic_toponyms import read_arabic
from musnad.meaning.english_toponyms import find_headlines, read_english
from musnad.meaning.gazetteer import Gazetteer, load_gazetteer
from musnad.meaning.pieces import Pieces, cut_clitics, cut_pieces
from musnad.meaning.toponym_candidates import ARABIC, Candidate, Context
from musnad.meaning.toponym_linking import choose, link
from musnad.meaning.wordlists import Wordlists, load_wordlists
from musnad.text.folding import Folded

__all__ = ["PlaceMention", "find_places", "read_places"]


@dataclass(frozen=True, slots=True)
class PlaceMention:
    """A place named at `[start:end]` of the untouched text.

    `name_en` is the canonical English name, `id` that of the gazetteer, `within` the names of what it lies
    in, the nearest first, up to the country, `level` as in the gazetteer. A place that no gazetteer knows but
    a trigger word gives away has its name as written and no id. `rule` says what the link rests on.
    """

    text: str
    start: int
    end: int
    name_en: str
    id: str
    within: tuple[str, ...]
    level: int | None
    rule: str


def find_places(
    folded: Folded, *, words: Wordlists | None = None, gazetteer: Gazetteer | None = None
) -> tuple[PlaceMention, ...]:
    """Find the places a text names, in order.

    >>> from musnad.text.folding import fold
    >>> (found,) = find_places(fold("انفجار في مدينة الباب، لا عند الباب"))
    >>> found.name_en, found.within, found.rule
    ('al-Bab City', ('al-Bab', 'Aleppo', 'Syria'), 'trigger')
    """
    return read_places(cut_pieces(folded), words or load_wordlists(), gazetteer or load_gazetteer())


def read_places(pieces: Pieces, words: Wordlists, gazetteer: Gazetteer) -> tuple[PlaceMention, ...]:
    """Find the places on the pieces of a text."""
    context = Context(pieces, words, gazetteer, find_headlines(pieces))
    accepted = link(pieces, _candidates(context))
    return tuple(_mention(pieces, gazetteer, *pair) for pair in choose(pieces, gazetteer, accepted))


def _candidates(context: Context) -> Iterator[Candidate]:
    """Yield what may be places, in order and without overlaps; the names of organisations are passed over."""
    kind, text = context.pieces.kind, context.pieces.text
    at = 0
    while at < len(kind):
        if kind[at] != "word":
            at += 1
        elif (end := _organisation(context, at)) is not None:
            at = end
        else:
            found = (read_english if text[at] < ARABIC else read_arabic)(context, at)
            if found is not None:
                yield found
                at = found.last
            at += 1


def _organisation(context: Context, at: int) -> int | None:
    """Give the end of an organisation's name that holds a place name, if one begins at a piece."""
    pieces, organisations = context.pieces, context.words.organisations
    for stem in _naming(pieces.text[at], context.words):
        found = organisations.longest(pieces, at, stem)
        if found is not None and (pieces.text[at] > ARABIC or any(pieces.capital[at : found[0]])):
            return found[0]
    return None


@lru_cache(maxsize=65536)
def _naming(word: str, words: Wordlists) -> tuple[str, ...]:
    """Give what is left of a word without clitics where a known organisation's name begins so."""
    return tuple(stem for _, stem, _ in cut_clitics(word) if stem in words.organisations)


def _mention(pieces: Pieces, gazetteer: Gazetteer, found: Candidate, place_id: str) -> PlaceMention:
    start, end, text = pieces.raw_span(found.first, found.last, cut=found.cut)
    if not place_id:
        return PlaceMention(text, start, end, found.called or text, "", (), None, found.rule)
    place = gazetteer.places[place_id]
    within = tuple(outer.name for outer in gazetteer.chain(place))
    return PlaceMention(text, start, end, place.name, place.id, within, place.level, found.rule)
