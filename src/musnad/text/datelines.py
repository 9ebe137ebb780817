"""Datelines: the place, agency and date that stand before the first sentence of a report."""

from __future__ import annotations

import re
from collections.abc import Sequence

from musnad.text.folding import Folded
from musnad.text.tokens import Token

__all__ = ["dateline_end"]

_LONGEST = 16
_ISO = re.compile(r"\d{4}[-/]\d{1,2}[-/]\d{1,2}|\d{1,2}[-/]\d{1,2}[-/]\d{4}")
# Written in capitals like a city, but speakers.
_CAPITALISED = "opec nato unesco unicef unhcr unrwa asean brics isis isil hamas swift"
_NOT_PLACES = frozenset(_CAPITALISED.split())


def dateline_end(folded: Folded, tokens: Sequence[Token], start: int, end: int) -> int:
    """Give the token where the text begins: `start`, or after a dateline; `end` if it is all dateline.

    Known forms: `القاهرة، مصر (CNN) --`, `هافانا 15 - 7 (اف ب) -`, `2025-10-11 وكالة- القاهرة` on a line
    of its own, `PARIS (Reuters) -` and `CAIRO` before a capital.
    """
    if _is_line(folded, tokens, start, end):
        return end
    dash = _dash(tokens, start, min(end, start + _LONGEST))
    if dash > start:
        return dash
    return _capitals(folded, tokens, start, end)


def _is_line(folded: Folded, tokens: Sequence[Token], start: int, end: int) -> bool:
    if end - start > _LONGEST or tokens[end - 1].text in (".", '"', "?", "!", "؟"):
        return False
    return bool(_ISO.search(folded.text, tokens[start].start, tokens[end - 1].end))


def _dash(tokens: Sequence[Token], start: int, end: int) -> int:
    """Give the place after the last dash of a dateline; a dash between numbers belongs to the date."""
    found = start
    bracket = agency = slash = False
    for index in range(start, end):
        token = tokens[index]
        if token.text in ('"', ".", ":") or token.text in ("قال", "ان", "said"):
            break
        if token.text == "(":
            bracket = True
        elif token.text == ")":
            bracket, agency = False, True
        elif token.text == "/":
            slash = True
        elif token.text == "-" and not bracket and index > start:
            if index + 1 < end and (
                tokens[index + 1].kind == "number" and tokens[index - 1].kind == "number"
            ):
                continue
            if tokens[index - 1].end == token.start == tokens[min(index + 1, end - 1)].start - 1:
                continue
            after = index + 1
            while after < end and tokens[after].text == "-":
                after += 1
            if agency or slash or (after - start <= 5 and _is_short(tokens, start, index)):
                found = after
    return found


def _is_short(tokens: Sequence[Token], start: int, dash: int) -> bool:
    words = [token for token in tokens[start:dash] if token.kind == "word"]
    latin = all("a" <= token.text[0] <= "z" for token in words)
    return bool(words) and (all(token.capital for token in words) if latin else len(words) <= 3)


def _capitals(folded: Folded, tokens: Sequence[Token], start: int, end: int) -> int:
    index = start
    letters = 0
    while index < min(end, start + 6):
        token = tokens[index]
        raw = folded.raw[slice(*folded.raw_span(token.start, token.end))]
        if token.kind == "word" and raw.isupper() and "." not in raw and token.text not in _NOT_PLACES:
            letters = max(letters, len(raw))
        elif token.text not in ("/", ",") or index == start:
            break
        index += 1
    if (
        letters < 5
        or index >= end
        or index == start
        or not (tokens[index].capital or tokens[index].text == '"')
    ):
        return start
    return index
