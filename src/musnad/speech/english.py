"""English statements: cues with their complements, sources and contents.

The same functions as `arabic`. English puts the content on either side of the cue, so each cue is first
placed: with its content after it, before it ("…, X said", "…," said X), or shared with another's.
"""

from __future__ import annotations

from functools import lru_cache

from musnad.speech.english_anchors import Anchor
from musnad.speech.english_clauses import read_cue
from musnad.speech.english_contents import settle_contents
from musnad.speech.english_mentions import mention
from musnad.speech.english_nouns import phrase_end
from musnad.speech.english_relays import read_according
from musnad.speech.english_words import Line, describe
from musnad.speech.lexicon import Lexicon
from musnad.speech.proposals import MOST_CUES, Mention, Passage, Proposal

__all__ = ["clean_content", "find_actors", "find_statements"]

_CREDITS = frozenset(
    {"reporting", "editing", "writing", "additional", "associated", "read", "compiled", "photo"}
)


def find_statements(passage: Passage, lexicon: Lexicon) -> list[Proposal]:
    """Give the statements of a passage in text order, with sources as mentioned or left open."""
    line = _line(passage, lexicon)
    proposals: list[Proposal] = []
    for number, paragraph in enumerate(passage.paragraphs):
        spoken: Proposal | None = None
        for place, sentence in enumerate(paragraph.sentences):
            if _is_credit(passage, sentence.start, sentence.end):
                continue
            found = _read_sentence(line, sentence.start, sentence.end)
            if not found and spoken is not None:
                found = _continued(line, spoken, sentence.start, sentence.end)
            for proposal in found:
                proposal.paragraph, proposal.sentence = number, place
                spoken = proposal if proposal.mode == "direct" else None
            if not found:
                spoken = None
            proposals.extend(found)
    return proposals


def _read_sentence(line: Line, start: int, end: int) -> list[Proposal]:
    found: list[Proposal] = []
    anchors: list[Anchor] = []
    index = start
    while index < end:
        anchor = read_according(line, index, start, end, anchors)
        if anchor is None:
            anchor = read_cue(line, index, start, end, anchors)
        if anchor is not None:
            if len(anchors) >= MOST_CUES:
                start = min(anchor.clause, anchor.cue[0])
                found += settle_contents(line, anchors, start)
                anchors = []
            anchors.append(anchor)
            index = max(index, anchor.cue[1] - 1)
        index += 1
    return found + settle_contents(line, anchors, end)


def _continued(line: Line, spoken: Proposal, start: int, end: int) -> list[Proposal]:
    """Read a sentence that is all quotation after a quoted statement: the same speaker goes on."""
    if start not in line.quoted or line.quoted[start] < end - 2:
        return []
    stop = line.quoted[start]
    while stop > start + 1 and line.words[stop - 1].text in (".", ",", "!", "?"):
        stop -= 1
    if stop - start < 4:
        return []
    again = Proposal(
        0,
        0,
        spoken.start,
        spoken.cue,
        ((start + 1, stop),),
        spoken.lemma,
        spoken.shape,
        spoken.kind,
        spoken.source,
        spoken.relays,
        spoken.polarity,
        spoken.modality,
        "direct",
        rules=[*spoken.rules, "content/repeated"],
    )
    return [again]


def find_actors(
    passage: Passage, lexicon: Lexicon, paragraph: int, sentence: int, *, stop: int | None = None
) -> list[Mention]:
    """Give the mentions in a sentence, up to token `stop`, that could be the subject of what follows."""
    line = _line(passage, lexicon)
    span = passage.paragraphs[paragraph].sentences[sentence]
    start = span.start
    while start < span.end and (
        line.words[start].is_in("adverb", "conjunction") or line.words[start].text in (",", '"')
    ):
        start += 1
    if start >= span.end or line.words[start].is_in("preposition"):
        comma = next((at for at in range(start, span.end) if line.words[at].text == ","), span.end)
        start = comma + 1
    if start >= span.end:
        return []
    end = span.end if stop is None else min(stop, span.end)
    found = mention(line, start, phrase_end(line, start, end))
    if found is None or found.pronoun:
        return []
    capital = any(line.words[at].capital for at in range(found.start + 1, found.end))
    return [found] if found.head or found.name or capital else []


def clean_content(passage: Passage, lexicon: Lexicon, start: int, end: int) -> tuple[int, int]:
    """Trim an outlet's own sentence to what it says; an empty range if it says nothing."""
    if _is_credit(passage, start, end):
        return start, start
    tokens = passage.tokens
    ended = tokens[end - 1].text in (".", '"', "!", "?", ")")
    while end > start and tokens[end - 1].kind == "mark" and tokens[end - 1].text not in '")':
        end -= 1
    words = sum(token.kind == "word" for token in tokens[start:end])
    return (start, end) if words >= 5 and ended else (start, start)


def _is_credit(passage: Passage, start: int, end: int) -> bool:
    """Whether a line only says who wrote it: (Reporting by …; Editing by …)."""
    tokens = passage.tokens
    first = start + (tokens[start].text == "(")
    if first + 1 >= end or tokens[first].text not in _CREDITS:
        return False
    return tokens[start].text == "(" or any(
        tokens[at].text in ("contributed", "story") for at in range(first, end)
    )


@lru_cache(maxsize=2)
def _line(passage: Passage, lexicon: Lexicon) -> Line:
    words = [describe(token.text, token.capital, token.kind, lexicon) for token in passage.tokens]
    quoted: dict[int, int] = {}
    inside = [-1] * len(words)
    for paragraph in passage.paragraphs:
        for quotation in paragraph.quotations:
            quoted[quotation.open] = quotation.close
            for index in range(quotation.open + 1, quotation.close):
                inside[index] = quotation.open
    return Line(passage, words, lexicon, quoted, inside)
