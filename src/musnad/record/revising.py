"""Changing one claim of a record and nothing else: it is marked, taken out or edited.

What several claims share (a statement, a number, a date) is copied where one of them is edited, so that a
decision about one claim never changes another.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from copy import deepcopy
from dataclasses import replace
from typing import Any, Final

from musnad.errors import UnknownChange
from musnad.record.json_form import dump_record, parse_record
from musnad.record.model import Claim, Record, Review, Statement

__all__ = [
    "change_between",
    "edit_claim",
    "find_claim",
    "find_statement",
    "mark_claim",
    "mark_statement",
    "remove_claim",
    "remove_statement",
    "view_claim",
]

PARTS: Final = ("claim", "statement", "quantity", "time", "sources", "entities")
"""What a change may hold: patches of the first four, and sources and entities that the record lacks."""

_LISTS: Final = {"quantity": "quantities", "time": "dates"}
_PREFIXES: Final = {"quantity": "q", "time": "d"}
_NOT_OF_WORDS: Final = ("id", "claims", "review")
_SPANS: Final = ("text", "start", "end", "spans")

Change = Mapping[str, Any]
Data = dict[str, Any]


def find_claim(record: Record, claim: str) -> tuple[Statement, Claim]:
    """Give a claim of a record by its id there, with its statement; raises `KeyError`."""
    for statement in record.statements:
        for one in statement.claims:
            if one.id == claim:
                return statement, one
    raise KeyError(claim)


def mark_claim(record: Record, claim: str, review: Review) -> Record:
    """Give the record with one claim reviewed; raises `KeyError` where there is none of this id."""
    _, found = find_claim(record, claim)
    return _with_claims(record, {claim: replace(found, review=review)})


def remove_claim(record: Record, claim: str) -> Record:
    """Give the record without one claim; its statement stays."""
    find_claim(record, claim)
    return _with_claims(record, {claim: None})


def find_statement(record: Record, statement: str) -> Statement:
    """Give a statement of a record by its id there; raises `KeyError`."""
    for one in record.statements:
        if one.id == statement:
            return one
    raise KeyError(statement)


def mark_statement(record: Record, statement: str, review: Review) -> Record:
    """Give the record with one statement reviewed; raises `KeyError` where there is none of this id."""
    found = find_statement(record, statement)
    marked = replace(found, review=review)
    return replace(record, statements=tuple(marked if one is found else one for one in record.statements))


def remove_statement(record: Record, statement: str) -> Record:
    """Give the record without one statement and its claims."""
    found = find_statement(record, statement)
    return replace(record, statements=tuple(one for one in record.statements if one is not found))


def view_claim(record: Record, claim: str) -> Data:
    """Give what an edit of a claim may change, in the record's JSON: the form of a change in full.

    `claim`, its `statement`, and the `quantity` and the `time` that its proposition names, where it does. Ids
    are left out, since they are not for changing.
    """
    return _view(json.loads(dump_record(record)), claim)


def change_between(before: Data, after: Data) -> Data:
    """Give the change that makes one view of a claim the other: a JSON merge patch (RFC 7396)."""
    change: Data = {}
    for key in (*before, *(key for key in after if key not in before)):
        if key not in after:
            change[key] = None
        elif isinstance(before.get(key), dict) and isinstance(after[key], dict):
            inner = change_between(before[key], after[key])
            if inner:
                change[key] = inner
        elif key not in before or before[key] != after[key]:
            change[key] = after[key]
    return change


def edit_claim(record: Record, claim: str, change: Change) -> Record:
    """Give the record with one claim edited.

    `change` holds JSON merge patches (RFC 7396) of what `view_claim` shows; a span that is given new words
    loses its old offsets, which are found again where the words stand once. `quantity` and `time` may be
    whole mentions that the record lacks; `sources` and `entities` are lists of what it lacks. A source named
    anew in `statement` is added with the kind given there.

    Raises `UnknownChange` for a part that a change does not have, and `InvalidRecord` with every problem that
    the record has with the change in it.
    """
    _check(change)
    data = json.loads(dump_record(record))
    for part in ("sources", "entities"):
        data[part] = [*data.get(part, []), *deepcopy(change.get(part, []))]
    place = _home(data, claim)
    statement = data["statements"][place]
    edited = _patch(next(one for one in statement["claims"] if one["id"] == claim), change.get("claim", {}))
    edited["id"] = claim
    for part in ("quantity", "time"):
        if change.get(part):
            edited["proposition"][part] = _put_mention(data, claim, edited, part, change[part])
    _put_claim(data, place, edited, change.get("statement", {}))
    return parse_record(json.dumps(data, ensure_ascii=False), where=f"claim {claim}")


def _check(change: Change) -> None:
    unknown = sorted(set(change) - set(PARTS))
    shaped = all(
        isinstance(value, list if part in ("sources", "entities") else dict)
        for part, value in change.items()
        if part in PARTS
    )
    if unknown or not shaped or not change:
        what = f"a change has no part {', '.join(unknown)}" if unknown else "this is not a change"
        raise UnknownChange(
            what,
            remedy=f"Give an object with some of: {', '.join(PARTS)}; the last two are lists, the others "
            "objects with the keys that change.",
        )


def _with_claims(record: Record, claims: Mapping[str, Claim | None]) -> Record:
    statements = (
        replace(
            statement,
            claims=tuple(
                claim for claim in (claims.get(one.id, one) for one in statement.claims) if claim is not None
            ),
        )
        for statement in record.statements
    )
    return replace(record, statements=tuple(statements))


def _view(data: Data, claim: str) -> Data:
    statement = data["statements"][_home(data, claim)]
    found = next(one for one in statement["claims"] if one["id"] == claim)
    view = {
        "claim": {key: value for key, value in found.items() if key not in ("id", "review")},
        "statement": {key: value for key, value in statement.items() if key not in _NOT_OF_WORDS},
    }
    for part, group in _LISTS.items():
        name = found["proposition"].get(part)
        for mention in data.get(group, ()):
            if mention["id"] == name:
                view[part] = {key: value for key, value in mention.items() if key != "id"}
    return deepcopy(view)


def _home(data: Data, claim: str) -> int:
    for place, statement in enumerate(data["statements"]):
        if any(one["id"] == claim for one in statement.get("claims", ())):
            return place
    raise KeyError(claim)


def _put_mention(data: Data, claim: str, edited: Data, part: str, patch: Change) -> str:
    """Put the value that a claim is to have among the record's; give its id.

    A mention that the claim alone names is changed in its place, one that others name too is copied.
    """
    group: list[Data] = data.setdefault(_LISTS[part], [])
    old = edited["proposition"].get(part)
    former = next((mention for mention in group if mention["id"] == old), None)
    mention = _patch({key: value for key, value in (former or {}).items() if key != "id"}, patch)
    if part == "quantity":
        mention.setdefault("value", None)  # the schema wants to see that a vague word has none
    for known in group:
        if {key: value for key, value in known.items() if key != "id"} == mention:
            return str(known["id"])
    if former is not None and not _named_elsewhere(data, claim, edited, part, old):
        group[group.index(former)] = {"id": old, **mention}
        return str(old)
    taken = {one["id"] for name in ("quantities", "dates", "places") for one in data.get(name, ())}
    name = fresh_name(_PREFIXES[part], taken)
    group.append({"id": name, **mention})
    return name


def _named_elsewhere(data: Data, claim: str, edited: Data, part: str, name: object) -> bool:
    others = [
        one["proposition"]
        for statement in data["statements"]
        for one in statement.get("claims", ())
        if one["id"] != claim
    ]
    inner = edited["proposition"].get("implies")
    named = [
        *others,
        *(other["implies"] for other in others if "implies" in other),
        *([inner] if inner else []),
    ]
    return any(proposition.get(part) == name for proposition in named)


def _put_claim(data: Data, place: int, edited: Data, patch: Change) -> None:
    """Put an edited claim back, under its statement or under one that differs as the patch says."""
    statement: Data = data["statements"][place]
    rest = [one for one in statement["claims"] if one["id"] != edited["id"]]
    bare = {key: value for key, value in statement.items() if key not in ("id", "claims")}
    changed = _patch(bare, {key: value for key, value in patch.items() if key not in ("id", "claims")})
    changed.setdefault("cue", None)
    _name_source(data, changed, patch)
    if changed == bare:
        order = [one["id"] for one in statement["claims"]]
        statement["claims"] = sorted([*rest, edited], key=lambda one: order.index(one["id"]))
        return
    for other in data["statements"]:
        if {key: value for key, value in other.items() if key not in ("id", "claims")} == changed:
            other["claims"] = [*other.get("claims", ()), edited]
            break
    else:
        if not rest:
            data["statements"][place] = {"id": statement["id"], **changed, "claims": [edited]}
            return
        name = fresh_name(f"{statement['id']}.", {one["id"] for one in data["statements"]}, first=2)
        data["statements"].insert(place + 1, {"id": name, **changed, "claims": [edited]})
    if rest:
        statement["claims"] = rest
    else:
        data["statements"].remove(statement)


def _name_source(data: Data, statement: Data, patch: Change) -> None:
    """Give a source named anew its kind, and its place among the record's sources."""
    given = patch.get("source") or {}
    if "canonical" not in given and "kind" not in given:
        return
    mention = statement["source"]
    for source in data["sources"]:
        if source["canonical"] == mention["canonical"]:
            if "kind" not in given:
                mention["kind"] = source["kind"]
            return
    data["sources"].append({"canonical": mention["canonical"], "kind": mention["kind"]})


def _patch(value: Data, patch: Change) -> Data:
    """Patch as RFC 7396 says, but for spans: new words do not stand at the old offsets."""
    moved = "text" in patch and patch["text"] != value.get("text")
    result = {key: part for key, part in value.items() if not (moved and key in _SPANS)}
    for key, part in patch.items():
        if part is None:
            result.pop(key, None)
        elif isinstance(part, Mapping):
            inner = result.get(key)
            result[key] = _patch(inner if isinstance(inner, dict) else {}, part)
        else:
            result[key] = deepcopy(part)
    return result


def fresh_name(prefix: str, taken: set[str], *, first: int = 1) -> str:
    """Give the first of prefix1, prefix2, … that is not taken."""
    number = first
    while f"{prefix}{number}" in taken:
        number += 1
    return f"{prefix}{number}"
