"""From a text to its statements: find them, settle who speaks, add the outlet's own sentences."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable
from functools import cache, partial
from pathlib import Path

from musnad.speech import arabic, english
from musnad.speech.lexicon import Lexicon, load_lexicon
from musnad.speech.proposals import Mention, Passage, Proposal, Reader
from musnad.speech.speakers import Register, Speaker
from musnad.speech.statements import Candidate, Relay, Source, Statement
from musnad.text.folding import Folded, fold, fold_text
from musnad.text.language import script_of
from musnad.text.segments import segment
from musnad.text.spans import Span, cut
from musnad.text.tokens import Token, tokenize

__all__ = ["read_passage", "read_statements"]

_READERS: dict[str, Reader] = {"ar": arabic, "en": english}
_UNNAMED = {"ar": "غير مسمى", "en": "unnamed"}


def read_statements(
    text: str,
    *,
    language: str | None = None,
    outlet: str = "",
    lexicon_folder: Path | None = None,
) -> tuple[Statement, ...]:
    """Read the statements of an article, in text order.

    Args:
        text: the article's untouched text; every span points into it.
        language: `ar` or `en`; by script when not given.
        outlet: who publishes; the source of sentences that report nobody's words.
        lexicon_folder: more language data, `ar/` and `en/` with tables like the package's.

    Raises:
        LexiconError: for another language or a malformed table.

    >>> [s] = read_statements("قال وزير النقل إن الجسر سيفتح غدا.")
    >>> s.source.mention.text, s.cue.text, s.content.text, s.modality
    ('وزير النقل', 'قال', 'الجسر سيفتح غدا', 'planned')
    """
    folded = fold(text)
    return read_passage(
        folded, tokenize(folded), language or script_of(text), outlet=outlet, lexicon_folder=lexicon_folder
    )


def read_passage(
    folded: Folded,
    tokens: tuple[Token, ...],
    language: str,
    *,
    outlet: str = "",
    lexicon_folder: Path | None = None,
) -> tuple[Statement, ...]:
    """Read the statements of a text that is folded and cut into tokens already; see `read_statements`."""
    lexicon = load_lexicon(language, lexicon_folder)
    passage = Passage(folded, tokens, segment(folded, tokens), language)
    reader = _READERS[language]
    proposals = reader.find_statements(passage, lexicon)
    proposals.sort(key=lambda proposal: proposal.content[0][0] if proposal.cue is None else proposal.cue[0])
    proposals += _own_sentences(passage, reader, lexicon, proposals)
    proposals.sort(
        key=lambda proposal: (proposal.paragraph, proposal.sentence, proposal.start, proposal.content)
    )
    _mark_nested(proposals)
    return _settle(passage, reader, lexicon, proposals, outlet)


def _mark_nested(proposals: list[Proposal]) -> None:
    """Mark the statements whose cue stands in another's content; contents do not leave their sentence."""
    sentences: dict[tuple[int, int], list[Proposal]] = {}
    for proposal in proposals:
        sentences.setdefault((proposal.paragraph, proposal.sentence), []).append(proposal)
    for together in sentences.values():
        cues = sorted({proposal.cue for proposal in together if proposal.cue is not None})
        held = {
            cue
            for other in together
            if other.shape != "preposition"
            for start, end in other.content
            for cue in cues[bisect_left(cues, (start,)) : bisect_left(cues, (end,))]
            if cue != other.cue
        }
        for proposal in together:
            proposal.nested = proposal.cue in held


