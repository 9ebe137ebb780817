"""docs/record.md names every key and value there is, and its example is a record that can be built."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

import musnad
from musnad.record import parse_record, record_schema

PAGE = (Path(__file__).resolve().parents[2] / "docs" / "record.md").read_text(encoding="utf-8")
EXAMPLE = re.findall(r"^```json\n(.*?)^```$", PAGE, re.M | re.S)
TOLD = set(re.findall(r"`([^`\s]+)`", re.sub(r"^```.*?^```$", "", PAGE, flags=re.M | re.S)))


def words(schema: Any) -> Iterator[str]:
    """Give every key and every value of an enumeration in the schema."""
    if isinstance(schema, dict):
        yield from schema.get("properties", {})
        yield from schema.get("enum", ())
        for inner in schema.values():
            yield from words(inner)
    elif isinstance(schema, list):
        for inner in schema:
            yield from words(inner)


@pytest.mark.parametrize("word", sorted(set(words(record_schema()))))
def test_page_names_every_key_and_value(word: str) -> None:
    assert word in TOLD


def test_example_can_be_built_and_asked() -> None:
    (example,) = EXAMPLE
    record = parse_record(example)
    with musnad.open() as kg:
        kg.add(record)
        assert kg.info()["claims"] == 2
        hands = kg.claim("s1c2").provenance().hands
        assert [hand.name for hand in hands] == ["Ali Hadi", "Delta", "River Post"]


def test_example_shows_every_list_but_alignments() -> None:
    (example,) = EXAMPLE
    lists = {key for key, value in record_schema()["properties"].items() if value.get("type") == "array"}
    assert lists - set(json.loads(example)) == {"alignments"}
