"""Dates, quantities and places of a text, found together so that the text is cut once."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import Path

from musnad.meaning.dates import DateMention, find_expressions, resolve_dates
from musnad.meaning.gazetteer import load_gazetteer
from musnad.meaning.pieces import Pieces, cut_pieces
from musnad.meaning.places import PlaceMention, read_places
from musnad.meaning.quantities import QuantityMention, read_quantities
from musnad.meaning.wordlists import load_wordlists
from musnad.text.folding import Folded

__all__ = ["Values", "find_values"]


@dataclass(frozen=True, slots=True)
class Values:
    """The dates, quantities and places a text names, each in the order of the text."""

    dates: tuple[DateMention, ...]
    quantities: tuple[QuantityMention, ...]
    places: tuple[PlaceMention, ...]


def find_values(
    folded: Folded,
    *,
    published: date,
    pieces: Pieces | None = None,
    lexicon: Path | None = None,
) -> Values:
    """Find the dates, quantities and places of a text published on a day.

    `pieces` are those of the text where they are at hand; `lexicon` is a folder whose tables are added to
    those of the package.

    >>> from musnad.text.folding import fold
    >>> values = find_values(fold("قُتل 5 مدنيين في حمص أمس"), published=date(2018, 4, 9))
    >>> values.dates[0].iso, values.quantities[0].value, values.places[0].name_en
    ('2018-04-08', 5, 'Homs')
    """
    words, gazetteer = load_wordlists(lexicon), load_gazetteer(lexicon)
    pieces = cut_pieces(folded) if pieces is None else pieces
    expressions = tuple(find_expressions(pieces, words))
    taken = {index for found in expressions for index in range(found.first, found.last + 1)}
    return Values(
        resolve_dates(pieces, expressions, published=published),
        read_quantities(pieces, words, taken=taken),
        read_places(pieces, words, gazetteer),
    )
