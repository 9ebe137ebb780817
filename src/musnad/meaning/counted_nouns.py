"""The nouns that numbers count: after them, before them, or with the number in their own ending (قاعدتين)."""

from __future__ import annotations

from functools import lru_cache

from musnad.meaning.pieces import Pieces, cut_clitics
from musnad.meaning.wordlists import Unit, Wordlists
from musnad.text.folding import fold

__all__ = ["CountedNouns", "read_dual"]

_PER = {"يوميا": "day", "سنويا": "year", "شهريا": "month", "daily": "day"}
# What follows a number that stands alone.
_NO_NOUNS = """
في على إلى عن مع بين منهم منها منه بعد قبل خلال وفق حسب كما ان التي الذي الذين و او
in on at to by from and or with after before during as who that which were was are is will have has said
"""
NO_NOUNS = frozenset(fold(_NO_NOUNS).text.split())
# Feminine duals are told by their ending; these words only look like one.
_NO_DUALS = """
هاتين هاتان اللتين اللتان كلتا اثنتين اثنتان بستان بهتان فستان قفطان شيطان مئتين مئتان مائتين مائتان
"""
NO_DUALS = frozenset(fold(_NO_DUALS).text.split())


# Units that count people of one kind; two kinds together are persons. A test compares them with the units
# that ontology/units.ttl puts under person.
KINDS_OF_PERSON = frozenset({"adviser", "child", "civilian", "fighter", "soldier", "woman"})


class CountedNouns:
    """Finds what is counted around a number, outside the pieces that dates have `taken`."""

    def __init__(self, pieces: Pieces, words: Wordlists, taken: frozenset[int]) -> None:
        self.p = pieces
        self.w = words
        self.taken = taken

    def after(self, at: int) -> tuple[Unit, str]:
        """Give unit and noun after a number: the next word, or one past an adjective or a preposition."""
        p = self.p
        noun = ""
        for index in range(at, min(at + 3, len(p))):
            if p.kind[index] != "word" or index in self.taken:
                break
            word = p.text[index]
            unit = self._unit(word)
            if unit is not None:
                joined = self._joined(unit, index + 1)
                return self._with_rate(joined, index), p.raw_span(index, index)[2]
            if word in ("من", "of", "the") or word in self.w.demonyms:
                continue
            if noun or word in NO_NOUNS:
                break
            noun = p.raw_span(index, index)[2]
        return Unit(""), noun

    def before(self, at: int) -> tuple[Unit, str]:
        """Give unit and noun that an Arabic number follows: مرة واحدة, الساعات الـ24."""
        p = self.p
        if at < 0 or p.kind[at] != "word":
            return Unit(""), ""
        for cut, stem, _ in cut_clitics(p.text[at]):
            unit = self._unit(stem)
            if unit is not None:
                return unit, p.raw_span(at, at, cut=cut)[2]
        return Unit(""), ""

    def _unit(self, stem: str) -> Unit | None:
        units = self.w.units
        return units.get(stem) or (units.get(stem[2:]) if stem.startswith("ال") else None)

    def _joined(self, unit: Unit, at: int) -> Unit:
        """Give what a number counts when another kind of person is joined to the first (جندي ومستشار)."""
        p = self.p
        if at >= len(p) or unit.name not in KINDS_OF_PERSON:
            return unit
        if p.text[at] == "and":
            other = self._unit(p.word(at + 1))
        else:
            stems = (cut.text for cut in cut_clitics(p.text[at]) if cut.clitics == "و")
            other = next((found for found in map(self._unit, stems) if found), None)
        two = other is not None and other.name in KINDS_OF_PERSON and other.name != unit.name
        return Unit("person", unit.role) if two else unit

    def _with_rate(self, unit: Unit, at: int) -> Unit:
        p = self.p
        after = p.word(at + 1)
        if after in ("per", "a") and p.word(at + 2) in self.w.units:
            return Unit(f"{unit.name} per {self.w.units[p.word(at + 2)].name}", measured=True)
        if after in _PER:
            return Unit(f"{unit.name} per {_PER[after]}", measured=True)
        if p.text[at] == "bpd":
            return Unit("barrel per day", measured=True)
        return unit


def _is_feminine_dual(bare: str) -> bool:
    """Whether a word no table has ends like a feminine dual; one in ـيتين only describes another."""
    if len(bare) < 6 or bare in NO_DUALS or not bare.endswith(("تين", "تان")):
        return False
    return not bare.endswith(("ستان", "يتين", "يتان")) and not bare.startswith(("بال", "كال", "لل"))


@lru_cache(maxsize=65536)
def read_dual(word: str, words: Wordlists) -> tuple[int, Unit] | None:
    """Give the clitics to cut off an Arabic dual and its unit, empty when no table knows the noun."""
    cuts = cut_clitics(word)
    for cut, stem, _ in cuts:
        unit = words.duals.get(stem) or (words.duals.get(stem[2:]) if stem.startswith("ال") else None)
        if unit is not None:
            return cut, unit
    # What no table has is cut as far as its article or a conjunction shows.
    for cut, stem, clitics in reversed(cuts):
        bare = stem[2:] if stem.startswith("ال") else stem
        if (clitics in ("", "و", "ف") or bare != stem) and _is_feminine_dual(bare):
            return cut, Unit("")
    return None
