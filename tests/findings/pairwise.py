"""Findings the plain way: every claim beside every other one, by the words of the design and no query.

It knows claims in the short form of cases with what test_pairwise.py uses: all kinds of value, lists, places
within places, numbers, times, denial, modality, scopes, implications and exclusion. Alignments, entailments,
phases and narrower units, which have their cases, it does not know.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from itertools import combinations
from typing import Any

from findings.case_records import read_quantity, read_world
from musnad.record.times import read_bounds

# Predicate: kind of value, how many answers there may be, whether it tells of a state or an event.
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
EXCLUDES = {("security:missionEnds", "security:missionContinues")}
FIRM = ("asserted", "planned")
FOREVER = (date.min, date.max)


@dataclass(frozen=True)
class Position:
    """What claims that say one thing in one way have in common."""

    said: tuple[Any, ...]
    claims: frozenset[str]
    sources: frozenset[str]
    days: tuple[str, str]
    claim: Mapping[str, Any]

    def __hash__(self) -> int:
        return hash(self.claims)


Found = set[tuple[str, frozenset[str]]]


def find_pairwise(claims: Mapping[str, Mapping[str, Any]]) -> Found:
    """Give the kinds of findings with the claims they compare."""
    held: dict[tuple[Any, ...], list[str]] = defaultdict(list)
    for name, claim in claims.items():
        held[_said(claim)].append(name)
    positions = [
        Position(
            said,
            frozenset(names),
            frozenset(_source(claims[name]) for name in names),
            (min(claims[n]["day"] for n in names), max(claims[n]["day"] for n in names)),
            claims[names[0]],
        )
        for said, names in held.items()
    ]
    found: Found = set()
    for one in positions:
        # Whatever several hold, they hold it alike: that it is so, that it may be, that it is open.
        if len(one.claims) > 1:
            kind = "agreement" if len(one.sources) > 1 else "agreement/restatement"
            found.add((kind, one.claims))
    for one, other in combinations(positions, 2):
        found |= {(kind, one.claims | other.claims) for kind in _compare(one, other)}
    return found


def _said(claim: Mapping[str, Any]) -> tuple[Any, ...]:
    implied = claim.get("implies") or {}
    tense = claim.get("tense")
    return (
        claim["subject"], claim["predicate"], claim.get("object"), tuple(sorted(claim.get("members", ()))),
        claim.get("closed", False), claim.get("quantity"), claim.get("time"), tense,
        # A tense is bounded by the day of the article that has it.
        claim["day"] if tense and not _bounded(claim, tense) else None,
        claim.get("place"), claim.get("unit"), tuple(sorted(implied.items())), claim["polarity"],
        claim["modality"],
    )  # fmt: skip


def _bounded(claim: Mapping[str, Any], tense: str) -> bool:
    start, end = _ends(claim)
    return (start if tense == "future" else end) is not None


def _source(claim: Mapping[str, Any]) -> str:
    own = claim["kind"] == "anonymous"
    return f"{claim['source']} {claim['outlet'] + claim['day'] if own else ''}"


def _ends(claim: Mapping[str, Any]) -> tuple[date | None, date | None]:
    if "time" not in claim:
        return None, None
    bounds = read_bounds(str(claim["time"]))
    return bounds.start_earliest, bounds.end_latest


def _span(claim: Mapping[str, Any]) -> tuple[date, date]:
    """Give the days a claim's time spans, the tense bounding what is open."""
    start, end = _ends(claim)
    day = date.fromisoformat(claim["day"])
    if claim.get("tense") == "future" and start is None:
        start = date.fromordinal(day.toordinal() + 1)
    if claim.get("tense") in ("past", "present") and end is None:
        end = day
    return start or FOREVER[0], end or FOREVER[1]


def _apart(one: tuple[Any, Any], other: tuple[Any, Any]) -> bool:
    return bool(one[1] < other[0] or other[1] < one[0])


