"""Chains of transmission, and how many independent origins stand behind claims."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import networkx as nx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from musnad.findings import Claim, Hand, Independence, Text, count_origins, draw_chains


def claim(
    number: int, source: str, *, outlet: str = "Post", quote: str = "", kind: str = "anonymous"
) -> Claim:
    return Claim(
        iri=f"claim/{number}",
        id=f"s{number}c1",
        article=f"article/{outlet}",
        article_id=outlet.lower(),
        outlet=outlet,
        day=date(2026, 2, 1),
        statement=f"statement/{number}",
        statement_id=f"s{number}",
        source=source,
        source_name=Text(source, source),
        source_kind=kind,
        quote=quote or f"words {number}",
        start=0,
        end=1,
        polarity="affirmed",
        modality="asserted",
        proposition="proposition/1",
        status="reviewed",
    )


def hand(agent: str | None, kind: str | None = "office", **more: Any) -> Hand:
    more = {"name": agent, "cue": None, "behalf_of": None} | more
    return Hand(depth=0, role="", agent=agent, kind=kind, **more)


class Story:
    """Claims with their chains; each is said by the first hand and printed by the last."""

    def __init__(self) -> None:
        self.claims: list[Claim] = []
        self.hands: dict[str, tuple[Hand, ...]] = {}

    def tell(self, *chain: Hand, quote: str = "") -> Story:
        *before, publisher = chain
        roles = ["speaker", *("relay" if link.agent else "unnamedLink" for link in before[1:]), "publisher"]
        told = claim(len(self.claims) + 1, str(chain[0].agent), outlet=str(publisher.agent), quote=quote)
        self.claims.append(told)
        self.hands[told.statement] = tuple(
            replace(link, depth=depth, role=role)
            for depth, (link, role) in enumerate(zip(chain, roles, strict=True))
        )
        return self

    def count(self) -> Independence:
        return count_origins(self.claims, self.hands)

    @property
    def interval(self) -> tuple[int, int]:
        counted = self.count()
        return counted.least, counted.most


POST, HERALD, TIMES = hand("Post", "outlet"), hand("Herald", "outlet"), hand("Times", "outlet")
MINISTER, GOVERNOR = hand("minister", "named-person"), hand("governor", "named-person")
AGENCY = hand("Agency", "organisation")


def unnamed(agent: str, name: str = "an official") -> Hand:
    return hand(agent, "anonymous", name=name)


def test_no_claims_have_no_origin() -> None:
    assert Story().interval == (0, 0)


def test_one_source_twice_is_one() -> None:
    assert Story().tell(MINISTER, POST).tell(MINISTER, POST).interval == (1, 1)


def test_one_named_source_in_two_outlets_is_one_origin() -> None:
    counted = Story().tell(MINISTER, POST).tell(MINISTER, HERALD).count()
    assert (counted.least, counted.most) == (1, 1)
    assert counted.single_origin


def test_one_source_twice_in_one_outlet_is_no_single_origin_story() -> None:
    assert not Story().tell(MINISTER, POST).tell(MINISTER, POST).count().single_origin


def test_two_named_sources_are_two() -> None:
    counted = Story().tell(MINISTER, POST).tell(GOVERNOR, POST).count()
    assert (counted.least, counted.most) == (2, 2)
    assert counted.reasons == ()


def test_unnamed_source_may_be_the_named_one() -> None:
    counted = Story().tell(MINISTER, POST).tell(unnamed("a"), POST).count()
    assert (counted.least, counted.most) == (1, 2)
    assert counted.reasons[0].en == "sources without a name might be one person, or one of those named"
    assert counted.reasons[0].ar


def test_two_unnamed_sources_may_be_one() -> None:
    assert Story().tell(unnamed("a"), POST).tell(unnamed("b"), HERALD).interval == (1, 2)
    assert Story().tell(unnamed("a", "a guard"), POST).tell(unnamed("b", "a nurse"), POST).interval == (1, 2)


def test_collective_is_unnamed() -> None:
    residents = hand("c", "collective", name="residents")
    assert Story().tell(residents, POST).tell(MINISTER, POST).interval == (1, 2)


def test_two_named_and_two_unnamed_are_two_to_four() -> None:
    story = (
        Story().tell(MINISTER, POST).tell(GOVERNOR, POST).tell(unnamed("a"), POST).tell(unnamed("b"), HERALD)
    )
    assert story.interval == (2, 4)


# --- copies --------------------------------------------------------------------------------------


def test_wire_copies_collapse() -> None:
    story = Story()
    story.tell(unnamed("a"), POST, quote="Two camps will close").tell(
        unnamed("b"), HERALD, quote="two camps will close"
    )
    counted = story.count()
    assert (counted.least, counted.most) == (1, 1)
    assert counted.single_origin
    assert "copies of one report" in counted.reasons[0].en


def test_copy_in_arabic_collapses_whatever_the_spelling() -> None:
    story = Story().tell(unnamed("a", "مصادر مطلعة"), POST, quote="انسحاب القوات الأمريكية")
    assert story.tell(unnamed("b", "مصادر مطّلعة"), HERALD, quote="انسحاب القوات الامريكية").interval == (1, 1)


def test_same_words_of_sources_described_otherwise_are_no_copy() -> None:
    story = Story().tell(unnamed("a", "a guard"), POST, quote="It burns")
    assert story.tell(unnamed("b", "a nurse"), HERALD, quote="It burns").interval == (1, 2)


def test_same_words_through_the_same_relay_are_a_copy() -> None:
    story = Story().tell(unnamed("a", "a guard"), AGENCY, POST, quote="It burns")
    assert story.tell(unnamed("b", "a nurse"), AGENCY, HERALD, quote="It burns").interval == (1, 1)


def test_copy_that_leaves_something_out_is_a_copy() -> None:
    story = Story().tell(unnamed("a"), POST, quote="It burns").tell(unnamed("a"), POST, quote="All of it")
    assert story.tell(unnamed("b"), HERALD, quote="It burns").interval == (1, 1)


def test_other_words_of_the_same_description_are_no_copy() -> None:
    story = Story().tell(unnamed("a"), POST, quote="It burns")
    assert story.tell(unnamed("b"), HERALD, quote="The fire spread").interval == (1, 2)


def test_one_agency_behind_two_outlets_is_one_origin() -> None:
    assert Story().tell(AGENCY, POST).tell(AGENCY, HERALD).interval == (1, 1)
    assert Story().tell(MINISTER, AGENCY, POST).tell(MINISTER, AGENCY, HERALD).interval == (1, 1)


def test_one_relay_of_two_sources_leaves_them_two() -> None:
    assert Story().tell(MINISTER, AGENCY, POST).tell(GOVERNOR, AGENCY, HERALD).interval == (2, 2)


# --- outlets ---------------------------------------------------------------------------------------


def test_own_voice_of_an_outlet_counts() -> None:
    assert Story().tell(POST, POST).interval == (1, 1)
    assert Story().tell(POST, POST).tell(MINISTER, POST).interval == (2, 2)
    assert Story().tell(POST, POST).tell(POST, POST).interval == (1, 1)


def test_two_outlets_in_their_own_voice_are_two_unless_the_words_are_the_same() -> None:
    assert Story().tell(POST, POST).tell(HERALD, HERALD).interval == (2, 2)
    story = Story().tell(POST, POST, quote="Four died").tell(HERALD, HERALD, quote="Four died")
    assert story.interval == (1, 2)
    assert "print the same words" in story.count().reasons[0].en


def test_outlet_that_cites_another_rests_on_what_that_one_rests_on() -> None:
    assert Story().tell(POST, HERALD).tell(MINISTER, POST).interval == (1, 1)
    assert Story().tell(POST, HERALD).tell(POST, POST).interval == (1, 1)


def test_outlets_that_cite_each_other_are_a_loop() -> None:
    counted = Story().tell(POST, HERALD).tell(HERALD, POST).count()
    assert (counted.least, counted.most) == (1, 1)
    assert counted.loop
    assert counted.single_origin
    assert counted.reasons[-1].en == "outlets cite one another in a circle"


def test_loop_of_three_with_a_way_out_rests_on_that() -> None:
    counted = Story().tell(POST, HERALD).tell(HERALD, TIMES).tell(TIMES, POST).tell(MINISTER, TIMES).count()
    assert (counted.least, counted.most) == (1, 1)
    assert counted.loop


def test_chain_without_a_circle_is_no_loop() -> None:
    assert not Story().tell(POST, HERALD).tell(HERALD, TIMES).count().loop


# --- bodies and missing links ----------------------------------------------------------------------


def test_two_who_speak_for_one_body_may_have_one_word() -> None:
    spokesman = replace(MINISTER, behalf_of="ministry")
    adviser = replace(GOVERNOR, behalf_of="ministry")
    counted = Story().tell(spokesman, POST).tell(adviser, POST).count()
    assert (counted.least, counted.most) == (1, 2)
    assert "speak for one body" in counted.reasons[0].en
    assert Story().tell(spokesman, POST).tell(replace(adviser, behalf_of="army"), POST).interval == (2, 2)


def test_missing_link_is_a_node_of_its_own_statement() -> None:
    nobody = hand(None, None)
    story = Story().tell(MINISTER, nobody, POST).tell(GOVERNOR, nobody, POST)
    graph = draw_chains(story.claims, story.hands)
    assert sorted(graph.edges) == [
        ("Post", "statement/1#1"),
        ("Post", "statement/2#1"),
        ("statement/1#1", "minister"),
        ("statement/2#1", "governor"),
    ]
    assert story.interval == (2, 2)


def test_edges_run_from_the_one_who_reports_to_the_one_he_heard_it_from() -> None:
    story = Story().tell(MINISTER, AGENCY, POST)
    assert list(nx.topological_sort(draw_chains(story.claims, story.hands))) == ["Post", "Agency", "minister"]


def test_claim_without_known_hands_has_no_origin() -> None:
    assert count_origins([claim(1, "somebody")], {}) == Independence(0, 0)


@pytest.mark.parametrize("turn", [False, True])
def test_order_of_claims_changes_nothing(turn: bool) -> None:
    story = (
        Story()
        .tell(MINISTER, POST)
        .tell(unnamed("a"), HERALD, quote="x")
        .tell(unnamed("b"), TIMES, quote="x")
    )
    claims = story.claims[::-1] if turn else story.claims
    assert count_origins(claims, story.hands) == story.count()


# --- any story: the count is that of comparing every origin with every other --------------------------

PEOPLE = [
    hand("minister", "office", behalf_of="government"),
    hand("spokesman", "office", behalf_of="government"),
    hand("general", "named-person"),
    hand("source-1", "anonymous", name="a source"),
    hand("source-2", "anonymous", name="a source"),
    hand("source-3", "anonymous", name="another source"),
    hand("Post", "outlet", behalf_of="government"),
    hand("Times", "outlet"),
    hand("Agency", "outlet"),
    hand(None, None),
]
PUBLISHERS = [person for person in PEOPLE if person.kind == "outlet"]
chains = st.builds(
    lambda before, publisher, quote: (*before, publisher, quote),
    st.lists(st.sampled_from(PEOPLE), min_size=1, max_size=3),
    st.sampled_from(PUBLISHERS),
    st.sampled_from(["same words", "other words", ""]),
).filter(lambda chain: chain[0].agent is not None)


def count_pair_by_pair(told: Story) -> tuple[int, int, bool]:
    """Count origins from the definition: who heard from nobody, and each pair of them compared."""
    graph = draw_chains(told.claims, told.hands)
    parts = nx.condensation(graph)
    ends = [min(parts.nodes[part]["members"]) for part in parts if parts.out_degree(part) == 0]
    hands = {step.agent: step for steps in told.hands.values() for step in steps if step.agent}

    def known(end: str) -> Hand | None:
        return hands.get(end.removesuffix("#voice"))

    def words(end: str) -> set[str]:
        return {claim.quote for claim in told.claims if claim.source == end.removesuffix("#voice")}

    def relays(end: str) -> set[str | None]:
        own = [claim for claim in told.claims if claim.source == end.removesuffix("#voice")]
        return {
            step.agent for claim in own for step in told.hands[claim.statement] if step.role == "relay"
        } - {None}

    def copies(one: str, other: str) -> bool:
        name = [hand.name if hand else "" for hand in (known(one), known(other))]
        return (name[0] == name[1] or bool(relays(one) & relays(other))) and bool(words(one) & words(other))

    def may_be_one(one: str, other: str) -> bool:
        if one.endswith("#voice") and other.endswith("#voice"):
            return bool(words(one) & words(other))
        first, second = known(one), known(other)
        body = first.behalf_of if first else None
        return body is not None and second is not None and body == second.behalf_of

    def groups(among: list[str], alike: Any) -> int:
        same: nx.Graph[str] = nx.Graph()
        same.add_nodes_from(among)
        same.add_edges_from(
            (one, other) for one in among for other in among if one < other and alike(one, other)
        )
        return nx.number_connected_components(same) if among else 0

    named = [end for end in ends if (who := known(end)) and who.kind not in ("anonymous", "collective")]
    most = groups([end for end in ends if end not in named], copies) + len(named)
    loop = any(len(part) > 1 for part in nx.strongly_connected_components(graph))
    return min(most, max(1, groups(named, may_be_one))), most, loop


@settings(max_examples=200)
@given(told=st.lists(chains, min_size=1, max_size=8))
def test_counting_by_marks_is_comparing_pair_by_pair(told: list[Any]) -> None:
    story = Story()
    for *links, quote in told:
        story.tell(*links, quote=quote)
    counted = count_origins(story.claims, story.hands)
    assert (counted.least, counted.most, counted.loop) == count_pair_by_pair(story)
