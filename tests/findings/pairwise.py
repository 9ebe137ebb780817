"""Findings the plain way: every claim beside every other one, by the words of the design and no query.

It knows claims in the short form of cases with what test_pairwise.py uses: all kinds of value, lists, places
within places, numbers, times, denial, modality, scopes, implications and exclusion. Alignments, entailments,
phases and narrower units, which have their cases, it does not know.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import combinations
from typing import Any

from findings.case_records import read_world
from findings.pairwise_values import (
    FIRM,
    PREDICATES,
    amount_of,
    has_value,
    is_apart,
    is_bounded,
    is_within,
    relations_of,
    span_of,
    unit_of,
)

# Predicate: kind of value, how many answers there may be, whether it tells of a state or an event.
EXCLUDES = {("security:missionEnds", "security:missionContinues")}


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
        claim["day"] if tense and not is_bounded(claim, tense) else None,
        claim.get("place"), claim.get("unit"), tuple(sorted(implied.items())), claim["polarity"],
        claim["modality"],
    )  # fmt: skip


def _source(claim: Mapping[str, Any]) -> str:
    own = claim["kind"] == "anonymous"
    return f"{claim['source']} {claim['outlet'] + claim['day'] if own else ''}"


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
    if unit_of(a) != unit_of(b):
        return
    if not same_scope:
        yield from _other_scope(one, other)
        return
    for relation in relations_of(a, b):
        yield from _judge(one, other, relation)


# --- what a comparison shows -------------------------------------------------------------------------


def _meeting(one: Position, other: Position, relation: str) -> str:
    """Say whether the times of two positions can meet: of states, or said with events as their scope."""
    a, b = one.claim, other.claim
    (kind, _, first), (other_kind, _, second) = PREDICATES[a["predicate"]], PREDICATES[b["predicate"]]
    apart = is_apart(span_of(a), span_of(b))
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
        beyond = "time" not in answer or not is_within(span_of(answer), span_of(denial))
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
        if not ("apart" in relations_of(a, b) and (single or both)):
            yield "conflict/exhaustiveness"
    else:
        yield f"conflict/{'value' if kind in ('entity', 'concept') else kind}"


def _grown(one: Position, other: Position) -> bool:
    first, second = amount_of(one.claim), amount_of(other.claim)
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
    if span_of(state)[1] < span_of(event)[0]:
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
    if kind in ("truth", "proposition") or not (has_value(a) and has_value(b)):
        return
    if "apart" in relations_of(a, b) and _meeting(one, other, "other scope") == "overlapping":
        yield "non-conflict/scope-difference"
