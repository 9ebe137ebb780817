"""Texts nobody would write: words of sentences, cues and marks in any order, each read without a fault."""

from __future__ import annotations

import random
from pathlib import Path

import pytest

from musnad.record.checks import find_problems
from musnad.record.drafting import draft_record
from musnad.text.article import Details, make_article

WORDS = sorted(
    {
        word
        for path in Path(__file__).parent.glob("*/*.txt")
        for word in path.read_text(encoding="utf-8").split()
    }
)
_CUES = """
said told according to as saying citing he that who reported denied قال إن أن نفى أضاف مشيرا بحسب وفقا نقلا عن
ما و ب في من كان لم لن 12 2,500 % 2026-09 « » " ( ) : ، , . - ؟
"""
CUES = _CUES.split()


def jumble(seed: int) -> str:
    chance = random.Random(seed)
    return " ".join(
        chance.choice(CUES if chance.random() < 0.5 else WORDS) for _ in range(chance.randint(1, 80))
    )


def check(text: str, language: str) -> None:
    article = make_article(text, Details(outlet="Coast News", date="2025-10-11", lang=language))
    record = draft_record(article)
    assert find_problems(record) == []


@pytest.mark.parametrize("language", ["ar", "en"])
@pytest.mark.parametrize("seed", range(60))
def test_jumbled_text_is_read(seed: int, language: str) -> None:
    check(f"قال Omar {jumble(seed)}", language)
