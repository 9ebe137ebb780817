"""The form of a draft: the change that a filled one asks for, and where problems belong."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest

from musnad.errors import Problem
from musnad.views import explorer, review
from musnad.views.review.forms import place_problems, read_change, values_of
from musnad.views.review.words import words

TEXT = "One.\r\nThe ministry said five died.\r\nThe ministry said five died."
VIEW: dict[str, Any] = {
    "claim": {
        "proposition": {
            "subject": "people",
            "predicate": "incidents:killed",
            "quantity": "q1",
            "role": "x:y",
        },
        "polarity": "affirmed",
        "modality": "asserted",
        "evidence": {"text": "five died", "start": 24, "end": 33},
    },
    "statement": {
        "source": {
            "text": "The ministry",
            "start": 6,
            "end": 18,
            "canonical": "the ministry",
            "kind": "organisation",
        },
        "cue": {"text": "said", "start": 19, "end": 23},
        "content": {"text": "five died", "start": 24, "end": 33},
        "mode": "indirect",
        "polarity": "affirmed",
        "modality": "asserted",
    },
    "quantity": {"text": "five", "start": 24, "end": 28, "kind": "vague", "value": None, "unit": "person"},
}


def test_form_that_is_sent_as_it_is_changes_nothing() -> None:
    assert read_change(VIEW, values_of(VIEW), TEXT) == ({}, {})


def test_form_that_leaves_fields_out_changes_nothing() -> None:
    assert read_change(VIEW, {}, TEXT) == ({}, {})


@pytest.mark.parametrize(
    ("filled", "change"),
    [
        ({"polarity": "denied"}, {"claim": {"polarity": "denied"}}),
        ({"source": " the police "}, {"statement": {"source": {"canonical": "the police"}}}),
        ({"quantity_value": "5"}, {"quantity": {"value": 5}}),
        ({"quantity_value": "٥"}, {"quantity": {"value": 5}}),
        ({"quantity_upper": "2٫5"}, {"quantity": {"upper": 2.5}}),
        ({"quantity_lower": ""}, {}),
        # The words as typed; then the same words where they stand a second time; then words over a line end,
        # as a browser sends them.
        ({"evidence": "died"}, {"claim": {"evidence": {"text": "died"}}}),
        (
            {"evidence": "five died", "evidence_start": "54", "evidence_end": "63"},
            {"claim": {"evidence": {"text": "five died", "start": 54, "end": 63}}},
        ),
        (
            {"evidence": "died.\r\nThe", "evidence_start": "29", "evidence_end": "39"},
            {"claim": {"evidence": {"text": "died.\r\nThe", "start": 29, "end": 39}}},
        ),
        # Offsets at which other words stand are those of the words before they were typed over.
        (
            {"evidence": "five", "evidence_start": "24", "evidence_end": "33"},
            {"claim": {"evidence": {"text": "five"}}},
        ),
        ({"evidence_start": "x", "evidence_end": "99999999999999"}, {}),
    ],
)
def test_filled_form_asks_for_a_change(filled: dict[str, str], change: dict[str, Any]) -> None:
    assert read_change(VIEW, {**values_of(VIEW), **filled}, TEXT) == (change, {})


def test_json_of_the_form_can_change_what_has_no_field() -> None:
    values = values_of(VIEW)
    filled = {**values, "json": values["json"].replace('"x:y"', '"x:z"'), "modality": "planned"}
    change, problems = read_change(VIEW, filled, TEXT)
    assert problems == {}
    assert change == {"claim": {"proposition": {"role": "x:z"}, "modality": "planned"}}


@pytest.mark.parametrize("text", ["{", "[]", "null", "[" * 100_000, '{"claim": NaN}'])
def test_json_that_is_none_is_told_at_its_field(text: str) -> None:
    assert list(read_change(VIEW, {"json": text}, TEXT)[1]) == ["json"]


@pytest.mark.parametrize("written", ["five", "1e999", "nan", "5 people", "--5"])
def test_what_is_no_number_is_told_at_its_field(written: str) -> None:
    change, problems = read_change(VIEW, {"quantity_value": written}, TEXT)
    assert (change, list(problems)) == ({}, ["quantity_value"])


@pytest.mark.parametrize(
    ("where", "path", "field"),
    [
        ("claim s1c1, evidence", "", "evidence"),
        ("statement s1, claim s1c1, polarity", "", "polarity"),
        ("statement s1, source, kind", "", "source_kind"),
        ("source the ministry, kind", "", "source_kind"),
        ("statement s1, source", "", "source_words"),
        ("quantity q1", "", "quantity_value"),
        ("mention q1, quantity", "m:unit", "quantity_unit"),
        ("claim s1c1, slot", "m:place", ""),  # this claim has no place
        ("the reading", "", ""),
    ],
)
def test_problems_belong_to_fields(where: str, path: str, field: str) -> None:
    problem = Problem(where, "wrong.", "Mend it.", path)
    assert place_problems(VIEW, [problem]) == {field: [problem]}


def test_every_word_of_the_pages_is_used_and_none_is_missing() -> None:
    folder, other = (Path(str(package.__file__)).parent for package in (review, explorer))
    files = [*folder.glob("*.py"), *folder.glob("templates/review/*.html")]
    text = "\n".join(path.read_text(encoding="utf-8") for path in files)
    asked = set(re.findall(r"""\b(?:t|say)\(["'](\w+)["'](?! ~)""", text))
    known = words().keys()
    others = (other / "words.yaml").read_text(encoding="utf-8")
    assert asked - known - set(re.findall(r"^([\w-]+):", others, re.MULTILINE)) == set()
    # Put together from a prefix and a name, or a word of the graph.
    stems = ("field_", "group_", "kind_")
    graph = {"possible", "planned", "undetermined"}
    unused = {key for key in known if not re.search(rf"""["']{key}["']""", text)}
    assert {key for key in unused if not key.startswith(stems)} - graph == set()
    assert {key for key, said in words().items() if not said.en.strip() or not said.ar.strip()} == set()
