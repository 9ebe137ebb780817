"""One small record as JSON data, with every kind of part, for tests that change one thing in it."""

from __future__ import annotations

import json
from typing import Any

from musnad.record import Record, parse_record

TEXT = (
    "Two camps will close by May 2026, spokesman Ali Hadi told the Delta agency. "
    "“About 300 guards leave the North Camp,” a ministry source said. "
    "Shops stayed open in Samra."
)

DROP: Any = object()
"""Stands for a key that is taken away."""


def small_record() -> dict[str, Any]:
    """Give the record's JSON; offsets are left out where the words stand once."""
    return {
        "article": "camps-2026-02-01",
        "lang": "en",
        "date": "2026-02-01",
        "outlet": "River Post",
        "url": "https://news.example/camps",
        "title": "Camps to close",
        "text": TEXT,
        "review": {"status": "reviewed", "by": "The musnad founders", "date": "2026-11-23"},
        "sources": [
            {"canonical": "Ali Hadi", "kind": "office", "labels": {"en": "Ali Hadi"}, "behalf_of": "guards"},
            {"canonical": "a ministry source", "kind": "anonymous"},
            {"canonical": "Delta", "kind": "organisation"},
            {"canonical": "River Post", "kind": "outlet"},
        ],
        "entities": [
            {"id": "guards", "type": "force", "name": "camp guards", "labels": {"ar": "حراس المخيم"}},
            {"id": "north-camp", "type": "facility", "name": "North Camp", "within": ["samra"]},
            {"id": "samra", "type": "place", "name": "Samra", "level": 1, "same_as": ["https://a.example/1"]},
        ],
        "statements": [
            {
                "id": "s1",
                "source": {"text": "spokesman Ali Hadi", "canonical": "Ali Hadi", "kind": "office"},
                "cue": {"text": "told"},
                "content": {"text": "Two camps will close by May 2026"},
                "mode": "indirect",
                "polarity": "affirmed",
                "modality": "planned",
                "via": [{"agent": "Delta", "kind": "organisation", "mention": {"text": "the Delta agency"}}],
                "claims": [
                    {
                        "id": "s1c1",
                        "proposition": {
                            "subject": "guards",
                            "predicate": "security:endsWithdrawal",
                            "time": "d1",
                            "deadline": True,
                        },
                        "polarity": "affirmed",
                        "modality": "planned",
                        "evidence": {"text": "will close by May 2026"},
                    }
                ],
            },
            {
                "id": "s2",
                "source": {
                    "text": "a ministry source",
                    "canonical": "a ministry source",
                    "kind": "anonymous",
                },
                "cue": {"text": "said"},
                "content": {"text": "About 300 guards leave the North Camp"},
                "mode": "direct",
                "polarity": "affirmed",
                "modality": "asserted",
                "claims": [
                    {
                        "id": "s2c1",
                        "proposition": {
                            "subject": "guards",
                            "predicate": "security:withdrawsNumber",
                            "quantity": "q1",
                        },
                        "polarity": "affirmed",
                        "modality": "asserted",
                        "evidence": {"text": "About 300 guards leave"},
                        "extraction_confidence": 0.9,
                    },
                    {
                        "id": "s2c2",
                        "proposition": {
                            "subject": "guards",
                            "predicate": "security:withdrawsFrom",
                            "object": "north-camp",
                        },
                        "polarity": "affirmed",
                        "modality": "asserted",
                        "evidence": {"text": "leave the North Camp"},
                    },
                ],
            },
        ],
        "quantities": [
            {
                "id": "q1",
                "text": "About 300",
                "kind": "approx",
                "value": 300,
                "unit": "person",
                "lower": 270,
                "upper": 330,
                "policy": "tenPercent",
            }
        ],
        "dates": [{"id": "d1", "text": "May 2026", "iso": "2026-05", "edtf": "2026-05"}],
        "places": [{"id": "p1", "text": "Samra", "name_en": "Samra", "entity": "samra"}],
        "alignments": [
            {
                "id": "a1",
                "left": "guards",
                "relation": "partOf",
                "right": "north-camp",
                "author": "The musnad founders",
                "evidence": {"text": "guards leave the North Camp"},
                "place": "samra",
                "valid_from": "2026-01-01",
                "valid_until": "2026-05-31",
            }
        ],
    }


def changed(path: str, value: Any) -> dict[str, Any]:
    """Give the small record with one thing changed: `path` is steps joined by `/`, `DROP` takes a key away.

    A step `+` appends to a list.
    """
    data = small_record()
    *way, last = path.split("/")
    target: Any = data
    for step in way:
        target = target[int(step)] if isinstance(target, list) else target[step]
    if last == "+":
        target.append(value)
    elif value is DROP:
        del target[last]
    elif isinstance(target, list):
        target[int(last)] = value
    else:
        target[last] = value
    return data


def read(data: dict[str, Any]) -> Record:
    """Read a record from its data."""
    return parse_record(json.dumps(data, ensure_ascii=False))
