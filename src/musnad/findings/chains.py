"""Chains of transmission: who had it from whom, and how many independent origins stand behind claims.

The hands of each claim are edges of a graph, from the one who reports to the one it was heard from. What
no edge leaves is an origin; hands that cite one another in a circle have none and count as one. The cost is
that of reading the chains: nothing is compared pair by pair.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from typing import TYPE_CHECKING

from musnad.findings.model import Claim, Independence, Text
from musnad.text.folding import fold

if TYPE_CHECKING:
    import networkx as nx

UNNAMED = frozenset({"anonymous", "collective"})
OWN_VOICE = "#voice"
Mark = tuple[str, str, str]  # what two origins may share


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
        nx.add_path(graph, reversed(_path(claim, hands)))
    return graph


def count_origins(claims: Iterable[Claim], hands: Mapping[str, tuple[Hand, ...]]) -> Independence:
    """Count the independent origins of `claims`, at least and at most.

    Claims that rest on one origin count once, and so do copies of one report: unnamed sources who are
    quoted with the same words, if they are described the same or were heard through the same relay. At
    least, sources without a name are one person, one of those who have a name; sources that speak for one
    body have one word; and outlets that say the same words in their own voice have one text.
    """
    claims = list(claims)
    heard = _heard(claims, hands)
    origins, circles = _origins(heard)
    reports = _reports(origins, claims, hands)
    unnamed = {origin: report for origin, report in reports.items() if not report.named}
    named = {origin: report for origin, report in reports.items() if report.named}
    copies = _count_groups((origin, _copy_marks(report)) for origin, report in unnamed.items())
    bodies = {report.behalf_of for report in named.values() if not report.own_voice}
    voices = _count_groups((origin, _voice_marks(report, bodies)) for origin, report in named.items())
    most = copies + len(named)
    least = min(most, max(1, voices))
    return Independence(
        least=least,
        most=most,
        reasons=tuple(
            _reasons(
                copies=len(unnamed) - copies,
                unnamed=copies,
                named=len(named),
                voices=voices,
                circles=circles,
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


def _path(claim: Claim, hands: Mapping[str, tuple[Hand, ...]]) -> list[str]:
    """Give the hands of a claim, the speaker first."""
    steps = hands.get(claim.statement, ())
    path = [_node(hand, claim.statement) for hand in steps]
    if len(steps) > 1 and steps[0].agent == steps[-1].agent:
        # An outlet that speaks for itself is an origin, whatever else it passes on from others.
        path[0] += OWN_VOICE
    return path


def _heard(claims: Iterable[Claim], hands: Mapping[str, tuple[Hand, ...]]) -> dict[str, set[str]]:
    """Give for each hand those it heard from; one that is said to cite itself is not heard from twice."""
    heard: dict[str, set[str]] = {}
    for path in dict.fromkeys(tuple(_path(claim, hands)) for claim in claims):
        for node in path:
            heard.setdefault(node, set())
        for source, hearer in pairwise(path):
            if source != hearer:
                heard[hearer].add(source)
    return heard


def _origins(heard: Mapping[str, set[str]]) -> tuple[list[str], int]:
    """Give one hand for each part of the graph that no edge leaves, and the number of circles.

    Chains are nearly always trees, and then the origins are those who heard from nobody. Hands that nobody
    cites, and those whose sources are all gone through, are taken away until only circles and what lies
    between them is left; that much is given to networkx.
    """
    origins = [node for node, sources in heard.items() if not sources]
    core = _core(heard)
    if not core:
        return sorted(origins), 0
    import networkx as nx

    graph: nx.DiGraph[str] = nx.DiGraph((node, source) for node in core for source in heard[node] & core)
    circles = [members for members in nx.strongly_connected_components(graph) if len(members) > 1]
    origins += (min(members) for members in circles if all(heard[node] <= members for node in members))
    return sorted(origins), len(circles)


def _core(heard: Mapping[str, set[str]]) -> set[str]:
    """Give the hands that lie on circles or between them."""
    left = set(heard)
    hearers: dict[str, list[str]] = {node: [] for node in heard}
    for node, sources in heard.items():
        for source in sources:
            hearers[source].append(node)
    for ahead, behind in ((heard, hearers), (hearers, heard)):
        waiting = {node: sum(other in left for other in ahead[node]) for node in left}
        done = [node for node, count in waiting.items() if count == 0]
        while done:
            node = done.pop()
            left.discard(node)
            for other in behind[node]:
                if other in waiting:
                    waiting[other] -= 1
                    if waiting[other] == 0:
                        done.append(other)
    return left


def _reports(
    origins: Iterable[str], claims: Iterable[Claim], hands: Mapping[str, tuple[Hand, ...]]
) -> dict[str, _Report]:
    """Give what tells whether two origins are one, for each of them."""
    agents: dict[str, Hand] = {}
    said: defaultdict[str, list[Claim]] = defaultdict(list)
    for claim in claims:
        said[claim.source].append(claim)
        for step in hands.get(claim.statement, ()):
            if step.agent:
                agents[step.agent] = step
    reports = {}
    for origin in origins:
        agent = origin.removesuffix(OWN_VOICE)
        hand = agents.get(agent)
        own = said.get(agent, ())
        passed = (step for claim in own for step in hands.get(claim.statement, ()) if step.role == "relay")
        reports[origin] = _Report(
            named=hand is not None and hand.kind not in UNNAMED,
            own_voice=origin != agent,
            description=_folded(hand.name or "") if hand else "",
            behalf_of=hand.behalf_of if hand else None,
            words=frozenset(_folded(claim.quote) for claim in own),
            relays=frozenset(step.agent for step in passed if step.agent),
        )
    return reports


@lru_cache(maxsize=65536)
def _folded(text: str) -> str:
    return fold(text).text


def _copy_marks(report: _Report) -> Iterator[Mark]:
    """Give what an unnamed source shares with its copies: words, with a description or with a relay."""
    for words in report.words:
        yield "described", words, report.description
        for relay in report.relays:
            yield "heard", words, relay


def _voice_marks(report: _Report, bodies: Collection[str | None]) -> Iterator[Mark]:
    """Give what one with a name shares with others of one voice: its body, or its words in its own voice.

    That two outlets belong to one body does not make their own words one.
    """
    if report.own_voice:
        for words in report.words:
            yield "printed", words, ""
    if report.behalf_of is not None and report.behalf_of in bodies:
        yield "body", report.behalf_of, ""


def _count_groups(marked: Iterable[tuple[str, Iterable[Mark]]]) -> int:
    """Count things in groups, where those that share a mark are in one."""
    above: dict[object, object] = {}

    def top(thing: object) -> object:
        while (parent := above.get(thing, thing)) != thing:
            above[thing] = above.get(parent, parent)
            thing = parent
        return thing

    things = []
    for thing, marks in marked:
        things.append(thing)
        for mark in marks:
            above[top(mark)] = top(thing)
    return len({top(thing) for thing in things})


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
