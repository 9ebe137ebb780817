"""Nothing that is in the first article is named where articles are read, compared or explained.

The lexica and the gazetteer are lists of the language and of the world; what a program does with them may
not know one article from another.
"""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from musnad.record import load_record

ROOT = Path(__file__).resolve().parents[1]
# Names of countries, and words that any article may use, are no sign of one article.
SHORTEST = 4
NAMED_TYPES = {"facility", "force", "group", "agreement", "activity", "event"}


def names() -> list[str]:
    """Give what the reviewed records of the seeds call their places below countries, bodies and sources."""
    found: set[str] = set()
    for path in sorted((ROOT / "seeds").glob("*/record.json")):
        record = load_record(path)
        found |= {record.outlet, record.article}
        for source in record.sources:
            found |= {source.canonical, source.labels.en or "", source.labels.ar or ""}
        for entity in record.entities:
            if entity.type in NAMED_TYPES or entity.level:
                found |= {entity.name, entity.labels.en or "", entity.labels.ar or ""}
    return sorted(name for name in found if len(name) >= SHORTEST)


def readers() -> list[Path]:
    """Give the files that do the work: code, queries, rules."""
    code = [path for path in sorted((ROOT / "src").rglob("*.py")) if "lexica" not in path.parts]
    return [*code, *sorted((ROOT / "queries").rglob("*.rq")), ROOT / "ontology" / "rules.ttl"]


def test_there_are_names_and_readers() -> None:
    assert len(names()) > 20
    assert len(readers()) > 100


@pytest.mark.parametrize("path", readers(), ids=lambda path: str(path.relative_to(ROOT)))
def test_file_names_nothing_of_the_first_article(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    found = [name for name in names() if re.search(rf"(?<!\w){re.escape(name)}(?!\w)", text, re.IGNORECASE)]
    assert not found
