"""Chains of transmission: who had it from whom, and how many independent origins stand behind claims.

The hands of each claim are edges of a graph, from the one who reports to the one it was heard from. What
no edge leaves is an origin; hands that cite one another in a circle have none and count as one.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import networkx as nx

from musnad.findings.model import Claim, Independence, Text
from musnad.text.folding import fold

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

    Claims that rest on one origin count once, and so do copies of one report: unnamed sources of the same
    description whose statement has the same words, or who were heard through the same relay with the same
    words. Sources without a name might be one person, and might be one of those who have a name; sources
    that speak for one body might have one word.
    """
    claims = list(claims)
    graph = draw_chains(claims, hands)
    kinds = {hand.agent: hand for steps in hands.values() for hand in steps if hand.agent}
    condensed = nx.condensation(graph)
    circles = [members for members in nx.strongly_connected_components(graph) if len(members) > 1]
    copies: dict[object, set[str]] = {}
    for component in condensed:
        if condensed.out_degree(component) == 0:
            members = condensed.nodes[component]["members"]
            origin = min(members)
            copies.setdefault(
                _identity(origin, kinds.get(origin.removesuffix(OWN_VOICE)), claims), set()
            ).add(origin)
    named: set[str] = set()
    unnamed = 0
    for origins in copies.values():
        hand = kinds.get(min(origins).removesuffix(OWN_VOICE))
        if hand is None or hand.kind in UNNAMED:
            unnamed += 1
        else:
            named.add(hand.behalf_of or min(origins))
    most = len(copies)
    least = min(most, max(1, len(named))) if most else 0
    outlets = {claim.outlet for claim in claims}
    return Independence(
        least=least,
        most=most,
        reasons=tuple(_reasons(copies, unnamed=unnamed, named=len(named), circles=len(circles))),
        loop=bool(circles),
        single_origin=most == 1 and len(outlets) > 1,
    )


def _node(hand: Hand, statement: str) -> str:
    return hand.agent or f"{statement}#{hand.depth}"


def _identity(origin: str, hand: Hand | None, claims: list[Claim]) -> object:
    """Give what makes two origins one: themselves if they have a name, else their description and words."""
    if hand is None or hand.kind not in UNNAMED:
        return origin
    words = sorted({fold(claim.quote).text for claim in claims if claim.source == origin})
    return (fold(hand.name or "").text, *words)


def _reasons(copies: Mapping[object, set[str]], *, unnamed: int, named: int, circles: int) -> Iterable[Text]:
    repeated = sum(len(origins) - 1 for origins in copies.values())
    if repeated:
        yield Text(
            f"{repeated} more with the same words from a source described the same: copies of one report",
            f"{repeated} بالكلمات نفسها عن مصدر بالوصف نفسه: نسخ من خبر واحد",
        )
    if unnamed > 1 or (unnamed and named):
        yield Text(
            "sources without a name might be one person, or one of those named",
            "المصادر غير المسماة قد تكون شخصا واحدا أو أحد المسمّين",
        )
    if circles:
        yield Text("outlets cite one another in a circle", "وسائل إعلام تنقل بعضها عن بعض في حلقة")
