"""Versions of an article, and what became of its claims."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest

import musnad
from collection.conftest import FIRST, LATER, WHO, draft
from musnad.collection import Collection
from musnad.errors import UnknownArticle
from musnad.graph.store import dump_nquads
from musnad.record import Record, dump_record, parse_record
from musnad.record.revising import edit_claim, remove_claim
from musnad.terms import PROV, VERSIONS_GRAPH
from musnad.validation import validate_store

NEXT_DAY, WEEK = "2026-03-03", "2026-03-09"


def version(day: str, *, name: str = "", added: str = " Updated.") -> Record:
    """Give the first article as its outlet published it on another day: four people become five, and more."""
    record = draft("first-day")
    changed = edit_claim(record, "s2c1", {"quantity": {"value": 5, "lower": 5, "upper": 5}})
    changed = remove_claim(changed, "s9c1")
    data = json.loads(dump_record(changed))
    data |= {"article": name or f"{FIRST}-{day}", "date": day, "text": data["text"] + added}
    statement = next(one for one in data["statements"] if one["id"] == "s5")
    statement["claims"].append(statement["claims"][0] | {"id": "s5c2", "polarity": "denied"})
    return parse_record(json.dumps(data))


def links(kg: Collection) -> list[tuple[str, str]]:
    names = {row["report"]: row["article"] for row in kg.query("articles")}
    rows = kg.sparql(
        f"SELECT ?later ?former {{ GRAPH <{VERSIONS_GRAPH}> {{ ?later <{PROV('wasRevisionOf')}> ?former }} }}"
    )
    return sorted((names[row["later"]], names[row["former"]]) for row in rows)


def test_versions_of_one_address_are_linked_by_their_days(kg: Collection) -> None:
    assert links(kg) == []
    week, day = version(WEEK, added=" Updated again."), version(NEXT_DAY)
    kg.add(week)
    assert links(kg) == [(week.article, FIRST)]
    kg.add(day)
    assert links(kg) == [(day.article, FIRST), (week.article, day.article)]
    # Another address, another outlet or no address is another article; one day's versions have no order.
    kg.add(
        replace(version(WEEK, name="elsewhere", added=" A."), url="https://news.example/other"),
        replace(version(WEEK, name="nowhere", added=" B."), url=None),
        version(NEXT_DAY, name="same-day", added=" C."),
    )
    assert links(kg) == sorted(
        [(day.article, FIRST), (week.article, day.article), (week.article, "same-day"), ("same-day", FIRST)]
    )
    assert validate_store(kg.store).conforms


def test_order_of_versions_put_in_gives_the_same_bytes(kg: Collection) -> None:
    versions = [draft("first-day"), draft("two-days-later"), version(NEXT_DAY), version(WEEK, added=" More.")]
    kg.add(*versions[2:])
    with musnad.open() as other:
        for one in reversed(versions):
            other.add(one)
        assert dump_nquads(other.store) == dump_nquads(kg.store)


def test_diff_tells_what_became_of_each_claim(kg: Collection) -> None:
    later = version(NEXT_DAY)
    kg.add(later)
    rows = list(kg.diff(later.article))
    changes = {(row["claim_before"], row["claim_after"]): row["change"] for row in rows}
    carried = ["s1c1", "s1c2", "s2c2", "s3c1", "s4c1", "s5c1", "s6c1", "s7c1", "s8c1"]
    expected: dict[tuple[str | None, str | None], str] = {(name, name): "carried" for name in carried}
    expected[("s2c1", "s2c1")] = "changed"
    expected[(None, "s5c2")] = "added"
    expected[("s9c1", None)] = "dropped"
    assert changes == expected
    (changed,) = [row for row in rows if row["change"] == "changed"]
    assert changed["before"] != changed["after"]
    assert "5" in changed["after"]
    assert list(kg.diff(FIRST, later.article)) == rows
    turned = {row["change"] for row in kg.diff(later.article, FIRST)}
    assert turned == {"carried", "changed", "added", "dropped"}
    arabic = next(iter(kg.diff(later.article, language="ar")))
    assert arabic["after"] != rows[0]["after"]


def test_diff_of_a_kept_reading_shows_what_reviewers_did(kg: Collection) -> None:
    kg.edit(f"{FIRST}:s4c1", {"claim": {"modality": "possible"}}, **WHO)
    kg.reject(f"{FIRST}:s8c1", **WHO)
    rows = {(row["change"], row["claim_before"]) for row in kg.diff(FIRST, reading="1")}
    assert {row for row in rows if row[0] != "carried"} == {("changed", "s4c1"), ("dropped", "s8c1")}


def test_diff_needs_two_readings(kg: Collection) -> None:
    for arguments in ((FIRST,), (FIRST, "nowhere"), ("nowhere",)):
        with pytest.raises(UnknownArticle):
            kg.diff(*arguments)
    with pytest.raises(UnknownArticle):
        kg.diff(LATER, reading="3")
