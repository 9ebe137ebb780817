"""Drafts: what is read of an article makes a record that passes every check there is."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date
from importlib.metadata import version
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from musnad.graph.mapping import map_record
from musnad.graph.restoring import restore_record
from musnad.meaning.gazetteer import load_gazetteer
from musnad.record import Entity, Labels, Record, dump_record, parse_record
from musnad.record.drafting import draft_article, draft_record
from musnad.record.entities import EntityList
from musnad.text.article import Article, Details, make_article
from musnad.text.intake import find_articles, read_articles
from musnad.text.language import script_of
from musnad.validation import validate

TESTS = Path(__file__).resolve().parents[1]
FIXTURES = sorted((TESTS / "reading" / "articles").glob("*.txt"))
DEVELOPMENT = TESTS.parents[1] / "shared" / "dev" / "articles"
TOLD = Details(outlet="صحيفة الميناء", date="2024-05-01")
PIECES = (
    'قال المصدر إن "', '" وأضاف أن ', "نقلت الوكالة عن ", " مسؤول أمني", " في بغداد", " said ", ' "',
    "He added", " that ", "2024", " 12/13/2024", " أكثر من ", "10" * 12, " مليون", ".", "\n\n", "،", "\u200f",
    "بحسب ", " :", " denied ", "أمس", " in 0001", " 1990s", " dozens of people", "صحيفة الميناء",
)  # fmt: skip


def article(path: Path) -> Article:
    gold = json.loads(path.with_suffix(".json").read_text(encoding="utf-8"))
    told = Details(lang=gold["lang"], outlet=gold["outlet"], date="2024-05-01")
    (found,) = read_articles(path, told)
    assert isinstance(found, Article)
    return found


def held(record: Record) -> Record:
    """Give a record back that passed the form, the checks, the mapping both ways, and validation."""
    again = parse_record(dump_record(record))
    quads = map_record(again)
    assert restore_record(quads) == again
    report = validate(quads)
    assert report.conforms, report.problems("en", severity="violation")
    return again


@pytest.mark.parametrize("path", FIXTURES, ids=lambda path: path.stem)
def test_draft_passes_every_check_and_comes_back_as_it_was(path: Path) -> None:
    record = draft_record(article(path))
    assert record.statements
    assert held(record) == record


@pytest.mark.parametrize("path", FIXTURES, ids=lambda path: path.stem)
def test_draft_has_the_statements_of_the_golden_reading(path: Path) -> None:
    gold = json.loads(path.with_suffix(".json").read_text(encoding="utf-8"))
    draft = draft_article(article(path))
    assert [
        (s.id, (s.content.start, s.content.end), s.polarity, s.modality) for s in draft.record.statements
    ] == [
        (s["id"], (s["content"]["start"], s["content"]["end"]), s["polarity"], s["modality"])
        for s in gold["statements"]
    ]
    assert [reading.id for reading in draft.readings] == [s.id for s in draft.record.statements]


@pytest.mark.skipif(not DEVELOPMENT.is_dir(), reason="the development articles are not beside the project")
def test_every_development_article_makes_a_record_in_order() -> None:
    quads = []
    count = 0
    for path in find_articles([DEVELOPMENT]):
        assert isinstance(path, Path)
        for found in read_articles(path):
            assert isinstance(found, Article), found
            draft = draft_article(found)
            assert draft.left_out == ()
            assert parse_record(dump_record(draft.record)) == draft.record
            quads += map_record(draft.record)
            count += 1
    report = validate(quads)
    assert count >= 39
    assert report.conforms, report.problems("en", severity="violation")


@settings(max_examples=60, deadline=None)
@given(
    st.lists(st.sampled_from(PIECES), min_size=1, max_size=25)
    .map("".join)
    .filter(lambda text: text.strip(" \n\u200f"))
)
def test_any_text_makes_a_record_in_order(text: str) -> None:
    # Of a few words over and over, the language cannot be told.
    record = draft_record(make_article(text, replace(TOLD, lang=script_of(text))))
    assert parse_record(dump_record(record)) == record
    assert map_record(record)


def test_draft_says_so_and_by_whom_and_on_the_day_given() -> None:
    found = make_article("قال وزير النقل إن الجسر مغلق.", TOLD)
    review = draft_record(found).review
    assert (review.status, review.by, review.date) == ("draft", f"musnad {version('musnad')}", "2024-05-01")
    assert draft_record(found, read_on=date(2024, 6, 2)).review.date == "2024-06-02"


def test_places_are_entities_up_to_their_country() -> None:
    record = draft_record(make_article("قال مصدر إن القافلة وصلت إلى سنجار قادمة من دهوك.", TOLD))
    entities = {entity.id: entity for entity in record.entities}
    assert [(place.name_en, place.entity) for place in record.places] == [
        ("Sinjar", "sinjar"),
        ("Duhok", "duhok"),
    ]
    assert entities["sinjar"].within == ("nineveh",)
    assert entities["nineveh"].within == ("iraq",)
    assert (entities["iraq"].within, entities["iraq"].level) == ((), 0)
    assert entities["iraq"].labels == Labels("Iraq", "العراق")
    assert entities["iraq"].same_as == ("https://sws.geonames.org/99237/",)


def test_every_place_of_the_gazetteer_can_stand_in_one_record() -> None:
    gazetteer = load_gazetteer()
    listed = EntityList(gazetteer)
    for place in gazetteer.places.values():
        listed.add_place(place)
    review = draft_record(make_article("Rain.", TOLD)).review
    record = Record("all", "en", "2024-05-01", "Coast News", "Rain.", review, entities=listed.entities)
    assert len(parse_record(dump_record(record)).entities) == len(gazetteer.places)


@pytest.mark.parametrize(
    ("text", "labels"),
    [
        ("The minister said that Boko Haram bombed Chad.", Labels("Boko Haram", "بوكو حرام")),
        ("قال الوزير إن جماعة بوكو حرام قصفت تشاد.", Labels("Boko Haram", "بوكو حرام")),
        ("The minister said that Spain attacked the Taliban.", Labels("Spain", "إسبانيا")),
    ],
)
def test_who_acts_is_labelled_in_both_languages(text: str, labels: Labels) -> None:
    record = held(draft_record(make_article(text, TOLD)))
    assert labels in [entity.labels for entity in record.entities if entity.type == "group"]


def test_base_is_a_facility_without_a_rank() -> None:
    record = draft_record(make_article("Jets left the Incirlik airbase, officials said.", TOLD))
    (base,) = (entity for entity in record.entities if entity.type == "facility")
    assert base == Entity("incirlik", "facility", "Incirlik", base.labels, base.within)


def test_source_has_one_kind_and_one_spelling() -> None:
    text = (
        "قال مدير الميناء، فهد السالمي، إن السفن غادرت.\n\nوأضاف السالمي أن الرصيف فارغ.\n\n"
        "وذكرت صحيفة الميناء أن المدير غائب.\n\nوأكّد المدير أنّ العمل مستمر."
    )
    record = draft_record(make_article(text, TOLD))
    assert held(record) == record
    kinds = {source.canonical: source.kind for source in record.sources}
    assert kinds["صحيفة الميناء"] == "outlet"
    assert all(kinds[s.source.canonical] == s.source.kind for s in record.statements)


def test_speakers_nowhere_named_do_not_merge() -> None:
    record = draft_record(make_article("وأضاف أن الرصيف فارغ.\n\nوأكد أن السفن غادرت.", TOLD))
    unnamed = [s.source.canonical for s in record.statements if s.source.kind == "anonymous"]
    assert len(unnamed) == len(set(unnamed)) > 0
    assert all(s.source.implicit for s in record.statements)


def test_outlet_its_text_does_not_name_is_implicit_in_its_own_words() -> None:
    (statement,) = draft_record(
        make_article(
            "The port has been closed to all ships since the storm of last week.",
            Details(outlet="A", date="2024-05-01"),
        )
    ).statements
    assert (statement.source.canonical, statement.source.kind, statement.cue) == ("A", "outlet", None)
    assert statement.source.implicit
    assert statement.source.text == statement.content.text


@pytest.mark.parametrize(
    ("text", "unit", "policy"),
    [
        ("About 200 soldiers left.", "soldier", "tenPercent"),
        ("Dozens of soldiers left.", "soldier", "dozens"),
        ("More than 200 soldiers left.", "soldier", "wholeNumbers"),
        ("At least 200 soldiers left.", "soldier", None),
        ("He counted 200 gorblins.", "unit", None),
    ],
)  # fmt: skip
def test_quantity_names_a_policy_that_is_declared(text: str, unit: str, policy: str | None) -> None:
    (quantity,) = draft_record(make_article(text, TOLD)).quantities
    assert (quantity.id, quantity.unit, quantity.policy) == ("q1", unit, policy)


def test_range_and_decade_keep_their_edtf_and_get_a_date() -> None:
    found = draft_record(make_article("They met on 3-5 May 2024, as in the 1990s.", TOLD)).dates
    assert [(moment.iso, moment.edtf) for moment in found] == [
        ("2024-05-03", "2024-05-03/2024-05-05"),
        ("1990", "199X"),
    ]


def test_what_the_form_has_no_room_for_is_told() -> None:
    draft = draft_article(make_article("They counted 0.1234567890123456 tonnes of wheat.", TOLD))
    assert draft.record.quantities == ()
    assert len(draft.left_out) == 1
    assert "larger or finer" in draft.left_out[0]
