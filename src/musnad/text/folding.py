"""A folded copy of a text in which spellings agree, and the way back to the untouched code points."""

from __future__ import annotations

import re
from array import array
from collections.abc import Sequence
from dataclasses import dataclass, field

__all__ = ["Folded", "fold", "fold_text", "unmarked"]

# Marks that belong to the letter before them: Arabic points and Koranic signs, and tatweel, which
# stretches it. A span that ends on the letter takes them along.
_TASHKIL = [*range(0x0610, 0x061B), *range(0x064B, 0x0660), 0x0670, *range(0x06D6, 0x06DD)]
_TASHKIL += [*range(0x06DF, 0x06E5), 0x06E7, 0x06E8, *range(0x06EA, 0x06EE), 0x0640, *range(0xFE00, 0xFE10)]
# Bidi controls, zero-width characters, soft hyphen, byte order mark: nobody sees them.
_UNSEEN = [0x00AD, 0x061C, *range(0x200B, 0x2010), *range(0x202A, 0x202F), *range(0x2060, 0x2070), 0xFEFF]
_SPACES = [0x0009, 0x000B, 0x000C, 0x00A0, 0x1680, *range(0x2000, 0x200B), 0x202F, 0x205F, 0x3000]
_BREAKS = [0x000D, 0x001C, 0x001D, 0x001E, 0x0085, 0x2028, 0x2029]


def _tables() -> dict[int, str]:
    table: dict[int, str] = dict.fromkeys((*_TASHKIL, *_UNSEEN), "")
    table.update((code, " ") for code in _SPACES)
    table.update((code, "\n") for code in _BREAKS)
    pairs = {
        "أإآٱٲٳ": "ا",
        "ىیېۍ": "ي",
        "ةۃە": "ه",
        "ک": "ك",
        "ہھ": "ه",
        "«»“”„‟❝❞〝〞＂‹›": '"',
        "‘’‚‛`´ʼ": "'",
        "‐‑‒–—―−": "-",
        "٪": "%",
        "٫": ".",
        "٬": ",",
        "İ": "i",  # its own lower case is two code points
    }
    for letters, folded in pairs.items():
        table.update((ord(letter), folded) for letter in letters)
    for zero in (0x0660, 0x06F0, 0xFF10):
        table.update((zero + digit, str(digit)) for digit in range(10))
    # Presentation forms: what old typesetting left in the text, lam-alef ligatures among them.
    for code in (*range(0xFB50, 0xFE00), *range(0xFE70, 0xFEFF)):
        plain = _presentation(code)
        if plain:
            table[code] = "".join(table.get(ord(letter), letter) for letter in plain)
    return table


def _presentation(code: int) -> str:
    import unicodedata

    plain = unicodedata.normalize("NFKC", chr(code))
    return plain if plain != chr(code) and plain.isalpha() else ""


def _capitals() -> dict[int, str]:
    # Only letters whose lower case is one code point, so that nothing but the table changes lengths.
    codes = (*range(0x41, 0x5B), *range(0xC0, 0x250), *range(0x370, 0x530), *range(0x1E00, 0x1F00))
    return {code: chr(code).lower() for code in codes if len(chr(code).lower()) == 1}


_TABLE = _capitals() | _tables()
_UNEVEN = re.compile("[" + "".join(re.escape(chr(c)) for c, s in sorted(_TABLE.items()) if len(s) != 1) + "]")
_MARKS = re.compile("[" + "".join(re.escape(chr(c)) for c, s in sorted(_TABLE.items()) if not s) + "]")
_TRAILING = frozenset(chr(code) for code in _TASHKIL)


@dataclass(frozen=True, slots=True)
class Folded:
    """A text and its folded copy: `text` is for comparing, `raw` for quoting.

    `offsets[i]` is the index in `raw` of the code point that `text[i]` came from.
    """

    raw: str
    text: str
    offsets: Sequence[int] = field(repr=False)

    def raw_span(self, start: int, end: int) -> tuple[int, int]:
        r"""Give the half-open span of `raw` behind `text[start:end]`.

        Points and tatweel after the last letter belong to it; unseen marks before or after do not.

        >>> folded = fold("قالَ\u200f إنّه")
        >>> folded.text, [folded.raw[slice(*folded.raw_span(a, b))] for a, b in ((0, 3), (4, 7))]
        ('قال انه', ['قالَ', 'إنّه'])
        """
        if not 0 <= start <= end <= len(self.text):
            raise IndexError(f"[{start}:{end}] is outside a folded text of {len(self.text)} code points")
        if start == end:
            place = self.offsets[start] if start < len(self.text) else len(self.raw)
            return place, place
        last = self.offsets[end - 1] + 1
        while last < len(self.raw) and self.raw[last] in _TRAILING:
            last += 1
        return self.offsets[start], last


def unmarked(raw: str) -> str:
    """Give a text without points, tatweel and unseen marks, its letters as they are.

    >>> unmarked("الوَزِيـــرُ")
    'الوزير'
    """
    return _MARKS.sub("", raw)


def fold_text(raw: str) -> str:
    """Give the text that `fold` gives, where no way back is needed.

    >>> fold_text("أُعلِنَ")
    'اعلن'
    """
    return raw.translate(_TABLE)


def fold(raw: str) -> Folded:
    """Fold a text: points, tatweel and unseen marks out; letters, digits, spaces and quotation marks unified.

    Alef with hamza or madda becomes bare alef, alef maqsura ya, ta marbuta ha, any digit an ASCII digit, any
    quotation mark `"` (single ones `'`), a no-break space a space, and a capital letter small.

    >>> fold("«أُعلِنَ» ٢٠٢٥ The").text
    '"اعلن" 2025 the'
    """
    text = fold_text(raw)
    offsets = array("I")
    at = 0
    for match in _UNEVEN.finditer(raw):
        place = match.start()
        offsets.extend(range(at, place))
        offsets.extend([place] * len(_TABLE[ord(raw[place])]))
        at = place + 1
    if at == 0:
        return Folded(raw, text, range(len(raw)))
    offsets.extend(range(at, len(raw)))
    return Folded(raw, text, offsets)