def _own_sentences(
    passage: Passage, reader: Reader, lexicon: Lexicon, proposals: list[Proposal]
) -> list[Proposal]:
    """Give the sentences that report nobody: paragraphs without a cue, and those before the first cue."""
    own = []
    first_cued: dict[int, int] = {}
    for proposal in proposals:
        known = first_cued.get(proposal.paragraph, proposal.sentence)
        first_cued[proposal.paragraph] = min(known, proposal.sentence)
    for number, paragraph in enumerate(passage.paragraphs):
        for place, sentence in enumerate(paragraph.sentences):
            if place >= first_cued.get(number, len(paragraph.sentences)):
                break
            start, end = reader.clean_content(passage, lexicon, sentence.start, sentence.end)
            if start >= end:
                continue
            quoted = next((q for q in paragraph.quotations if q.open == start and q.close >= end - 1), None)
            if quoted is not None and proposals and number and number - 1 in first_cued:
                span = (quoted.open + 1, min(quoted.close, end))
                rules, shape, mode = ["quotation/continued"], "continued", "direct"
            else:
                span, rules, shape, mode = (start, end), ["outlet/own"], "own", "indirect"
            if span[0] < span[1]:
                own.append(
                    Proposal(
                        number,
                        place,
                        start,
                        None,
                        (span,),
                        "",
                        shape,
                        shape,
                        mode=mode,
                        modality="asserted",
                        rules=rules,
                    )
                )
    return own


def _settle(
    passage: Passage, reader: Reader, lexicon: Lexicon, proposals: list[Proposal], outlet: str
) -> tuple[Statement, ...]:
    register = Register()
    settled: list[tuple[Proposal, Speaker | None, Mention | None, Candidate, list[Candidate]]] = []
    heard: dict[
        tuple[int, int] | None, tuple[Speaker | None, Mention | None, Candidate, list[Candidate]]
    ] = {}
    relays: list[list[tuple[Speaker, Mention, tuple[int, int] | None]]] = []
    antecedents: list[Mention | None] = []
    # All statements of a sentence ask for the subjects of the one before.
    find_actors = cache(partial(reader.find_actors, passage, lexicon))
    for number, proposal in enumerate(proposals):
        antecedents.append(None)
        relays.append([(register.join(mention)[0], mention, cue) for mention, cue in proposal.relays])
        if proposal.shape == "own":
            settled.append(
                (proposal, None, None, Candidate(outlet, 1.0, "no cue: the outlet's own words"), [])
            )
            continue
        if proposal.cue is not None and proposal.cue in heard and "content/repeated" in proposal.rules:
            settled.append((proposal, *heard[proposal.cue]))
            antecedents[-1] = antecedents[-2]
            continue
        mention = proposal.source
        speaker: Speaker | None
        others: list[Candidate]
        if mention is not None and not mention.pronoun:
            speaker, why = register.join(mention)
            others = []
        else:
            actors = _actors(passage, find_actors, proposals, number)
            speaker, others = register.infer(proposal, number, actors)
            why = (
                others.pop(0) if others else Candidate(_UNNAMED[passage.language], 0.0, "nobody named before")
            )
        if speaker is not None:
            register.hear(speaker, number, proposal)
            antecedents[-1] = speaker.mentions[-1]
        heard[proposal.cue] = (speaker, mention, why, others)
        settled.append((proposal, speaker, mention, why, others))
    own_mention = _find_outlet(passage, lexicon, outlet)
    statements: list[Statement] = []
    for index, (proposal, speaker, mention, why, others) in enumerate(settled):
        source = _source(
            passage,
            proposal,
            speaker,
            mention=mention,
            antecedent=antecedents[index],
            outlet=outlet,
            own_mention=own_mention,
        )
        reason = Candidate(source.canonical, why.score, why.reason)
        hands = [
            Relay(hand.canonical, hand.kind, _span(passage, m.start, m.end, m.skip), _cue_span(passage, cue))
            for hand, m, cue in relays[index]
            if hand is not speaker and not _is_outlet(hand.canonical, outlet)
        ]
        statements.append(
            _statement(
                passage,
                len(statements) + 1,
                proposal,
                source,
                via=tuple(hands),
                why=reason,
                others=tuple(others),
            )
        )
    return tuple(statements)


