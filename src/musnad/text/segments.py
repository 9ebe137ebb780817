"""Paragraphs, sentences, clauses and quotations of a text, as ranges of its tokens.

A full stop inside quotation marks does not end a sentence, so that a quotation of several sentences
stays with the words that introduce it. Quotation marks are paired within a paragraph; one left open is
closed at the end of the paragraph, or where the next one opens.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from musnad.text.datelines import dateline_end
from musnad.text.folding import Folded
from musnad.text.tokens import Token

__all__ = ["Paragraph", "Quotation", "Sentence", "segment"]

_ENDERS = frozenset(".!?؟…۔")
_CLAUSE_MARKS = frozenset(",،;؛:-()")
_OPENERS = frozenset("«“„‟‹❝〝")
_CLOSERS = frozenset("»”›❞〞")
# Beyond these lengths (in tokens) no writer meant one sentence or one quotation: cutting there keeps the cost
# of reading linear, since statements never reach out of their sentence.
_LONGEST_SENTENCE = 400
_LONGEST_QUOTATION = 1500
_SHORT_FORMS = """
mr mrs ms dr gen col lt maj capt sgt adm brig cmdr sen rep gov hon rev prof st vs jr sr inc ltd co corp
jan feb mar apr jun jul aug sept sep oct nov dec dept est approx al
"""
_ABBREVIATIONS = frozenset(_SHORT_FORMS.split())
# An abbreviation with inner points ends a sentence only before a word that often begins one.
_FIRST_WORDS = "the a an he she it they we i in on at but and this that these those his her its their"
_STARTERS = frozenset(_FIRST_WORDS.split())


@dataclass(frozen=True, slots=True)
class Quotation:
    """A quotation: the token of its opening mark and that of its closing mark.

    An unclosed one has `closed` false and `close` one past its last token.
    """

    open: int
    close: int
    closed: bool = True


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence as a token range, with its clauses (between commas, colons, dashes, outside quotations)."""

    start: int
    end: int
    clauses: tuple[tuple[int, int], ...]


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph as a token range; `body` is where it begins after a dateline."""

    start: int
    end: int
    body: int
    sentences: tuple[Sentence, ...]
    quotations: tuple[Quotation, ...]


def segment(folded: Folded, tokens: Sequence[Token]) -> tuple[Paragraph, ...]:
    r"""Cut the tokens of a text into paragraphs.

    >>> from musnad.text.folding import fold
    >>> from musnad.text.tokens import tokenize
    >>> folded = fold("قال: «نعم. لا». ثم خرج.\nوعاد.")
    >>> tokens = tokenize(folded)
    >>> for paragraph in segment(folded, tokens):
    ...     print([" ".join(t.text for t in tokens[s.start:s.end]) for s in paragraph.sentences])
    ['قال : " نعم . لا " .', 'ثم خرج .']
    ['وعاد .']
    """
    paragraphs: list[Paragraph] = []
    start = 0
    for index in range(len(tokens) + 1):
        if index < len(tokens) and tokens[index].kind != "break":
            continue
        if index > start:
            paragraphs.append(_paragraph(folded, tokens, start, index, first=len(paragraphs) < 2))
        start = index + 1
    return tuple(paragraphs)


def _paragraph(folded: Folded, tokens: Sequence[Token], start: int, end: int, *, first: bool) -> Paragraph:
    body = dateline_end(folded, tokens, start, end) if first else start
    quotations = _quotations(folded, tokens, body, end)
    sentences = _sentences(tokens, body, end, quotations)
    return Paragraph(start, end, body, sentences, quotations)


def _quotations(folded: Folded, tokens: Sequence[Token], start: int, end: int) -> tuple[Quotation, ...]:
    marks = [index for index in range(start, end) if tokens[index].text == '"']
    turned = _turned(folded, tokens, marks)
    found: list[Quotation] = []
    opened = -1
    family = ""
    for place, index in enumerate(marks):
        raw = folded.raw[folded.offsets[tokens[index].start]]
        side = _side(folded.text, tokens[index], raw, turned=turned)
        if opened < 0:
            # A closing mark that nothing opened is a slip, unless the marks that follow pair up with it.
            if side >= 0 or (len(marks) - place) % 2 == 0:
                opened, family = index, raw
        elif raw in _OPENERS and family in _OPENERS and side > 0:
            # An opening mark inside a quotation: the earlier one was never closed, unless it still will be.
            if raw == family:
                found.append(Quotation(opened, _before(tokens, opened, index), closed=False))
                opened, family = index, raw
        elif (
            family in "«»" and raw not in "«»" and _still_closes(folded, tokens, marks[place + 1 : place + 9])
        ):
            continue
        else:
            found.append(Quotation(opened, index))
            opened = -1
    if opened >= 0:
        found.append(Quotation(opened, end, closed=False))
    found = [_shortened(quotation) for quotation in found]
    return tuple(found) or _single_quotations(folded, tokens, start, end)


def _shortened(quotation: Quotation) -> Quotation:
    if quotation.close - quotation.open <= _LONGEST_QUOTATION:
        return quotation
    return Quotation(quotation.open, quotation.open + _LONGEST_QUOTATION, closed=False)


def _turned(folded: Folded, tokens: Sequence[Token], marks: list[int]) -> bool:
    """Whether guillemets stand the other way round, as some agencies and converted files have them."""
    for index in marks:
        raw = folded.raw[folded.offsets[tokens[index].start]]
        if raw in "«»":
            return raw == "»"
    return False


def _still_closes(folded: Folded, tokens: Sequence[Token], marks: list[int]) -> bool:
    return any(folded.raw[folded.offsets[tokens[mark].start]] in "«»" for mark in marks)


def _side(text: str, token: Token, raw: str, *, turned: bool) -> int:
    """Give 1 for an opening mark, -1 for a closing one, 0 where only the order can tell."""
    if raw in "«»":
        return 1 if (raw == "«") != turned else -1
    if raw in _OPENERS:
        return 1
    if raw in _CLOSERS:
        return -1
    before = text[token.start - 1] if token.start else " "
    after = text[token.end] if token.end < len(text) else " "
    if before.isspace() == after.isspace():
        return 0
    return 1 if before.isspace() else (-1 if before.isalnum() and not after.isalnum() else 0)


def _before(tokens: Sequence[Token], opened: int, index: int) -> int:
    for at in range(index - 1, opened, -1):
        if tokens[at].text in _ENDERS or tokens[at].text in ",،":
            return at
    return index


def _single_quotations(
    folded: Folded, tokens: Sequence[Token], start: int, end: int
) -> tuple[Quotation, ...]:
    """Pair single quotation marks, which some English outlets use; an apostrophe after a letter is none."""
    found = []
    opened = -1
    for index in range(start, end):
        token = tokens[index]
        if token.text != "'":
            continue
        before = folded.text[token.start - 1] if token.start else " "
        after = folded.text[token.end] if token.end < len(folded.text) else " "
        if opened < 0 and before in ' \n("' and after.isalnum():
            opened = index
        elif opened >= 0 and not after.isalnum() and (before in ".,!?" or after in ' \n.,;:)"'):
            found.append(Quotation(opened, index))
            opened = -1
    return tuple(found)


def _sentences(
    tokens: Sequence[Token], start: int, end: int, quotations: tuple[Quotation, ...]
) -> tuple[Sentence, ...]:
    inside = {}
    for quotation in quotations:
        inside[quotation.open] = quotation.close
    sentences = []
    clauses: list[tuple[int, int]] = []
    first = clause = start
    index = start
    while index < end:
        token = tokens[index]
        after = index + 1
        ends = False
        if index in inside:
            after = min(inside[index] + 1, end)
            # «نعم.» ends a sentence with its own full stop, unless the sentence plainly goes on.
            last = tokens[after - 2].text if after - 2 > index else ""
            ends = last[:1] in _ENDERS and _begins(tokens, after, end)
        elif token.kind == "mark":
            ends = token.text[0] in _ENDERS and _is_end(tokens, index, end)
            if token.text in _CLAUSE_MARKS:
                if index > clause:
                    clauses.append((clause, index))
                clause = after
        elif token.text.endswith(".") and after < end:
            ends = (
                tokens[after].capital
                and tokens[after].text in _STARTERS
                and token.text not in ("a.m.", "p.m.")
            )
        if index - first > _LONGEST_SENTENCE and (
            token.kind == "mark" or index - first > 2 * _LONGEST_SENTENCE
        ):
            ends = True
        if ends:
            while after < end and tokens[after].text in ")'" and tokens[after].start == tokens[after - 1].end:
                after += 1
            if after - 1 > clause:
                clauses.append((clause, after - 1))
            sentences.append(Sentence(first, after, tuple(clauses)))
            clauses = []
            first = clause = after
        index = after
    if first < end:
        if end > clause:
            clauses.append((clause, end))
        sentences.append(Sentence(first, end, tuple(clauses)))
    return tuple(sentences)


def _begins(tokens: Sequence[Token], index: int, end: int) -> bool:
    if index >= end:
        return True
    token = tokens[index]
    if token.kind != "word":
        return token.text == '"' or token.kind == "number"
    return token.capital or not (
        "a" <= token.text[0] <= "z" or (token.text[0] > "\u00bf" and token.text[0] < "\u0370")
    )


def _is_end(tokens: Sequence[Token], index: int, end: int) -> bool:
    """Whether the point at `index` ends a sentence: not inside a name (بي.بي.سي) or after `Gen`."""
    token = tokens[index]
    if index + 1 >= end:
        return True
    glued = tokens[index + 1].start == token.end
    if token.text[0] != "." or len(token.text) > 1:
        return not glued and _begins(tokens, index + 1, end)
    if glued and tokens[index + 1].text not in ('"', ")", "'"):
        return False
    before = tokens[index - 1] if index else None
    if before is not None and before.end == token.start and before.kind == "word":
        if before.text in _ABBREVIATIONS and tokens[index + 1].kind != "break":
            return False
        if len(before.text) == 1 and (before.capital or before.text in "دماتشهع"):
            return False
    return True
