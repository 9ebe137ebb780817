"""Short articles written for the project, each with the statements a careful reader finds in it.

The golden files were checked by eye, statement by statement; a change in one is a change in the reading.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from musnad.speech import Statement, read_statements

ARTICLES = sorted((Path(__file__).parent / "articles").glob("*.txt"))


def golden(path: Path) -> dict[str, Any]:
    record: dict[str, Any] = json.loads(path.with_suffix(".json").read_text(encoding="utf-8"))
    return record


def read(path: Path) -> tuple[str, tuple[Statement, ...]]:
    text = path.read_text(encoding="utf-8")
    gold = golden(path)
    return text, read_statements(text, language=gold["lang"], outlet=gold["outlet"])


def test_every_article_has_its_golden_record() -> None:
    folder = Path(__file__).parent / "articles"
    golden_files = {path.stem for path in folder.glob("*.json") if not path.name.endswith(".meta.json")}
    assert {path.stem for path in ARTICLES} == golden_files
    assert len(ARTICLES) >= 16


@pytest.mark.parametrize("path", ARTICLES, ids=lambda path: path.stem)
def test_article_is_read_as_its_golden_record_says(path: Path) -> None:
    _, statements = read(path)
    assert [statement.to_json() for statement in statements] == golden(path)["statements"]


@pytest.mark.parametrize("path", ARTICLES, ids=lambda path: path.stem)
def test_every_span_quotes_the_untouched_text(path: Path) -> None:
    text, statements = read(path)
    for statement in statements:
        spans = [statement.content, *statement.spans]
        spans += [span for span in (statement.cue, statement.source.mention) if span is not None]
        spans += [relay.mention for relay in statement.via]
        for span in spans:
            assert text[span.start : span.end] == span.text != ""


@pytest.mark.parametrize("path", ARTICLES, ids=lambda path: path.stem)
def test_every_statement_says_which_rules_fired_and_why_this_speaker(path: Path) -> None:
    _, statements = read(path)
    for statement in statements:
        assert statement.rules
        assert statement.speaker.canonical == statement.source.canonical
        assert 0 <= statement.speaker.score <= 1
        assert statement.speaker.reason
        if statement.cue is not None:
            assert any(rule.startswith("cue/") for rule in statement.rules)
            assert statement.lemma
