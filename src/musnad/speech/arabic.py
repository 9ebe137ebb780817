"""Arabic statements: cues with their complements, sources and contents.

The same functions as `english`. A cue is taken only with a complement its lexicon row allows (أن, إلى أن, a
quotation, a colon, ب or عن with a noun), since nearly every reporting verb has other senses.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from functools import lru_cache

from musnad.speech.arabic_adjuncts import Line, skip_adjuncts
from musnad.speech.arabic_anchors import Anchor
from musnad.speech.arabic_attributions import read_attribution, read_headline
from musnad.speech.arabic_clauses import read_finite
from musnad.speech.arabic_contents import settle_contents
from musnad.speech.arabic_nouns import is_known, noun_phrase
from musnad.speech.arabic_quotations import read_quoted_before
from musnad.speech.arabic_relays import read_masdar, read_participle
from musnad.speech.arabic_words import Word, describe
from musnad.speech.lexicon import Lexicon
from musnad.speech.proposals import MOST_CUES, Mention, Passage, Proposal

__all__ = ["clean_content", "find_actors", "find_statements"]


def find_statements(passage: Passage, lexicon: Lexicon) -> list[Proposal]:
    """Give the statements of a passage in text order, with sources as mentioned or left open."""
    line = _line(passage, lexicon)
    proposals: list[Proposal] = []
    for number, paragraph in enumerate(passage.paragraphs):
        headline = read_headline(line, number)
        if headline is not None:
            proposals.extend(settle_contents(line, [headline], paragraph.end))
            continue
        for place, sentence in enumerate(paragraph.sentences):
            for proposal in _read_sentence(line, sentence.start, sentence.end):
                proposal.paragraph, proposal.sentence = number, place
                proposals.append(proposal)
    return proposals


def _read_sentence(line: Line, start: int, end: int) -> Iterator[Proposal]:
    anchors: list[Anchor] = []
    taken: set[int] = set()
    index = start
    while index < end:
        anchor = _read(line, index, start, end, anchors=anchors, taken=taken)
        quoted = read_quoted_before(line, index, start, end, anchors=anchors, found=anchor)
        found = quoted or anchor
        if len(anchors) >= MOST_CUES and found is not None:
            start = min(found.clause, index)
            yield from settle_contents(line, anchors, start)
            anchors = []
        if quoted is not None:
            anchors.append(quoted)
        if anchor is None:
            index += 1
            continue
        anchors.append(anchor)
        taken.add(anchor.marker)
        source = anchor.proposal.source
        if source is not None and source.name:
            line.surnames.add(source.name[-1])
        index = max(index + 1, anchor.resume)
    yield from settle_contents(line, anchors, end)


def _read(
    line: Line, index: int, start: int, end: int, *, anchors: list[Anchor], taken: set[int]
) -> Anchor | None:
    word = line.words[index]
    if "attribution" in word.classes or word.rest in ("علي", "كما"):
        return read_attribution(line, index, start, end, anchors)
    if not word.cues:
        return None
    finite = [form for form in word.cues if form.shape in ("perfect", "imperfect")]
    anchor = next(filter(None, (read_finite(line, form, index, start, end) for form in finite)), None)
    nominal = word.shaped("masdar") is not None and is_known(line, index + 1, end)  # مطالبة المعارضة ب
    if anchor is None and word.shaped("participle") is not None and not word.definite and not nominal:
        anchor = read_participle(line, index, end)
    if anchor is None and word.shaped("masdar") is not None:
        anchor = read_masdar(line, index, start, end)
    return None if anchor is None or anchor.marker in taken else anchor


def find_actors(
    passage: Passage, lexicon: Lexicon, paragraph: int, sentence: int, *, stop: int | None = None
) -> list[Mention]:
    """Give the mentions in a sentence, up to token `stop`, that could be the subject of what follows."""
    line = _line(passage, lexicon)
    span = passage.paragraphs[paragraph].sentences[sentence]
    end = span.end if stop is None else min(stop, span.end)
    index = skip_adjuncts(line, span.start, end)
    # The object of a verb with ب (رحب الوزير بالقرار) is no part of its subject.
    limit = next((at for at in range(index + 1, end) if line.words[at].rest.startswith("بال")), end)
    for start in range(index, min(index + 4, limit)):
        mention = noun_phrase(line, start, limit, strict=True)
        if (
            mention is None
            and start == index + 1
            and line.words[start].definite
            and not line.words[index].definite
        ):
            mention = noun_phrase(line, start, limit)  # a verb the lexicon does not hold, and its subject
        if mention is not None:
            return [mention]
    return []


def clean_content(passage: Passage, lexicon: Lexicon, start: int, end: int) -> tuple[int, int]:
    """Trim an outlet's own sentence to what it says; an empty range if it says nothing."""
    tokens = passage.tokens
    while end > start and tokens[end - 1].kind == "mark" and tokens[end - 1].text not in '")':
        end -= 1
    words = sum(token.kind == "word" for token in tokens[start:end])
    return (start, end) if words >= 5 else (start, start)


def _tell_ali(passage: Passage, words: list[Word]) -> None:
    """Tell the name علي from the preposition على where the text itself keeps the two letters apart."""
    raw, offsets = passage.folded.raw, passage.folded.offsets
    ends = {i: raw[offsets[passage.tokens[i].end - 1]] for i, word in enumerate(words) if word.rest == "علي"}
    if "ى" not in ends.values():
        return
    for index, letter in ends.items():
        if letter == "ي":
            words[index] = replace(words[index], given=True, classes=frozenset(), rest="علي_")


def _tell_names(words: list[Word], lexicon: Lexicon) -> None:
    """Tell the words of a listed name from complementizers: سي إن إن."""
    for index, word in enumerate(words):
        for parts, _ in lexicon.names.get(word.stem, ()) if len(word.stem) < 8 else ():
            if "ان" in parts and all(
                index + n < len(words) and words[index + n].text == part for n, part in enumerate(parts) if n
            ):
                for n in range(1, len(parts)):
                    words[index + n] = Word(parts[n], rest=parts[n], stem=parts[n])


def _tell_verbs(words: list[Word], lexicon: Lexicon) -> None:
    """Tell ورد بأن (and he answered) from ورد في (it stood in)."""
    for index, word in enumerate(words[:-1]):
        if word.text[0] != "و" or not word.cues or word.cues[0].cue.kind != "contain":
            continue
        if words[index + 1].rest not in ("في", "فيه", "فيها", "علي"):
            words[index] = replace(describe(word.text[1:], lexicon), text=word.text, conjunction="و")


@lru_cache(maxsize=2)
def _line(passage: Passage, lexicon: Lexicon) -> Line:
    words = [describe(token.text, lexicon) for token in passage.tokens]
    _tell_ali(passage, words)
    _tell_names(words, lexicon)
    _tell_verbs(words, lexicon)
    quoted: dict[int, int] = {}
    inside = [-1] * len(words)
    for paragraph in passage.paragraphs:
        for quotation in paragraph.quotations:
            quoted[quotation.open] = quotation.close
            for index in range(quotation.open + 1, quotation.close):
                inside[index] = quotation.open
    return Line(passage, words, lexicon, quoted, inside, set())
