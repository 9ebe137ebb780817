"""Numbers as figures or words, with their magnitudes: 4.2 مليار, خمسة وعشرين ألفا, half a million."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from math import inf

from musnad.meaning.pieces import Pieces, cut_clitics
from musnad.meaning.wordlists import Number, Wordlists

__all__ = ["Numeral", "read_numeral"]

LARGEST = 1e18
ARABIC = "\u0600"


@dataclass(frozen=True, slots=True)
class Numeral:
    """A number that begins at the piece `first`, `cut` code points in, and ends before the piece `end`.

    `value` is None for a vague one; then `vague` names its size as the policies do (tens, several).
    `digits` says that it is written in figures.
    """

    first: int
    end: int
    cut: int = 0
    value: float | None = None
    vague: str = ""
    digits: bool = False
    magnitude: bool = False


VAGUE = {10: "tens", 20: "tens", 100: "hundreds", 1000: "thousands", 10**6: "millions", 10**9: "billions"}
# dozens of millions and the like: which policy a vague word of a magnitude falls under
VAGUE_OF = {
    (10, 1000): "tens-of-thousands",
    (100, 1000): "hundreds-of-thousands",
    (20, 1000): "tens-of-thousands",
    (10, 10**6): "tens-of-millions",
    (100, 10**6): "hundreds-of-millions",
    (10, 10**9): "tens-of-billions",
    (100, 10**9): "hundreds-of-billions",
    (1000, 10**6): "billions",
}


def read_numeral(pieces: Pieces, words: Wordlists, at: int) -> Numeral | None:
    """Read the number that begins at a piece, if one does.

    >>> from musnad.meaning.pieces import cut_pieces
    >>> from musnad.meaning.wordlists import load_wordlists
    >>> from musnad.text.folding import fold
    >>> def value(text): return read_numeral(cut_pieces(fold(text)), load_wordlists(), 0).value
    >>> value("مئة وخمسة وعشرين ألفا"), value("half a million"), value("2,500")
    (125000.0, 500000.0, 2500.0)
    """
    if pieces.kind[at] == "number":
        return _Reader(pieces, words).digits(at)
    if pieces.kind[at] != "word":
        return None
    text = pieces.text[at]
    if not _may_count(text, words):
        return None
    if text < ARABIC:
        return _Reader(pieces, words).english(at)
    for cut, stem, clitics in cut_clitics(text):
        bare = stem[2:] if stem.startswith("ال") else stem
        if stem in words.numbers or bare in words.numbers or stem in words.magnitudes:
            found = _Reader(pieces, words).arabic(at, cut, stem)
            if found is not None and "لل" not in clitics:
                return found
    return None


@lru_cache(maxsize=65536)
def _may_count(word: str, words: Wordlists) -> bool:
    """Whether a number may begin with a word; with most none does."""
    if word < ARABIC:
        return word in words.numbers or word in words.magnitudes or word in ("a", "an")
    return any(
        stem in words.numbers or stem.removeprefix("ال") in words.numbers or stem in words.magnitudes
        for _, stem, _ in cut_clitics(word)
    )


class _Reader:
    def __init__(self, pieces: Pieces, words: Wordlists) -> None:
        self.p = pieces
        self.w = words

    def number(self, at: int, stem: str | None = None) -> tuple[int, Number] | None:
        if at >= len(self.p) or self.p.kind[at] != "word":
            return None
        return self.w.numbers.longest(self.p, at, stem)

    def magnitude(self, at: int) -> float | None:
        """Give the magnitude at a piece: thousand, مليون; a letter or two only glued to the number (5m)."""
        word = self.p.word(at)
        value = self.w.magnitudes.get(word)
        if value is None or (len(word) <= 3 and word < ARABIC and not self.p.glued[at]):
            return None
        return value

    # figures

    def digits(self, at: int, limit: float = inf) -> Numeral | None:
        value = _figure(self.p.text[at])
        if value is None:
            return None
        found = Numeral(at, at + 1, 0, value, digits=True)
        return self.magnified(found, arabic=self.p.word(at + 1) > ARABIC, limit=limit)

    def magnified(self, found: Numeral, *, arabic: bool, limit: float = inf) -> Numeral:
        """Multiply by the magnitudes below a limit that follow, and add a lesser number joined by "and"."""
        assert found.value is not None
        value, end, scale = found.value, found.end, 0.0
        # Two at most: five thousand million; what goes on longer is no number.
        while end < found.end + 2 and (times := self.magnitude(end)) is not None:
            if not self.p.same_sentence(found.first, end) or times >= limit:
                break
            value, end, scale = value * times, end + 1, times
        if not scale:
            return found
        if arabic:
            end, value = self.and_half(end, value, scale)
            end, value = self.and_lesser(end, value, scale)
        return Numeral(found.first, end, found.cut, value, digits=found.digits, magnitude=True)

    def and_half(self, end: int, value: float, scale: float) -> tuple[int, float]:
        """Read "and a half" with the magnitude repeated: مليون ونصف المليون."""
        found = self.number(end)
        if found is None or found[1].kind != "half":
            return end, value
        end = found[0]
        repeated = self.w.magnitudes.get(self.p.word(end))
        return end + (repeated == scale), value + scale / 2

    def and_lesser(self, end: int, value: float, scale: float) -> tuple[int, float]:
        """Read a lesser part joined by waw: ثلاثة ملايين ومئتي ألف, 3 ملايين و200 ألف."""
        word = self.p.word(end)
        if not word.startswith("و") or not self.p.same_sentence(end - 1, end):
            return end, value
        if word == "و" and end + 1 < len(self.p) and self.p.kind[end + 1] == "number":
            lesser = self.digits(end + 1, scale)
            if lesser is None or not (lesser.magnitude or scale == 1000):
                return end, value
        else:
            lesser = self.arabic(end, 1, word[1:], scale)
        if lesser is None or lesser.value is None or not 0 < lesser.value < scale:
            return end, value
        return lesser.end, value + lesser.value

    # Arabic words

    def arabic(self, at: int, cut: int, stem: str, limit: float = inf) -> Numeral | None:
        """Read a number in words whose magnitudes stay below a limit: each part is less than the last."""
        small = self.below_thousand(at, stem)
        if small is not None:
            end, value = small
            return self.magnified(Numeral(at, end, cut, value), arabic=True, limit=limit)
        found = self.number(at, stem)
        kind = found[1].kind if found is not None else ""
        if found is not None and kind == "magnitudes" and found[1].value < 2 * limit:
            end, value = found[0], found[1].value
            end, value = self.and_lesser(end, value, found[1].value / 2)
            return Numeral(at, end, cut, value, magnitude=True)
        if found is not None and kind == "fraction":
            times = self.magnitude(found[0])
            return (
                None
                if times is None
                else Numeral(at, found[0] + 1, cut, found[1].value * times, magnitude=True)
            )
        if found is not None and kind in ("vague", "several"):
            return self.vague(at, found[0], cut, found[1])
        times = self.w.magnitudes.get(stem)
        if times is None or times >= limit or stem[2:] in self.w.magnitudes:
            return None
        end, value = self.and_half(at + 1, times, times)
        # A bare مليونا or ألفا is two of them, before its noun; مليونا ونصف is one and a half.
        if end == at + 1 and stem.endswith("ا") and stem[:-1] in self.w.magnitudes:
            value = times * 2
        end, value = self.and_lesser(end, value, times)
        return Numeral(at, end, cut, value, magnitude=True)

    def vague(self, at: int, end: int, cut: int, word: Number) -> Numeral:
        if word.kind == "several":
            if (times := self.magnitude(end)) is not None:
                return Numeral(at, end + 1, cut, vague=VAGUE.get(int(times), "several"))
            return Numeral(at, end, cut, vague="couple" if word.value == 2 else "several")
        of = end + (self.p.word(end) == "of")
        following = self.number(of)
        if following is not None and following[1].kind == "vague" and self.p.same_sentence(at, of):
            name = VAGUE_OF.get((int(word.value), int(following[1].value)))
            if name is not None:
                return Numeral(at, following[0], cut, vague=name)
        return Numeral(at, end, cut, vague=VAGUE[int(word.value)])

    def below_thousand(self, at: int, stem: str, *, hundreds: bool = True) -> tuple[int, float] | None:
        """Read a number below a thousand; without `hundreds` one below a hundred, as may follow them."""
        found = self.number(at, stem)
        if found is None:
            found = self.definite(at, stem)
        if found is None:
            return None
        end, number = found
        if number.kind in ("teen", "ten", "tens", "one"):
            return end, number.value
        if number.kind == "unit":
            following = self.number(end)
            if following is not None and following[1].kind == "hundred":
                return self.and_tens(following[0], number.value * 100) if hundreds else None
            word = self.p.word(end)
            tens = self.number(end, word[1:]) if word.startswith("و") and self.p.kind[end] == "word" else None
            if tens is not None and tens[1].kind == "tens":
                return tens[0], number.value + tens[1].value
            return end, number.value
        if number.kind in ("hundred", "hundreds") and hundreds:
            return self.and_tens(end, number.value)
        return None

    def definite(self, at: int, stem: str) -> tuple[int, Number] | None:
        """Read a number with the article after its definite noun: الدول الأربع."""
        if not stem.startswith("ال") or at == 0 or not self.p.text[at - 1].startswith("ال"):
            return None
        found = self.number(at, stem[2:])
        return found if found is not None and found[1].kind in ("unit", "ten") else None

    def and_tens(self, end: int, value: float) -> tuple[int, float]:
        word = self.p.word(end)
        if word == "و" and end + 1 < len(self.p) and self.p.kind[end + 1] == "number":
            return end, value
        if word.startswith("و") and self.p.kind[end] == "word":
            rest = self.below_thousand(end, word[1:], hundreds=False)
            if rest is not None:
                return rest[0], value + rest[1]
        return end, value

    # English words

    def english(self, at: int) -> Numeral | None:
        p = self.p
        first = at
        article = p.text[at] in ("a", "an")
        found = self.number(at)
        if found is not None and found[1].kind in ("vague", "several"):
            return self.vague(at, found[0], 0, found[1])
        if found is not None and found[1].kind == "fraction":
            return self.fraction(at, found[0], found[1].value)
        if article:
            at += 1
            fraction = self.number(at)
            if fraction is not None and fraction[1].kind == "fraction":
                return self.fraction(first, fraction[0], fraction[1].value)
            times = self.magnitude(at)
            if times is None or not p.same_sentence(first, at):
                return None
            return self.magnified(Numeral(first, at, 0, 1.0), arabic=False)
        value, end = self.english_small(at)
        if value is None:
            return None
        total = 0.0
        joined = False
        while True:
            times = self.magnitude(end)
            if times is None:
                break
            joined = True
            value, end = value * times, end + 1
            if total + value > LARGEST:
                break
            after = end + (p.word(end) == "and")
            rest, rest_end = self.english_small(after)
            if rest is None or rest >= times or p.word(end) in (",", "."):
                break
            if times == 100:
                value, end = value + rest, rest_end
                continue
            total, value, end = total + value, rest, rest_end
        return Numeral(first, end, 0, total + value, magnitude=joined)

    def fraction(self, first: int, at: int, value: float) -> Numeral | None:
        p = self.p
        while p.word(at) in ("of", "a"):
            at += 1
        times = self.magnitude(at)
        if times is None or not p.same_sentence(first, at):
            return None
        return Numeral(first, at + 1, 0, value * times, magnitude=True)

    def english_small(self, at: int) -> tuple[float | None, int]:
        found = self.number(at)
        if found is None or found[1].kind not in ("one", "unit", "ten", "teen", "tens"):
            return None, at
        end, number = found
        if number.kind == "tens":
            unit = self.number(end)
            if unit is not None and unit[1].kind in ("one", "unit"):
                return number.value + unit[1].value, unit[0]
        return number.value, end


def _figure(text: str) -> float | None:
    """Read figures with group marks: 1,200 and 4.2 and, with a decimal comma, 4,2."""
    read: Callable[[str], float] = float
    if "," in text:
        head, *groups = text.split(",")
        if all(len(group.split(".")[0]) == 3 for group in groups) and len(head) <= 3:
            text = text.replace(",", "")
        elif len(groups) == 1 and "." not in text:
            text = text.replace(",", ".")
        else:
            return None
    if text.count(".") > 1:
        head, *groups = text.split(".")
        if not all(len(group) == 3 for group in groups):
            return None
        text = text.replace(".", "")
    return read(text) if len(text) <= 18 else None
