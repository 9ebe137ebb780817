"""How two values of one question stand to one another, for the plain reference of findings in pairwise.py."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from datetime import date
from typing import Any

from findings.case_records import read_quantity, read_world
from musnad.record.times import read_bounds

PREDICATES = {
    "security:missionContinues": ("truth", "functional", "state"),
    "security:missionEnds": ("truth", "functional", "event"),
    "security:withdrawsTo": ("place", "functional", "event"),
    "general:isLocatedIn": ("place", "set", "state"),
    "security:numbers": ("quantity", "functional", "state"),
    "security:killsNumber": ("quantity", "cumulative", "event"),
    "security:startsWithdrawal": ("time", "functional", "event"),
    "security:isLedBy": ("entity", "functional", "state"),
    "security:isAgreedBy": ("entity", "set", "event"),
    "security:withdrawalStandsAt": ("concept", "functional", "state"),
    "general:implies": ("proposition", "set", "event"),
}
FIRM = ("asserted", "planned")
FOREVER = (date.min, date.max)


def is_bounded(claim: Mapping[str, Any], tense: str) -> bool:
    start, end = ends_of(claim)
    return (start if tense == "future" else end) is not None


def ends_of(claim: Mapping[str, Any]) -> tuple[date | None, date | None]:
    if "time" not in claim:
        return None, None
    bounds = read_bounds(str(claim["time"]))
    return bounds.start_earliest, bounds.end_latest


def span_of(claim: Mapping[str, Any]) -> tuple[date, date]:
    """Give the days a claim's time spans, the tense bounding what is open."""
    start, end = ends_of(claim)
    day = date.fromisoformat(claim["day"])
    if claim.get("tense") == "future" and start is None:
        start = date.fromordinal(day.toordinal() + 1)
    if claim.get("tense") in ("past", "present") and end is None:
        end = day
    return start or FOREVER[0], end or FOREVER[1]


def is_apart(one: tuple[Any, Any], other: tuple[Any, Any]) -> bool:
    return bool(one[1] < other[0] or other[1] < one[0])


def is_within(one: tuple[Any, Any], other: tuple[Any, Any]) -> bool:
    return bool(one[0] >= other[0] and one[1] <= other[1])


def unit_of(claim: Mapping[str, Any]) -> str | None:
    return str(claim["quantity"]).rpartition(" ")[2] if "quantity" in claim else claim.get("unit")


def members_of(claim: Mapping[str, Any]) -> list[str]:
    return list(claim.get("members", ())) or ([claim["object"]] if "object" in claim else [])


def amount_of(claim: Mapping[str, Any]) -> tuple[str, float, float] | None:
    if "quantity" not in claim:
        return None
    kind, _, lower, upper, _, _ = read_quantity(claim["quantity"])
    return kind, -(10.0**15) if lower is None else lower, 10.0**15 if upper is None else upper


def has_value(claim: Mapping[str, Any]) -> bool:
    if PREDICATES[claim["predicate"]][0] == "time":
        return "time" in claim
    return bool(members_of(claim)) or "quantity" in claim


def relations_of(a: Mapping[str, Any], b: Mapping[str, Any]) -> set[str]:
    """Say how two values of one question stand: the first to the second."""
    kind, number, temporality = PREDICATES[a["predicate"]]
    found: set[str] = set()
    modalities = {a["modality"], b["modality"]}
    if "undetermined" in modalities and modalities & set(FIRM):
        found.add("open")
    one, other = members_of(a), members_of(b)
    if kind == "truth" or (kind == "proposition" and a.get("implies") == b.get("implies")):
        found.add(_truth(a, b, temporality))
    elif kind == "quantity" and "quantity" in a and "quantity" in b:
        found.add(_amounts(a, b))
    elif kind == "time" and "time" in a and "time" in b:
        first, second = span_of(a), span_of(b)
        if is_apart(first, second):
            found.add("apart")
        elif first == second:
            found.add("same")
        else:
            found.add(
                "narrower" if is_within(first, second) else "broader" if is_within(second, first) else "meets"
            )
    elif one and other:
        found |= _things(a, b, number)
    if a["polarity"] != b["polarity"] and kind not in ("truth", "proposition"):
        denial, answer = (a, b) if a["polarity"] == "denied" else (b, a)
        none = any((amount := amount_of(claim)) is not None and amount[1] <= 0 for claim in (a, b))
        if not has_value(denial) and has_value(answer) and not none:
            found.add("broader" if denial is a else "narrower")
    return found


