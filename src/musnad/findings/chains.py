"""Chains of transmission: who had it from whom, and how many independent origins stand behind claims.

The hands of each claim are edges of a graph, from the one who reports to the one it was heard from. What
no edge leaves is an origin; hands that cite one another in a circle have none and count as one.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from itertools import combinations
from typing import TYPE_CHECKING

from musnad.findings.model import Claim, Independence, Text
from musnad.text.folding import fold

if TYPE_CHECKING:
    import networkx as nx

UNNAMED = frozenset({"anonymous", "collective"})
OWN_VOICE = "#voice"


@dataclass(frozen=True, slots=True)
class Hand:
    """One step of a chain: depth 0 is the speaker; `agent` is None where the article names nobody.

    `name` is the one its record gives, `label` what it is called in each language.
    """

    depth: int
    role: str
    agent: str | None
    name: str | None
    kind: str | None
    cue: str | None
    behalf_of: str | None
    label: Text | None = None


def draw_chains(claims: Iterable[Claim], hands: Mapping[str, tuple[Hand, ...]]) -> nx.DiGraph[str]:
    """Draw who had it from whom: an edge from each hand to the one it heard from.

    `hands` gives the steps of each statement by its IRI, in order of depth. A hand without a name is a node
    of its own statement.
    """
    import networkx as nx

    graph: nx.DiGraph[str] = nx.DiGraph()
    for claim in claims:
        steps = hands.get(claim.statement, ())
        path = [_node(hand, claim.statement) for hand in steps]
        if len(steps) > 1 and steps[0].agent == steps[-1].agent:
            # An outlet that speaks for itself is an origin, whatever else it passes on from others.
            path[0] += OWN_VOICE
        nx.add_path(graph, reversed(path))
    return graph


def count_origins(claims: Iterable[Claim], hands: Mapping[str, tuple[Hand, ...]]) -> Independence:
    """Count the independent origins of `claims`, at least and at most.

    Claims that rest on one origin count once, and so do copies of one report: unnamed sources who are
    quoted with the same words, if they are described the same or were heard through the same relay. At
    least, sources without a name are one person, one of those who have a name; sources that speak for one
    body have one word; and outlets that say the same words in their own voice have one text.
    """
    import networkx as nx

    claims = list(claims)
    graph = draw_chains(claims, hands)
    agents = {hand.agent: hand for steps in hands.values() for hand in steps if hand.agent}
    reports = {origin: _report(origin, agents, claims, hands) for origin in _origins(graph)}
    unnamed = {origin for origin, report in reports.items() if not report.named}
    named = reports.keys() - unnamed
    copies = _groups(unnamed, reports, _copies)
    voices = _groups(named, reports, _may_be_one)
    circles = [members for members in nx.strongly_connected_components(graph) if len(members) > 1]
    most = len(copies) + len(named)
    least = min(most, max(1, len(voices)))
    return Independence(
        least=least,
        most=most,
        reasons=tuple(
            _reasons(
                copies=len(unnamed) - len(copies),
                unnamed=len(copies),
                named=len(named),
                voices=len(voices),
                circles=len(circles),
            )
        ),
        loop=bool(circles),
        single_origin=most == 1 and len({claim.outlet for claim in claims}) > 1,
    )


@dataclass(frozen=True, slots=True)
class _Report:
    """What tells whether two origins are one: words quoted, description, the hands that passed them on."""

    named: bool
    own_voice: bool
    description: str
    behalf_of: str | None
    words: frozenset[str]
    relays: frozenset[str]


def _origins(graph: nx.DiGraph[str]) -> list[str]:
    """Give one node for each part of the graph that no edge leaves."""
    import networkx as nx

    parts = nx.condensation(graph)
    return sorted(min(parts.nodes[part]["members"]) for part in parts if parts.out_degree(part) == 0)


def _report(
    origin: str, agents: Mapping[str, Hand], claims: Iterable[Claim], hands: Mapping[str, tuple[Hand, ...]]
) -> _Report:
    agent = origin.removesuffix(OWN_VOICE)
    hand = agents.get(agent)
    said = [claim for claim in claims if claim.source == agent]
    passed = (step for claim in said for step in hands.get(claim.statement, ()) if step.role == "relay")
    return _Report(
        named=hand is not None and hand.kind not in UNNAMED,
        own_voice=origin != agent,
        description=fold(hand.name or "").text if hand else "",
        behalf_of=hand.behalf_of if hand else None,
        words=frozenset(fold(claim.quote).text for claim in said),
        relays=frozenset(step.agent for step in passed if step.agent),
    )


def _copies(one: _Report, other: _Report) -> bool:
    heard_alike = one.description == other.description or bool(one.relays & other.relays)
    return heard_alike and bool(one.words & other.words)


def _may_be_one(one: _Report, other: _Report) -> bool:
    if one.own_voice and other.own_voice:
        return bool(one.words & other.words)
    return one.behalf_of is not None and one.behalf_of == other.behalf_of


def _groups(
    origins: Iterable[str], reports: Mapping[str, _Report], alike: Callable[[_Report, _Report], bool]
) -> list[set[str]]:
    import networkx as nx

    same: nx.Graph[str] = nx.Graph()
    same.add_nodes_from(origins)
    same.add_edges_from(
        (one, other) for one, other in combinations(sorted(same), 2) if alike(reports[one], reports[other])
    )
    return list(nx.connected_components(same))


def _node(hand: Hand, statement: str) -> str:
    return hand.agent or f"{statement}#{hand.depth}"


def _reasons(*, copies: int, unnamed: int, named: int, voices: int, circles: int) -> Iterable[Text]:
    if copies:
        yield Text(
            f"{copies} more with the same words, from a source described or heard alike: "
            "copies of one report",
            f"{copies} بالكلمات نفسها عن مصدر بالوصف نفسه أو عبر الناقل نفسه: نسخ من خبر واحد",
        )
    if unnamed > 1 or (unnamed and named):
        yield Text(
            "sources without a name might be one person, or one of those named",
            "المصادر غير المسماة قد تكون شخصا واحدا أو أحد المسمّين",
        )
    if voices < named:
        yield Text(
            "some speak for one body, or print the same words",
            "بعضهم يتحدث باسم جهة واحدة أو ينشر الكلمات نفسها",
        )
    if circles:
        yield Text("outlets cite one another in a circle", "وسائل إعلام تنقل بعضها عن بعض في حلقة")
