"""Any text at all is read: no crash, no span whose text differs, no cost that grows faster than the text."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from calls import count_calls
from musnad.graph.mapping import map_record
from musnad.graph.restoring import restore_record
from musnad.record import dump_record, parse_record
from musnad.record.drafting import draft_article
from musnad.speech.proposals import MOST_CUES
from musnad.text.article import Article, Details, make_article
from musnad.text.folding import fold
from musnad.text.segments import segment
from musnad.text.tokens import Token, tokenize
from trust.hostile import Pattern, hostile_patterns
from trust.scale import THOROUGH, attempt, examples, tried
from trust.texts import articles, units

CORPUS = sorted((Path(__file__).parent / "corpus" / "articles").glob("*.txt"))
DAY = date(2025, 10, 11)


def read(text: str, language: str) -> None:
    """Read a text; see that it becomes a valid record with exact spans, and the same again from a graph."""
    details = Details(id="fuzz", lang=language, outlet="Wire", date="2025-10-11")
    article = attempt(lambda: make_article(text, details))
    if article is None:
        return
    record = draft_article(article, read_on=DAY).record
    for mentions in (record.quantities, record.dates, record.places):
        assert all(text[mention.start : mention.end] == mention.text != "" for mention in mentions)
    # The checks of a record compare every span with the text.
    assert parse_record(dump_record(record)) == record
    assert restore_record(map_record(record)) == record
    tried("inputs fuzzed")


@examples(60)
@given(articles(), st.sampled_from(["ar", "en", ""]))
def test_any_text_becomes_a_valid_record(text: str, language: str) -> None:
    read(text, language)


@examples(60)
@given(articles(20), st.dictionaries(st.sampled_from(Details.__slots__), st.text(max_size=30)))
def test_any_text_with_any_details_is_an_article_or_a_coded_error(text: str, told: dict[str, str]) -> None:
    article = attempt(lambda: make_article(text, Details(**told)))
    assert article is None or article.text == text
    tried("inputs fuzzed")


@examples(60)
@given(articles())
def test_segments_cover_every_word_in_order(text: str) -> None:
    folded = fold(text)
    tokens = tokenize(folded)
    at = 0
    for token in tokens:
        assert at <= token.start < token.end <= len(folded.text)
        low, high = folded.raw_span(token.start, token.end)
        assert 0 <= low < high <= len(text)
        at = token.end
    edge = 0
    outside: list[Token] = []
    for paragraph in segment(folded, tokens):
        assert edge <= paragraph.start <= paragraph.body <= paragraph.end <= len(tokens)
        outside += tokens[edge : paragraph.start]
        edge = paragraph.end
    # Between paragraphs stand line ends alone.
    assert {token.kind for token in (*outside, *tokens[edge:])} <= {"break"}
    tried("inputs fuzzed")


@examples(6, factor=6)
@given(units(), st.sampled_from(["ar", "en"]))
def test_cost_grows_with_the_length_of_the_text(unit: str, language: str) -> None:
    def steps(size: int) -> int:
        text = unit * (size // len(unit) + 1)
        return count_calls(lambda: draft_article(Article("fuzz", text, DAY, "Wire", language), read_on=DAY))

    steps(100)
    # Eight times the text may cost what eight texts do, and somewhat more; sixty-four times is a hang.
    assert steps(16_000) < 14 * steps(2_000) + 20_000
    tried("inputs fuzzed")


# Calls of functions for a character of a text, the dearest text with some room: about a second for 100 KB.
DEAREST = 130
SIZES = (4_000, 16_000) if THOROUGH else (1_000, 4_000)


@pytest.mark.parametrize(
    "pattern", hostile_patterns(), ids=lambda p: f"{p.language}-{p.name.replace(' ', '-')}"
)
def test_hostile_text_costs_what_its_length_explains(pattern: Pattern) -> None:
    def steps(size: int) -> int:
        text = pattern.text(size)
        return count_calls(
            lambda: draft_article(Article("fuzz", text, DAY, "Wire", pattern.language), read_on=DAY)
        )

    steps(100)
    fewer, more = map(steps, SIZES)
    assert more < DEAREST * SIZES[1]
    assert more < 1.4 * fewer * SIZES[1] / SIZES[0] + 20_000
    tried("inputs fuzzed")


@pytest.mark.parametrize("language", ["ar", "en"])
@pytest.mark.parametrize(
    "pattern", hostile_patterns(), ids=lambda p: f"{p.language}-{p.name.replace(' ', '-')}"
)
def test_hostile_text_becomes_a_valid_record(pattern: Pattern, language: str) -> None:
    read(pattern.text(600), language)


def test_contents_do_not_pile_up_in_one_another() -> None:
    """Every cue of a sentence would hold all that follow it: of one megabyte of text they made a gigabyte."""
    for pattern in hostile_patterns():
        text = pattern.text(3_000)
        article = Article("fuzz", text, DAY, "Wire", pattern.language)
        statements = draft_article(article, read_on=DAY).record.statements
        assert sum(s.content.end - s.content.start for s in statements) < MOST_CUES * len(text)


@pytest.mark.parametrize("path", CORPUS, ids=lambda path: path.stem)
def test_what_once_went_wrong_goes_well(path: Path) -> None:
    text = path.read_bytes().decode()
    for language in ("ar", "en"):
        read(text, language)
