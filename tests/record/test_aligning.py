"""A draft aligns a state's forces with those of the group it leads, on the article's own words."""

from __future__ import annotations

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
