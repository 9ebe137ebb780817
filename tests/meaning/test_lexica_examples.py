"""Every example in the tables for values is read as it is marked: [found] and {not found}."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

import pytest

from musnad.meaning.dates import find_dates
from musnad.meaning.places import find_places
from musnad.meaning.quantities import find_quantities
from musnad.speech.lexicon import LEXICA, read_table
from musnad.text.folding import fold

PUBLISHED = date(2019, 6, 12)
DATES = ("months", "weekdays", "date-words")
QUANTITIES = ("numbers", "limiters", "units")
PLACES = ("place-words", "demonyms", "organisations")
MARKED = re.compile(r"\[([^\[\]]+)\]|\{([^{}]+)\}")


def _examples() -> Iterator[tuple[str, str]]:
    for language in ("ar", "en"):
        for name in (*DATES, *QUANTITIES, *PLACES):
            for row in read_table(LEXICA / language / f"{name}.tsv"):
                if row["example"]:
                    yield f"{language}/{name}", row["example"]


def _unmarked(example: str) -> tuple[str, set[tuple[int, int]], set[tuple[int, int]]]:
    """Give the sentence without marks, the spans to find and those not to find."""
    text, at = "", 0
    found: set[tuple[int, int]] = set()
    unfound: set[tuple[int, int]] = set()
    for match in MARKED.finditer(example):
        text += example[at : match.start()]
        word = match.group(1) or match.group(2)
        (found if match.group(1) else unfound).add((len(text), len(text) + len(word)))
        text += word
        at = match.end()
    return text + example[at:], found, unfound


def _spans(table: str, text: str) -> set[tuple[int, int]]:
    name = table.split("/")[1]
    folded = fold(text)
    if name in DATES:
        return {(mention.start, mention.end) for mention in find_dates(folded, published=PUBLISHED)}
    if name in QUANTITIES:
        return {(mention.start, mention.end) for mention in find_quantities(folded)}
    return {(mention.start, mention.end) for mention in find_places(folded)}


@pytest.mark.parametrize(("table", "example"), sorted(_examples()))
def test_lexicon_example_is_read_as_marked(table: str, example: str) -> None:
    text, found, unfound = _unmarked(example)
    assert found or unfound or "organisation" not in table
    spans = _spans(table, text)
    assert found <= spans
    assert not any(start < end_ and start_ < end for start, end in unfound for start_, end_ in spans)


@pytest.mark.parametrize("table", ["date-words", "numbers", "place-words"])
def test_class_of_every_row_is_described(table: str) -> None:
    described = (LEXICA / "VALUES.md").read_text(encoding="utf-8")
    rows = [row for language in ("ar", "en") for row in read_table(LEXICA / language / f"{table}.tsv")]
    assert rows
    assert {row["class"] for row in rows if f"`{row['class']}`" not in described} == set()


@pytest.mark.parametrize("table", [*DATES, *QUANTITIES, *PLACES])
def test_no_word_has_two_rows_of_one_class(table: str) -> None:
    for language in ("ar", "en"):
        keys = [tuple(row.values())[:2] for row in read_table(LEXICA / language / f"{table}.tsv")]
        place = [row.get("place", "") for row in read_table(LEXICA / language / f"{table}.tsv")]
        rows = list(zip(keys, place, strict=True))
        assert len(set(rows)) == len(rows), sorted(row for row in rows if rows.count(row) > 1)


@pytest.mark.parametrize("row", list(read_table(LEXICA / "places.tsv")), ids=lambda row: str(row["name"]))
def test_handmade_place_is_found_in_its_example(row: dict[str, str]) -> None:
    mentions = find_places(fold(row["example"]))
    assert row["name"] in [mention.name_en for mention in mentions]