def _actors(
    passage: Passage, find_actors: Callable[..., list[Mention]], proposals: list[Proposal], number: int
) -> list[tuple[Mention, float, str]]:
    """Give subjects of the clauses just before, where no statement was made."""
    proposal = proposals[number]
    cued = {(p.paragraph, p.sentence) for p in proposals[max(0, number - 12) : number] if p.shape != "own"}
    actors = []
    here = (proposal.paragraph, proposal.sentence)
    if here not in cued and proposal.start > passage.paragraphs[here[0]].sentences[here[1]].start:
        actors += [(m, 0.95, "subject of this sentence") for m in find_actors(*here, stop=proposal.start)]
    steps = []
    if proposal.sentence:
        steps.append((proposal.paragraph, proposal.sentence - 1, 0.93))
    elif proposal.paragraph:
        before = passage.paragraphs[proposal.paragraph - 1]
        if before.sentences:
            steps.append((proposal.paragraph - 1, len(before.sentences) - 1, 0.5))
    for paragraph, sentence, weight in steps:
        if (paragraph, sentence) not in cued:
            found = find_actors(paragraph, sentence)
            actors += [
                (m, weight, "subject of the sentence before") for m in found if m.end <= proposal.start
            ]
    own = proposal.content
    return [
        (m, weight, why)
        for m, weight, why in actors
        if m.end <= proposal.start and not any(a <= m.start < b for a, b in own)
    ]


def _is_outlet(canonical: str, outlet: str) -> bool:
    """Whether a hand is the article's own outlet: told to us, it passed through no other."""
    return bool(outlet) and fold_text(outlet) in fold_text(canonical)


def _source(
    passage: Passage,
    proposal: Proposal,
    speaker: Speaker | None,
    *,
    mention: Mention | None,
    antecedent: Mention | None,
    outlet: str,
    own_mention: Span | None,
) -> Source:
    if proposal.shape == "own":
        return Source(own_mention, outlet or (own_mention.text if own_mention else "outlet"), "outlet")
    if speaker is None and mention is not None:
        span = _span(passage, mention.start, mention.end, mention.skip)
        return Source(span, span.text, "anonymous")
    if speaker is None:
        return Source(None, _UNNAMED[passage.language], "anonymous", implicit=True)
    if mention is not None:
        span = _span(passage, mention.start, mention.end, mention.skip)
        kind = speaker.kind if mention.pronoun or mention.kind == "document" else mention.kind
        if speaker.kind == "named-person" and kind in ("organisation", "anonymous"):
            kind = speaker.kind
        return Source(span, speaker.canonical, kind)
    last = antecedent or speaker.mentions[0]
    kind = speaker.kind if last.kind == "document" else last.kind
    return Source(_span(passage, last.start, last.end, last.skip), speaker.canonical, kind, implicit=True)


def _span(passage: Passage, start: int, end: int, skip: int = 0) -> Span:
    tokens = passage.tokens
    first, last = passage.folded.raw_span(tokens[start].start + skip, tokens[end - 1].end)
    return cut(passage.folded.raw, first, last)


def _cue_span(passage: Passage, cue: tuple[int, int] | None) -> Span | None:
    return None if cue is None else _span(passage, *cue)


def _find_outlet(passage: Passage, lexicon: Lexicon, outlet: str) -> Span | None:
    """Find where the text names its outlet: in the dateline or anywhere after."""
    if not outlet:
        return None
    words = fold_text(outlet).split()
    texts = [token.text for token in passage.tokens]
    for index in range(len(texts) - len(words) + 1):
        if texts[index : index + len(words)] == words:
            return _span(passage, index, index + len(words))
    return None


def _statement(
    passage: Passage,
    number: int,
    proposal: Proposal,
    source: Source,
    *,
    via: tuple[Relay, ...],
    why: Candidate,
    others: tuple[Candidate, ...],
) -> Statement:
    spans = tuple(
        _span(passage, start, end, proposal.skip if place == 0 else 0)
        for place, (start, end) in enumerate(proposal.content)
    )
    whole = cut(passage.folded.raw, spans[0].start, spans[-1].end)
    return Statement(
        f"s{number}",
        source,
        _cue_span(passage, proposal.cue),
        whole,
        spans,
        proposal.mode,
        proposal.polarity,
        proposal.modality or "asserted",
        proposal.negated,
        via,
        proposal.lemma,
        tuple(proposal.rules),
        why,
        others,
    )