def _within(one: tuple[Any, Any], other: tuple[Any, Any]) -> bool:
    return bool(one[0] >= other[0] and one[1] <= other[1])


# --- two positions -----------------------------------------------------------------------------------


def _compare(one: Position, other: Position) -> Iterator[str]:
    a, b = one.claim, other.claim
    if a["subject"] != b["subject"]:
        if "general:implies" in (a["predicate"], b["predicate"]):
            yield from _consequent(one, other)
        return
    same_scope = a.get("place") == b.get("place")
    if a["predicate"] != b["predicate"]:
        if same_scope and {(a["predicate"], b["predicate"]), (b["predicate"], a["predicate"])} & EXCLUDES:
            yield from _exclusion(one, other)
        if "general:implies" in (a["predicate"], b["predicate"]):
            yield from _consequent(one, other)
        return
    if _unit(a) != _unit(b):
        return
    if not same_scope:
        yield from _other_scope(one, other)
        return
    for relation in _relations(a, b):
        yield from _judge(one, other, relation)


def _unit(claim: Mapping[str, Any]) -> str | None:
    return str(claim["quantity"]).rpartition(" ")[2] if "quantity" in claim else claim.get("unit")


def _members(claim: Mapping[str, Any]) -> list[str]:
    return list(claim.get("members", ())) or ([claim["object"]] if "object" in claim else [])


def _amount(claim: Mapping[str, Any]) -> tuple[str, float, float] | None:
    if "quantity" not in claim:
        return None
    kind, _, lower, upper, _, _ = read_quantity(claim["quantity"])
    return kind, -(10.0**15) if lower is None else lower, 10.0**15 if upper is None else upper


def _has_value(claim: Mapping[str, Any]) -> bool:
    if PREDICATES[claim["predicate"]][0] == "time":
        return "time" in claim
    return bool(_members(claim)) or "quantity" in claim


def _relations(a: Mapping[str, Any], b: Mapping[str, Any]) -> set[str]:
    """Say how two values of one question stand: the first to the second."""
    kind, number, temporality = PREDICATES[a["predicate"]]
    found: set[str] = set()
    modalities = {a["modality"], b["modality"]}
    if "undetermined" in modalities and modalities & set(FIRM):
        found.add("open")
    one, other = _members(a), _members(b)
    if kind == "truth" or (kind == "proposition" and a.get("implies") == b.get("implies")):
        found.add(_truth(a, b, temporality))
    elif kind == "quantity" and "quantity" in a and "quantity" in b:
        found.add(_amounts(a, b))
    elif kind == "time" and "time" in a and "time" in b:
        first, second = _span(a), _span(b)
        if _apart(first, second):
            found.add("apart")
        elif first == second:
            found.add("same")
        else:
            found.add(
                "narrower" if _within(first, second) else "broader" if _within(second, first) else "meets"
            )
    elif one and other:
        found |= _things(a, b, number)
    if a["polarity"] != b["polarity"] and kind not in ("truth", "proposition"):
        denial, answer = (a, b) if a["polarity"] == "denied" else (b, a)
        none = any((amount := _amount(claim)) is not None and amount[1] <= 0 for claim in (a, b))
        if not _has_value(denial) and _has_value(answer) and not none:
            found.add("broader" if denial is a else "narrower")
    return found