def _truth(a: Mapping[str, Any], b: Mapping[str, Any], temporality: str) -> str:
    first, second = (temporality == "event" and "time" in claim for claim in (a, b))
    if not first or not second:
        return "same" if first == second else "narrower" if first else "broader"
    if span_of(a) == span_of(b):
        return "same"
    return (
        "narrower"
        if is_within(span_of(a), span_of(b))
        else "broader"
        if is_within(span_of(b), span_of(a))
        else "meets"
    )


def _held(one: tuple[str, float, float], other: tuple[str, float, float]) -> bool:
    """Whether one is a vague word, and the other a number without a bound that lies within it."""
    vague, number = (one, other) if one[0] == "vague" else (other, one)
    return (
        vague[0] == "vague"
        and number[0] not in ("vague", "min", "max")
        and vague[1] <= number[1]
        and number[2] <= vague[2]
    )


def _amounts(a: Mapping[str, Any], b: Mapping[str, Any]) -> str:
    one, other = amount_of(a), amount_of(b)
    assert one is not None
    assert other is not None
    first, second = one[1:], other[1:]
    bounds = ("min", "max")
    if is_apart(first, second):
        return "apart"
    alike = [(kind in bounds, kind == "vague") for kind in (one[0], other[0])]
    if first == second and alike[0] == alike[1]:
        return "same"
    if (any(alike[0]) or any(alike[1])) and a["polarity"] == b["polarity"] and not _held(one, other):
        return "compatible"
    return "narrower" if is_within(first, second) else "broader" if is_within(second, first) else "meets"


def _around(place: str) -> set[str]:
    thing = read_world().get(place, {})
    return {place}.union(*(_around(outer) for outer in thing.get("within", ())))


def _is_place(thing: str) -> bool:
    return read_world().get(thing, {}).get("type") in ("place", "facility")


def is_disjoint(one: str, other: str) -> bool:
    """Whether two places have known areas of one rank that differ, and share none of that rank."""
    if not (_is_place(one) and _is_place(other)) or one in _around(other) or other in _around(one):
        return False
    levels: list[dict[int, set[str]]] = []
    for place in (one, other):
        ranked: dict[int, set[str]] = defaultdict(set)
        for area in _around(place):
            if "level" in (known := read_world()[area]):
                ranked[known["level"]].add(area)
        levels.append(ranked)
    shared = levels[0].keys() & levels[1].keys()
    return any(not levels[0][level] & levels[1][level] for level in shared)


def _things(a: Mapping[str, Any], b: Mapping[str, Any], number: str) -> set[str]:
    one, other = members_of(a), members_of(b)
    closed = (a.get("closed", False), b.get("closed", False))
    found = set()
    common = bool(set(one) & set(other))
    if common:
        found.add("same")
    else:
        if any(x in _around(y) for x in other for y in one if _is_place(y)):
            found.add("narrower")
        if any(x in _around(y) for x in one for y in other if _is_place(y)):
            found.add("broader")
    places = all(map(_is_place, (*one, *other)))
    if places:
        if all(is_disjoint(x, y) for x in one for y in other):
            found.add("apart")
        outside = [(one, other, closed[1]), (other, one, closed[0])]
        if any(
            shut and any(all(is_disjoint(x, y) for y in listed) for x in named)
            for named, listed, shut in outside
        ):
            found.add("outside")
    else:
        if (number == "functional" or all(closed)) and not common:
            found.add("apart")
        outside = [(one, other, closed[1]), (other, one, closed[0])]
        if any(shut and set(named) - set(listed) for named, listed, shut in outside):
            found.add("outside")
    return found
