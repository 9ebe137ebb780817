"""One claim changed, taken out or carried: what is touched, and what is not."""

from __future__ import annotations

import json
from copy import deepcopy
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from musnad.errors import InvalidRecord, MusnadError
from musnad.graph.history import claim_names
from musnad.graph.mapping import map_record
from musnad.record import Record, Review, dump_record, load_record, parse_record
from musnad.record.carrying import carry_claim, reviewed_part
from musnad.record.json_form import canonical_order
from musnad.record.revising import (
    change_between,
    edit_claim,
    find_claim,
    mark_claim,
    remove_claim,
    view_claim,
)
from record.strategies import records

CHECKOUT = Path(__file__).resolve().parents[2]
PATHS = [
    CHECKOUT / "seeds" / "shafaq-2025-10-11" / "record.json",
    *sorted((CHECKOUT / "tests" / "records").glob("*.json")),
]
BY = Review("reviewed", "Amal", "2026-11-28")
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=3), inner, max_size=4),
    max_leaves=12,
)


def claims(record: Record) -> list[str]:
    return [claim.id for statement in record.statements for claim in statement.claims]


def names(record: Record) -> dict[str, str]:
    return claim_names(record, map_record(record))


@pytest.fixture(params=PATHS, ids=lambda path: path.parent.name + "-" + path.stem)
def record(request: pytest.FixtureRequest) -> Record:
    return load_record(request.param)


def test_mark_and_remove_touch_one_claim(record: Record) -> None:
    everything = names(record)
    for iri, name in everything.items():
        assert names(mark_claim(record, name, BY)) == everything
        assert find_claim(mark_claim(record, name, BY), name)[1].review == BY
        left = remove_claim(record, name)
        assert names(left) == {other: local for other, local in everything.items() if other != iri}
        with pytest.raises(KeyError):
            find_claim(left, name)


def test_edit_touches_one_claim_whatever_is_shared(record: Record) -> None:
    everything = names(record)
    for iri, name in everything.items():
        view = view_claim(record, name)
        changes: list[dict[str, object]] = [
            {"claim": {"polarity": "denied" if view["claim"]["polarity"] == "affirmed" else "affirmed"}},
            {"statement": {"source": {"canonical": "somebody else", "kind": "office"}}},
        ]
        if "quantity" in view:
            changes.append(
                {"quantity": {"value": 1, "lower": 1, "upper": 1, "kind": "exact", "policy": None}}
            )
        if "time" in view:
            changes.append({"time": {"iso": "2031", "edtf": "2031"}})
        for change in changes:
            edited = edit_claim(record, name, change)
            now = names(edited)
            assert iri not in now
            assert {other: local for other, local in now.items() if local != name} == {
                other: local for other, local in everything.items() if other != iri
            }
            # An edit back gives a claim of the old name.
            back = change_between(view_claim(edited, name), view)
            assert names(edit_claim(edited, name, back)) == everything


def test_two_claims_of_one_meaning_are_refused_by_the_graph() -> None:
    record = load_record(PATHS[1])
    copied = json.loads(dump_record(record))
    statement = next(one for one in copied["statements"] if one.get("claims"))
    twin = deepcopy(statement["claims"][0]) | {"id": "twin", "polarity": "denied"}
    statement["claims"].append(twin)
    both = parse_record(json.dumps(copied))
    map_record(both)
    with pytest.raises(InvalidRecord, match="problem"):
        map_record(edit_claim(both, "twin", {"claim": {"polarity": "affirmed"}}))


@pytest.mark.parametrize("path", PATHS[:2], ids=lambda path: path.stem)
def test_claims_edited_alike_meet_in_one_statement(path: Path) -> None:
    record = load_record(path)
    shared = next(one for one in record.statements if len(one.claims) > 1)
    edited = record
    for claim in shared.claims:
        edited = edit_claim(edited, claim.id, {"statement": {"source": {"canonical": "X", "kind": "office"}}})
    homes = {find_claim(edited, claim.id)[0].id for claim in shared.claims}
    assert len(homes) == 1
    assert len(edited.statements) == len(record.statements)


@given(JSON.filter(lambda value: isinstance(value, dict)), JSON.filter(lambda value: isinstance(value, dict)))
def test_change_makes_one_view_the_other(before: dict[str, object], after: dict[str, object]) -> None:
    assume(not _has_null(after))
    assert _merged(before, change_between(before, after)) == after


def _has_null(value: object) -> bool:
    if isinstance(value, dict):
        return any(part is None or _has_null(part) for part in value.values())
    return False


def _merged(target: object, patch: object) -> object:
    """Merge as the algorithm of RFC 7396, section 2, does."""
    if not isinstance(patch, dict):
        return patch
    result = dict(target) if isinstance(target, dict) else {}
    for key, value in patch.items():
        if value is None:
            result.pop(key, None)
        else:
            result[key] = _merged(result.get(key), value)
    return result


def test_claims_are_carried_into_an_empty_reading_and_say_the_same(record: Record) -> None:
    bare = replace(
        record, sources=(), entities=(), statements=(), quantities=(), dates=(), places=(), alignments=()
    )
    filled = canonical_order(bare)
    for name in claims(record):
        filled, _ = carry_claim(record, name, filled)
    assert names(filled).keys() == names(record).keys()
    assert parse_record(dump_record(filled)) == canonical_order(filled)


def test_carrying_translates_ids_and_adds_nothing_that_is_there(record: Record) -> None:
    text = dump_record(record)
    for entity in record.entities:
        text = text.replace(f'"{entity.id}"', f'"other-{entity.id}"')
    other = parse_record(text)
    for name in claims(record):
        there = next(iri for iri, local in names(other).items() if local == name)
        target, local = carry_claim(record, name, remove_claim(other, name))
        assert names(target)[there] == local
        assert len(target.entities) == len(other.entities)
        assert canonical_order(target) == other


def test_reviewed_part_is_a_valid_record_of_the_marked_claims(record: Record) -> None:
    draft = replace(record, review=replace(record.review, status="draft"))
    assert reviewed_part(draft) is None
    assert reviewed_part(replace(draft, review=BY)) == replace(draft, review=BY)
    chosen = claims(draft)[::3]
    for name in chosen:
        draft = mark_claim(draft, name, BY)
    part = reviewed_part(draft)
    assert part is not None
    assert claims(part) == chosen
    assert parse_record(dump_record(part)) == canonical_order(part)
    assert names(part).items() <= names(draft).items()


@given(records(), st.data())
def test_any_record_survives_what_is_done_to_its_claims(record: Record, data: st.DataObject) -> None:
    found = claims(record)
    assume(found)
    name = data.draw(st.sampled_from(found))
    marked = mark_claim(record, name, BY)
    part = reviewed_part(replace(marked, review=replace(record.review, status="draft")))
    assert part is not None
    assert parse_record(dump_record(part)) == canonical_order(part)
    rest = remove_claim(record, name)
    carried, local = carry_claim(record, name, rest)
    assert parse_record(dump_record(carried)) == canonical_order(carried)
    assert names(carried).keys() == names(record).keys()
    assert find_claim(carried, local)[1].polarity == find_claim(record, name)[1].polarity
    try:
        edited = edit_claim(record, name, {"claim": {"extraction_confidence": 0.5}})
    except MusnadError as error:
        pytest.fail(str(error))
    assert names(edited) == names(record)