def _truth(a: Mapping[str, Any], b: Mapping[str, Any], temporality: str) -> str:
    first, second = (temporality == "event" and "time" in claim for claim in (a, b))
    if not first or not second:
        return "same" if first == second else "narrower" if first else "broader"
    if _span(a) == _span(b):
        return "same"
    return (
        "narrower" if _within(_span(a), _span(b)) else "broader" if _within(_span(b), _span(a)) else "meets"
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
    one, other = _amount(a), _amount(b)
    assert one is not None
    assert other is not None
    first, second = one[1:], other[1:]
    bounds = ("min", "max")
    if _apart(first, second):
        return "apart"
    alike = [(kind in bounds, kind == "vague") for kind in (one[0], other[0])]
    if first == second and alike[0] == alike[1]:
        return "same"
    if (any(alike[0]) or any(alike[1])) and a["polarity"] == b["polarity"] and not _held(one, other):
        return "compatible"
    return "narrower" if _within(first, second) else "broader" if _within(second, first) else "meets"


def _around(place: str) -> set[str]:
    thing = read_world().get(place, {})
    return {place}.union(*(_around(outer) for outer in thing.get("within", ())))


def _is_place(thing: str) -> bool:
    return read_world().get(thing, {}).get("type") in ("place", "facility")


def _disjoint(one: str, other: str) -> bool:
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
    one, other = _members(a), _members(b)
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
        if all(_disjoint(x, y) for x in one for y in other):
            found.add("apart")
        outside = [(one, other, closed[1]), (other, one, closed[0])]
        if any(
            shut and any(all(_disjoint(x, y) for y in listed) for x in named)
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


# --- what a comparison shows -------------------------------------------------------------------------


def _meeting(one: Position, other: Position, relation: str) -> str:
    """Say whether the times of two positions can meet: of states, or said with events as their scope."""
    a, b = one.claim, other.claim
    (kind, _, first), (other_kind, _, second) = PREDICATES[a["predicate"]], PREDICATES[b["predicate"]]
    apart = _apart(_span(a), _span(b))
    if first == second == "state" and apart:
        return "apart"
    dated = relation == "excluded" or ("time" in a and "time" in b)
    if first == second == "event" and "time" not in (kind, other_kind) and dated and apart:
        return "other time" if read_world()[a["subject"]]["type"] != "event" else "overlapping"
    return "overlapping"


def _judge(one: Position, other: Position, relation: str) -> Iterator[str]:
    a, b = one.claim, other.claim
    kind, number, temporality = PREDICATES[a["predicate"]]
    modalities = {a["modality"], b["modality"]}
    force = "open" if "undetermined" in modalities else "possible" if "possible" in modalities else "firm"
    stance = "opposed" if a["polarity"] != b["polarity"] else a["polarity"]
    within = len(one.sources | other.sources) == 1
    times = _meeting(one, other, relation)
    if relation == "open":
        settles = stance == "affirmed" or (stance == "opposed" and kind == "truth")
        if settles and times == "overlapping":
            yield "non-conflict/partial-knowledge" if within else "tension/undetermined"
        return
    changed = within and (one.days[1] < other.days[0] or other.days[1] < one.days[0])
    both_closed = a.get("closed", False) and b.get("closed", False)
    exclusive = number != "set" or both_closed
    grown = relation == "apart" and number == "cumulative" and _grown(one, other)
    contrary = _contrary(a, b, relation, stance, exclusive=exclusive, temporality=temporality) and not grown
    if times == "overlapping":
        if force == "firm":
            said = [str(claim.get("quantity", "")) for claim in (a, b)]
            yield from _firm(relation, stance, kind, said, within=within)
            if contrary and changed:
                yield "non-conflict/self-correction"
            elif contrary:
                yield from _conflict(a, b, relation, stance, kind)
            elif grown and stance == "affirmed":
                yield "non-conflict/succession"
        elif (
            force == "possible"
            and contrary
            and not within
            and (modalities & set(FIRM) or (stance == "opposed" and kind == "truth"))
        ):
            yield "tension/possibility"
    elif force == "firm" and stance == "affirmed":
        if times == "other time" and ((relation == "apart" and exclusive) or relation == "outside"):
            yield "non-conflict/scope-difference"
        if times == "apart" and relation == "apart" and (number == "functional" or both_closed):
            yield "non-conflict/succession"
        if times == "apart" and relation == "outside":
            yield "non-conflict/succession"


def _firm(relation: str, stance: str, kind: str, said: list[str], *, within: bool) -> Iterator[str]:
    if relation == "same" and stance != "opposed":
        yield "agreement/restatement" if within else "agreement"
    if relation in ("narrower", "broader") and stance == "affirmed":
        yield "agreement/restatement" if within else "agreement/refinement"
    if relation == "compatible" and stance == "affirmed" and not within:
        yield "tension/vague-bound"
    if (
        relation == "meets"
        and kind == "quantity"
        and stance == "affirmed"
        and any("about" in q for q in said)
    ):
        yield "non-conflict/tolerance"


def _contrary(
    a: Mapping[str, Any],
    b: Mapping[str, Any],
    relation: str,
    stance: str,
    *,
    exclusive: bool,
    temporality: str,
) -> bool:
    if stance == "affirmed":
        return relation == "outside" or (relation == "apart" and exclusive)
    if stance == "denied":
        return False
    # What is affirmed must be the same as, or narrower than, what is denied, and not beyond its time.
    denial, answer = (a, b) if a["polarity"] == "denied" else (b, a)
    fits = relation in ("same", "narrower" if denial is b else "broader")
    kind = PREDICATES[a["predicate"]][0]
    if temporality == "event" and kind != "time" and "time" in denial:
        event = read_world()[a["subject"]]["type"] == "event"
        beyond = "time" not in answer or not _within(_span(answer), _span(denial))
        return fits and (event or not beyond)
    return fits


def _conflict(
    a: Mapping[str, Any], b: Mapping[str, Any], relation: str, stance: str, kind: str
) -> Iterator[str]:
    if stance == "opposed":
        yield "conflict/polarity"
    elif relation == "outside":
        both = a.get("closed", False) and b.get("closed", False)
        single = PREDICATES[a["predicate"]][1] == "functional"
        if not ("apart" in _relations(a, b) and (single or both)):
            yield "conflict/exhaustiveness"
    else:
        yield f"conflict/{'value' if kind in ('entity', 'concept') else kind}"


def _grown(one: Position, other: Position) -> bool:
    first, second = _amount(one.claim), _amount(other.claim)
    assert first is not None
    assert second is not None
    if first[2] < second[1]:
        return one.days[1] < other.days[0]
    return second[2] < first[1] and other.days[1] < one.days[0]


def _exclusion(one: Position, other: Position) -> Iterator[str]:
    a, b = one.claim, other.claim
    if a["polarity"] == "denied" or b["polarity"] == "denied":
        return
    state, event = (a, b) if PREDICATES[a["predicate"]][2] == "state" else (b, a)
    if _span(state)[1] < _span(event)[0]:
        return
    modalities = {a["modality"], b["modality"]}
    within = len(one.sources | other.sources) == 1
    changed = within and (one.days[1] < other.days[0] or other.days[1] < one.days[0])
    if modalities <= set(FIRM):
        yield "non-conflict/self-correction" if changed else "conflict/exclusion"
    elif modalities <= {*FIRM, "possible"} and modalities & set(FIRM) and not within:
        yield "tension/possibility"


def _consequent(one: Position, other: Position) -> Iterator[str]:
    for denial, answer in ((one.claim, other.claim), (other.claim, one.claim)):
        implied = denial.get("implies")
        if implied and denial["polarity"] == "denied" and answer["polarity"] == "affirmed":
            asked = (answer["subject"], answer["predicate"], answer.get("place"))
            firm = {denial["modality"], answer["modality"]} <= set(FIRM)
            if asked == (implied["subject"], implied["predicate"], None) and firm:
                yield "tension/denied-implication"


def _other_scope(one: Position, other: Position) -> Iterator[str]:
    a, b = one.claim, other.claim
    kind, number, _ = PREDICATES[a["predicate"]]
    firm = {a["modality"], b["modality"]} <= set(FIRM)
    if number == "set" or not firm or "denied" in (a["polarity"], b["polarity"]):
        return
    if kind in ("truth", "proposition") or not (_has_value(a) and _has_value(b)):
        return
    if "apart" in _relations(a, b) and _meeting(one, other, "other scope") == "overlapping":
        yield "non-conflict/scope-difference"
