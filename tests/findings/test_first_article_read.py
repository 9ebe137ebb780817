"""The first article read by machine: each row of what it must show, from the machine's own claims."""

from __future__ import annotations

from pathlib import Path

import pytest

import musnad
from musnad.record import Record
from musnad.record.drafting import draft_record
from musnad.text.article import Article
from musnad.text.intake import read_articles

ARTICLE = Path(__file__).parents[2] / "seeds" / "shafaq-2025-10-11" / "article.txt"
INFORMED, EMBASSY, GOVERNMENT, OUTLET = "informed", "embassy", "government", "outlet"
KINDS = {"collective": INFORMED, "office": EMBASSY, "anonymous": GOVERNMENT, "outlet": OUTLET}

# kind of finding, who, the question in English
ROWS = [
    ("agreement", {EMBASSY, GOVERNMENT}, "When is the withdrawal complete?"),
    ("agreement", {INFORMED, GOVERNMENT}, "Is a timetable for the withdrawal agreed?"),
    ("agreement", {OUTLET, GOVERNMENT}, "From where do the forces withdraw?"),
    ("agreement/refinement", {INFORMED, GOVERNMENT}, "Where are the forces that stay?"),
    ("conflict/exhaustiveness", {INFORMED, GOVERNMENT}, "Where are the forces that stay?"),
    ("conflict/place", {OUTLET, GOVERNMENT}, "Where do the withdrawn forces go?"),
    ("conflict/exclusion", {INFORMED, GOVERNMENT}, "How many bases are kept?"),
    ("tension/denied-implication", {EMBASSY, GOVERNMENT}, "Does the mission end?"),
    ("tension/undetermined", {INFORMED, GOVERNMENT}, "How many are there?"),
    ("conflict/exclusion", {GOVERNMENT}, "Is the withdrawal complete or partial?"),
    ("non-conflict/succession", {GOVERNMENT}, "How many are there?"),
]


@pytest.fixture(scope="module")
def record() -> Record:
    article = next(iter(read_articles(ARTICLE)))
    assert isinstance(article, Article)
    return draft_record(article)


@pytest.fixture(scope="module")
def found(record: Record) -> set[tuple[str, frozenset[str], str]]:
    names = {source.canonical: called(source.canonical, source.kind) for source in record.sources}
    speakers = {one.id: names[one.source.canonical] for one in record.statements}
    with musnad.open() as kg:
        kg.add(record)
        return {
            (finding.kind, frozenset(speakers[claim.statement_id] for claim in finding.claims), question.en)
            for finding in kg.findings()
            for question in finding.questions
        }


def called(canonical: str, kind: str) -> str:
    if kind in ("outlet", "office"):
        return KINDS[kind]
    return GOVERNMENT if "حكومي" in canonical else INFORMED


@pytest.mark.parametrize(("kind", "who", "question"), ROWS, ids=[f"{kind}-{q}" for kind, _, q in ROWS])
def test_machine_shows_what_the_article_must_show(
    found: set[tuple[str, frozenset[str], str]], kind: str, who: set[str], question: str
) -> None:
    assert (kind, frozenset(who), question) in found


def test_the_denied_implication_rests_on_an_alignment_that_can_be_revoked(record: Record) -> None:
    (one,) = [alignment for alignment in record.alignments if alignment.relation == "same"]
    assert one.author.startswith("musnad")
    assert one.note is not None
