"""The rules find what comparing every claim with every other one by the words of the design finds."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from findings.case_records import Case, all_cases, build_records
from findings.finding_rows import find_rows
from findings.pairwise import find_pairwise
from findings.pairwise_values import PREDICATES
from musnad.graph.queries import list_queries

PLACES = ["gao", "ansongo", "gao-region", "kidal", "well-camp", "ridge-post", "agadez"]
PARTIES = ["desert-front", "northern-brigade", "river-movement"]
STATUSES = ["security:underWay", "security:completed"]
QUANTITIES = [
    "0",
    "3",
    "30",
    "33",
    "about 30",
    "about 36",
    "fewer than 50",
    "at least 5",
    "20 to 40",
    "dozens",
    "several",
]
TIMES = ["2024", "2024-05", "2025", "2025-06", "2025-06/..", "../2024"]
VALUES: dict[str, st.SearchStrategy[dict[str, Any]]] = {
    kind: st.one_of(
        st.fixed_dictionaries({"object": st.sampled_from(things), "closed": st.booleans()}),
        st.fixed_dictionaries(
            {
                "members": st.lists(st.sampled_from(things), min_size=2, max_size=2, unique=True),
                "closed": st.booleans(),
            }
        ),
    )
    for kind, things in {"place": PLACES, "entity": PARTIES, "concept": STATUSES}.items()
} | {
    "quantity": st.builds(lambda amount: {"quantity": f"{amount} person"}, st.sampled_from(QUANTITIES)),
    "time": st.builds(lambda time: {"time": time}, st.sampled_from(TIMES)),
    "truth": st.just({}),
    "proposition": st.builds(
        lambda predicate: {"implies": {"subject": "un-mission", "predicate": predicate}},
        st.sampled_from(["security:missionContinues", "security:missionEnds"]),
    ),
}  # fmt: skip


@st.composite
def claims(draw: st.DrawFn, predicates: list[str]) -> dict[str, Any]:
    predicate = draw(st.sampled_from(predicates))
    kind = PREDICATES[predicate][0]
    source = draw(st.sampled_from(["Army", "Medics", "an official"]))
    claim: dict[str, Any] = {
        "source": source,
        "kind": "anonymous" if source == "an official" else "organisation",
        "outlet": draw(st.sampled_from(["The Ledger", "Radio Gao"])),
        "day": draw(st.sampled_from(["2025-03-01", "2025-03-02"])),
        "subject": "un-mission",
        "predicate": predicate,
        "modality": draw(
            st.sampled_from(["asserted", "asserted", "asserted", "planned", "possible", "undetermined"])
        ),
        "polarity": draw(st.sampled_from(["affirmed", "affirmed", "denied"])),
    }
    if claim["modality"] == "undetermined" and kind != "proposition":
        claim["polarity"] = "affirmed"
        if kind == "quantity":
            claim["unit"] = "person"
    else:
        value = draw(VALUES[kind])
        # One may deny that there is any answer, without naming one.
        if (
            claim["polarity"] == "denied"
            and kind not in ("truth", "proposition")
            and draw(st.integers(0, 3)) == 0
        ):
            value = {"unit": "person"} if kind == "quantity" else {}
        claim |= value
    if kind not in ("time", "proposition") and draw(st.integers(0, 2)) == 0:
        claim["time"] = draw(st.sampled_from(TIMES))
    if kind != "proposition" and draw(st.integers(0, 3)) == 0:
        claim["tense"] = draw(st.sampled_from(["past", "present", "future"]))
    if draw(st.integers(0, 3)) == 0:
        claim["place"] = "mali"
    return claim


TOGETHER = [
    ["security:missionContinues", "security:missionEnds", "general:implies"],
    *([predicate] for predicate in PREDICATES if PREDICATES[predicate][0] not in ("truth", "proposition")),
]
said = st.sampled_from(TOGETHER).flatmap(lambda names: st.lists(claims(names), min_size=2, max_size=5))


def check(told: list[dict[str, Any]]) -> None:
    named = {f"c{number}": claim for number, claim in enumerate(told)}
    case = Case("pairwise", "", named, frozenset())
    found = {(finding.kind, finding.claims) for finding in find_rows(build_records(case))}
    plain = find_pairwise(named)
    assert (found - plain, plain - found) == (set(), set())


@settings(
    max_examples=50, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large]
)
@given(told=said)
def test_random_claims(told: list[dict[str, Any]]) -> None:
    check(told)


def test_every_kind_of_finding_is_among_those_that_the_reference_tells() -> None:
    """Of the cases that it can read it gives the findings; all kinds but that of many answers are shown."""
    readable = [case for case in all_cases() if _is_readable(case)]
    kinds = {finding.kind for case in readable for finding in case.findings}
    for case in readable:
        named = {name: _filled(claim) for name, claim in case.claims.items()}
        assert find_pairwise(named) == {(f.kind, f.claims) for f in case.findings}, case.name
    rules = {query.name for query in list_queries("derive")}
    shown = {kind.replace("/", "-") for kind in (*kinds, *MORE)}
    assert rules - shown == {"non-conflict-not-compared"}


PLAIN: dict[str, Any] = {
    "source": "Army", "kind": "organisation", "outlet": "The Ledger", "day": "2025-03-01",
    "subject": "un-mission", "polarity": "affirmed", "modality": "asserted",
}  # fmt: skip
MORE = {
    "conflict/time": [{"predicate": "security:startsWithdrawal", "time": time} for time in ("2024", "2025")],
    "conflict/exclusion": [{"predicate": f"security:mission{verb}"} for verb in ("Ends", "Continues")],
}


@pytest.mark.parametrize("kind", MORE)
def test_kinds_of_which_it_can_read_no_case(kind: str) -> None:
    told = [PLAIN | claim for claim in MORE[kind]]
    assert kind in {found for found, _ in find_pairwise({f"c{n}": claim for n, claim in enumerate(told)})}
    check(told)


def _is_readable(case: Case) -> bool:
    known = {"phase", "last_phase", "role", "deadline"}
    units = {str(claim["quantity"]).split()[-1] for claim in case.claims.values() if "quantity" in claim}
    return not (case.alignments or case.entities or len(case.claims) > 20 or len(units) > 1) and all(
        claim["predicate"] in PREDICATES and not known & claim.keys() for claim in case.claims.values()
    )


def _filled(claim: dict[str, Any]) -> dict[str, Any]:
    plain = {"kind": "organisation", "outlet": "The Ledger", "day": "2025-03-01"}
    return (
        plain
        | {"polarity": "affirmed", "modality": "asserted"}
        | claim
        | {"day": str(claim.get("day", "2025-03-01"))}
    )
