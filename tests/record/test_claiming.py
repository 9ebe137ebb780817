"""Claims of drafts: what frames read, under the statement's stand, in the names of the record."""

from __future__ import annotations

import json

import pytest

import musnad
from musnad.record import Claim, Record, dump_record, parse_record
from musnad.record.drafting import draft_record
from musnad.text.article import Details, make_article

BLAST = "The ministry said that the blast in Basra on Thursday killed {} people."


def read(text: str, outlet: str = "Coast News") -> Record:
    record = draft_record(make_article(text, Details(outlet=outlet, date="2024-05-03")))
    assert parse_record(dump_record(record)) == record
    return record


def claims(record: Record) -> list[Claim]:
    return [claim for statement in record.statements for claim in statement.claims]


@pytest.mark.parametrize(
    "text",
    [
        "The minister said that French troops will withdraw from Niger by the end of 2024.",
        "قال الوزير إن القوات الفرنسية ستنسحب من النيجر.",
    ],
    ids=["en", "ar"],
)
def test_claim_names_entities_values_and_rules_of_the_record(text: str) -> None:
    record = read(text)
    entities = {entity.id: entity for entity in record.entities}
    (claim,) = (claim for claim in claims(record) if claim.proposition.predicate == "security:withdrawsFrom")
    assert claim.id.startswith("s1c")
    assert (entities[claim.proposition.subject].type, entities[claim.proposition.object or ""].name) == (
        "force", "Niger",
    )  # fmt: skip
    assert (claim.polarity, claim.modality, claim.proposition.tense) == ("affirmed", "planned", "future")
    assert text[claim.evidence.start : claim.evidence.end] == claim.evidence.text
    assert claim.rules
    assert 0 < claim.extraction_confidence < 1


def test_wordings_in_two_languages_share_subject_and_value() -> None:
    first, second = (
        read("قال الوزير إن القوات الفرنسية ستنسحب من النيجر."),
        read("The minister said that French troops will withdraw from Niger."),
    )
    named = []
    for record in (first, second):
        entities = {entity.id: (entity.type, entity.name) for entity in record.entities}
        named += [
            (entities[c.proposition.subject], entities[c.proposition.object or ""]) for c in claims(record)
        ]
    assert len(named) == 2
    assert named[0] == named[1]


def test_what_the_content_affirms_is_denied_under_a_cue_of_denial() -> None:
    record = read("The minister denied that French troops would withdraw from Niger.")
    (statement,) = record.statements
    (claim,) = statement.claims
    assert (statement.polarity, claim.polarity) == ("denied", "denied")
    assert "polarity/denial-cue" in claim.rules


def test_statement_without_a_frame_has_no_claim() -> None:
    record = read("The minister said that the weather over Niger had been fine all week.")
    assert len(record.statements) == 1
    assert claims(record) == []


def test_blast_of_one_article_is_not_that_of_another() -> None:
    texts = ("قال مصدر إن الانفجار أوقع 5 قتلى.", "قال مصدر إن الانفجار أوقع 9 قتلى.")
    names = {entity.name for text in texts for entity in read(text).entities if entity.type == "event"}
    subjects = [claim.proposition.subject for text in texts for claim in claims(read(text))]
    assert len(subjects) == len(names) == 2


def test_counts_of_one_event_conflict_across_articles_and_outlets() -> None:
    with musnad.open() as news:
        for number, outlet in ((5, "Coast News"), (9, "Bay Post")):
            news.read(BLAST.format(number), outlet=outlet, date="2024-05-03")
        (finding,) = news.conflicts()
        assert finding.kind == "conflict/quantity"
        assert len({claim.statement for claim in finding.claims}) == 2


def test_event_has_the_kind_place_and_day_its_article_gives_it() -> None:
    record = read(BLAST.format(5))
    names = {entity.id: entity.name for entity in record.entities}
    (event,) = (entity for entity in record.entities if entity.type == "event")
    assert (event.kind, event.day) == ("general:Incident", "2024-05-02")
    assert [names[place] for place in event.within] == ["Basra"]


def test_event_told_of_by_other_names_is_one_across_articles_on_the_word_of_musnad() -> None:
    with musnad.open() as news:
        news.read(BLAST.format(5), outlet="Coast News", date="2024-05-03")
        news.read(
            "قال مصدر أمني إن الانفجار في البصرة الجمعة أوقع 9 قتلى.", outlet="Bay Post", date="2024-05-03"
        )
        (finding,) = news.conflicts()
        assert finding.kind == "conflict/quantity"
        (premise,) = finding.premises
        assert (premise.relation, premise.author) == ("m:same", "musnad")


def test_events_of_two_towns_stay_two() -> None:
    with musnad.open() as news:
        news.read(BLAST.format(5), outlet="Coast News", date="2024-05-03")
        news.read(BLAST.format(9).replace("Basra", "Mosul"), outlet="Bay Post", date="2024-05-03")
        assert news.conflicts() == []


def test_same_count_of_one_source_in_two_outlets_is_a_restatement() -> None:
    with musnad.open() as news:
        for outlet in ("Coast News", "Bay Post"):
            news.read(
                BLAST.format(5) + f"\n\n{outlet} reports from Basra on what is known so far.",
                outlet=outlet,
                date="2024-05-03",
            )
        assert [finding.kind for finding in news.findings()] == ["agreement/restatement"]


def test_drafting_twice_gives_the_same_bytes() -> None:
    text = BLAST.format(5)
    assert dump_record(read(text)) == dump_record(read(text))
    assert json.loads(dump_record(read(text)))["review"]["status"] == "draft"
