"""A draft aligns a state's forces with those of the group it leads, on the article's own words."""

from __future__ import annotations

from dataclasses import replace

import musnad
from musnad.record import dump_record, parse_record
from musnad.record.drafting import draft_record
from musnad.text.article import Details, make_article

SAID = "قال متحدث باسم الحكومة إن القوات الإسبانية ستنسحب من بنغازي وطبرق."
TOLD = "وقال مصدر عسكري إن عدد قوات التحالف البحري، بقيادة إسبانيا، غير محدد."


def test_forces_of_the_leading_state_are_part_of_the_groups() -> None:
    record = draft_record(make_article(f"{SAID}\n{TOLD}", Details(date="2025-10-11", outlet="Alpha")))
    names = {entity.id: entity.name for entity in record.entities}
    (alignment,) = record.alignments
    assert (names[alignment.left], alignment.relation, names[alignment.right]) == (
        "forces of Spain",
        "partOf",
        "قوات التحالف البحري",
    )
    assert alignment.evidence is not None
    evidence = alignment.evidence
    assert (
        record.text[evidence.start : evidence.end] == evidence.text == "قوات التحالف البحري، بقيادة إسبانيا"
    )
    assert alignment.place is not None
    assert names[alignment.place] == "Libya"
    assert parse_record(dump_record(record)) == record


def test_forces_nobody_makes_claims_about_are_not_aligned() -> None:
    record = draft_record(make_article(TOLD, Details(date="2025-10-11", outlet="Alpha")))
    assert record.alignments == ()


def test_the_work_and_the_mission_of_a_group_are_one() -> None:
    text = (
        "قال مصدر عسكري إن الاتفاق ينص على إنهاء مهام التحالف البحري بحلول أيار 2026."
        "\nوقال متحدث باسم التحالف البحري إن هذا الاتفاق لا يعني نهاية عمل التحالف البحري."
    )
    record = draft_record(make_article(text, Details(date="2025-10-11", outlet="Alpha")))
    names = {entity.id: entity.name for entity in record.entities}
    (alignment,) = record.alignments
    assert {names[alignment.left], names[alignment.right]} == {"مهام التحالف البحري", "عمل التحالف البحري"}
    assert alignment.relation == "same"
    assert alignment.author.startswith("musnad")
    with musnad.open() as kg:
        kg.add(record)
        kinds = [finding.kind for finding in kg.findings()]
        assert "tension/denied-implication" in kinds
    with musnad.open() as kg:
        kg.add(replace(record, alignments=()))
        assert "tension/denied-implication" not in [finding.kind for finding in kg.findings()]


def test_the_work_of_two_groups_is_two() -> None:
    text = (
        "قال مصدر عسكري إن الاتفاق ينص على إنهاء مهام التحالف البحري بحلول أيار 2026."
        "\nوقال متحدث باسم التحالف البري إن هذا الاتفاق لا يعني نهاية عمل التحالف البري."
    )
    assert draft_record(make_article(text, Details(date="2025-10-11", outlet="Alpha"))).alignments == ()
