"""Findings kept up to date: what articles that come, change or go make of the findings there are.

Only the parts of a collection that the articles touch are looked at: the questions their claims answer,
with what alignments, implications and the domains join to these; whatever mentions a thing of which they
change what is known; and events that may now be one, or no longer. The result is that of looking at
everything anew.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Final

import pyoxigraph as ox

from musnad.findings.derivation import EventAlignments, align_events
from musnad.findings.facts import read_facts
from musnad.findings.neighbourhood import NAMES, After, Change, Node, ask, small_store_graph, touched_groups
from musnad.findings.rules import the_rules
from musnad.findings.wordings import word_propositions
from musnad.graph.oxigraph_store import OxigraphStore
from musnad.graph.store import Store
from musnad.terms import ARTICLE_GRAPHS, FINDINGS_GRAPH, GEO, PROV, RDF, SCHEMA, XSD, M

_FINDINGS: Final = ox.NamedNode(FINDINGS_GRAPH)
_MENTIONS: Final = (RDF("subject"), RDF("object"), M("member"))
_SCOPES: Final = (RDF("subject"), M("place"), M("role"))
_SLOT, _OBJECT, _ASPECT = M("slot"), RDF("object"), M("aspect")


@dataclass(frozen=True, slots=True)
class Revision:
    """What goes from the findings graph and what comes into it."""

    gone: frozenset[ox.Triple] = frozenset()
    come: frozenset[ox.Triple] = frozenset()


def revise_findings(
    store: Store, fresh: Mapping[str, Iterable[ox.Quad]], dropped: Iterable[str] = ()
) -> Revision:
    """Tell what becomes of a store's findings when graphs take the place of their former selves, or go.

    The store is as it was before; its findings are those of what it holds.
    """
    change = Change.of(store, fresh, dropped)
    if change.old == change.new:
        return Revision()
    after = After(change)
    part = _gather(after)
    come = _findings(part)
    gone = _present(store, part, come) - come
    return Revision(frozenset(gone), frozenset(come))


@dataclass(slots=True)
class _Surroundings:
    """What is touched: propositions, all triples that bear on them, and the alignments of events."""

    after: After
    propositions: set[Node] = field(default_factory=set)
    triples: set[ox.Triple] = field(default_factory=set)
    followed: set[Node] = field(default_factory=set)
    worded: set[Node] = field(default_factory=set)
    events: set[Node] = field(default_factory=set)
    aligned: EventAlignments = field(default_factory=lambda: EventAlignments({}, ()))
    joined_before: list[tuple[Node, Node]] = field(default_factory=list)


def _gather(after: After) -> _Surroundings:
    change = after.change
    part = _Surroundings(after, propositions=change.propositions())
    # Of all that articles describe, propositions speak of entities only.
    changed = {t for t in change.come | change.gone if "/id/entity/" in str(t.subject)}
    known = {t.subject for t in changed if t.predicate.value not in NAMES}
    renamed = {t.subject for t in changed} - known
    speak_of_known = _mentioning(after, known)
    part.worded = part.propositions | speak_of_known | _mentioning(after, renamed)
    part.propositions |= speak_of_known
    things = {
        t.object
        for t in change.old | change.new
        if t.predicate.value in (RDF("subject"), _OBJECT) and _is_alignment(t.subject)
    }
    part.propositions |= _mentioning(after, things)
    part.events = {t.subject for t in change.old | change.new if t.predicate.value == SCHEMA("startDate")}
    aligned: set[Node] = set()
    while True:
        _follow(part)
        before = len(part.propositions), len(part.events)
        if part.events != aligned:
            aligned = set(part.events)
            _align(part)
        _widen(part)
        if before == (len(part.propositions), len(part.events)):
            return part


def _is_alignment(node: object) -> bool:
    return isinstance(node, ox.NamedNode) and "/id/alignment/" in node.value


def _mentioning(after: After, things: Collection[Node]) -> set[Node]:
    """Give the propositions that mention things, in themselves or in their slots."""
    if not things:
        return set()
    slots = {node for node in after.whose(_SCOPES, things) if "/id/slot/" in str(node)}
    found = after.whose(_MENTIONS, things) | (after.whose((_SLOT,), slots) if slots else set())
    return {node for node in found if "/id/proposition/" in str(node)}


def _follow(part: _Surroundings) -> None:
    """Take in all that the propositions refer to, alignments of these things included."""
    found = part.after.around(part.propositions, part.followed, lambda nodes: _alignments(part.after, nodes))
    part.triples |= found
    part.events |= {t.subject for t in found if t.predicate.value == SCHEMA("startDate")}


def _alignments(after: After, nodes: Collection[Node]) -> set[Node]:
    """Give the alignments that articles hold of the things among nodes."""
    things = {node for node in nodes if "/id/entity/" in str(node)}
    if not things:
        return set()
    change = after.change
    out = ", ".join(f"<{name}>" for name in sorted(change.names))
    where = (
        f"GRAPH ?graph {{ ?alignment a <{M('Alignment')}> ; <{RDF('subject')}>|<{RDF('object')}> ?it }} "
        f'FILTER(STRSTARTS(STR(?graph), "{ARTICLE_GRAPHS}") && ?graph NOT IN ({out}))'
    )
    found = {row[0] for row in ask(change.store, "?alignment", things, where)}
    ends = (RDF("subject"), RDF("object"))
    return found | {
        t.subject
        for t in change.new
        if t.predicate.value in ends and t.object in things and _is_alignment(t.subject)
    }


def _widen(part: _Surroundings) -> None:
    """Take in whatever could be compared with what is there."""
    after = part.after
    objects = {t.object for t in part.triples if t.predicate.value == _OBJECT}
    implied = {node for node in objects if "/id/proposition/" in str(node)}
    part.propositions |= {
        node for node in after.whose((_OBJECT,), part.propositions) if "/id/proposition/" in str(node)
    }
    slots = {
        t.object
        for t in part.triples
        if t.predicate.value == _SLOT and t.subject in part.propositions | implied
    }
    groups = touched_groups(t for t in part.triples if t.subject in slots)
    for one, other in _ends(part):
        both = groups.get(one, set()) | groups.get(other, set())
        if both:
            groups[one] = groups[other] = both
    asked = {node for node in after.whose((RDF("subject"),), groups) if "/id/slot/" in str(node)}
    known = after.about(asked, (f"<{_ASPECT}>", f"<{RDF('subject')}>"))
    by_slot: dict[Node, list[ox.Triple]] = {}
    for triple in known:
        by_slot.setdefault(triple.subject, []).append(triple)
    wanted = set()
    for slot, told in by_slot.items():
        for subject, own in touched_groups(told).items():
            if own & groups.get(subject, set()):
                wanted.add(slot)
    part.propositions |= {node for node in after.whose((_SLOT,), wanted) if "/id/proposition/" in str(node)}


def _ends(part: _Surroundings) -> list[tuple[Node, Node]]:
    """Give the two ends of each alignment that is there."""
    one: dict[Node, Node] = {}
    other: dict[Node, Node] = {}
    for triple in part.triples:
        if _is_alignment(triple.subject):
            if triple.predicate.value == RDF("subject"):
                one[triple.subject] = triple.object
            elif triple.predicate.value == RDF("object"):
                other[triple.subject] = triple.object
    pairs = [(one[name], other[name]) for name in one if name in other]
    return [*pairs, *part.aligned.pairs(), *part.joined_before]


# --- events -----------------------------------------------------------------------------------------


def _align(part: _Surroundings) -> None:
    """Find which events are one among those touched and all that may be one with them."""
    after, events = part.after, set(part.events)
    if not events:
        return
    triples: set[ox.Triple] = set()
    while True:
        triples = _around(after, events)
        # An event that goes, or turns out to be elsewhere, may have kept others apart.
        before = (triples - after.change.come) | after.change.gone
        near = align_events(_lines(triples), events, told=None).near
        grown: set[Node] = events | near
        if before != triples:
            grown |= align_events(_lines(before), events, told=None).near
        if grown == events:
            break
        events = grown
    told: set[ox.Triple] = set()
    if near:
        mention = {n for n in after.whose(_MENTIONS, near) if "/id/proposition/" in str(n)}
        told = after.about(mention) | after.claims(mention)
    part.aligned = align_events(_lines(triples), events, told=_lines(told))
    part.joined_before = _joined_before(after.change.store, events)
    part.events = events | {event for pair in part.joined_before for event in pair}
    parted_or_joined = {frozenset(pair) for pair in part.aligned.pairs()} ^ {
        frozenset(pair) for pair in part.joined_before
    }
    part.propositions |= _mentioning(after, frozenset[Node]().union(*parted_or_joined))


def _joined_before(store: Store, events: Collection[Node]) -> list[tuple[Node, Node]]:
    """Give the events that the findings graph holds for one, two by two."""
    one, other = f"<{RDF('subject')}>", f"<{RDF('object')}>"
    where = (
        f"GRAPH <{FINDINGS_GRAPH}> {{ ?alignment a <{M('Alignment')}> ; {one}|{other} ?it ; "
        f"{one} ?one ; {other} ?other }}"
    )
    return [(row[0], row[1]) for row in ask(store, "?one ?other", events, where)]


def _around(after: After, events: Collection[Node]) -> set[ox.Triple]:
    """Give what is known of events, of those a day apart at most, and of their places."""
    start = SCHEMA("startDate")
    own = after.about(events, (f"<{start}>",)) | {t for t in after.change.gone if t.predicate.value == start}
    days = set()
    for triple in own:
        for step in (-1, 0, 1):
            day = date.fromisoformat(triple.object.value) + timedelta(days=step)  # type: ignore[union-attr]
            days.add(ox.Literal(day.isoformat(), datatype=ox.NamedNode(XSD("date"))))
    found = {row[0] for row in ask(after.change.store, "?event", days, f"?event <{SCHEMA('startDate')}> ?it")}
    found |= {
        t.subject for t in after.change.new if t.predicate.value == SCHEMA("startDate") and t.object in days
    }
    triples: set[ox.Triple] = set()
    todo = set(events) | found
    todo |= {t.object for t in after.change.gone if t.predicate.value == GEO("sfWithin")}
    seen: set[Node] = set()
    while todo:
        seen |= todo
        about = after.about(todo)
        triples |= about
        todo = {t.object for t in about if t.predicate.value == GEO("sfWithin")} - seen
    return triples


def _lines(triples: Iterable[ox.Triple]) -> list[str]:
    return [f"{triple} .\n" for triple in triples]


# --- before and after --------------------------------------------------------------------------------


def _findings(part: _Surroundings) -> set[ox.Triple]:
    """Give what the findings graph will say of what is touched."""
    after = part.after
    graph = small_store_graph()
    alive = part.triples | after.claims(part.propositions)
    quads = [ox.Quad(t.subject, t.predicate, t.object, graph) for t in alive]
    text: list[str] = []
    with OxigraphStore() as store:
        store.extend_graphs(quads)
        facts = read_facts(store)
        part.aligned.tell(facts)
        text += the_rules().findings(facts)
    text += part.aligned.said
    found = set(ox.parse("".join(text), format=ox.RdfFormat.N_TRIPLES))
    come = {quad.triple for quad in found}
    come.update(_wordings(part, quads))
    return come


def _wordings(part: _Surroundings, quads: list[ox.Quad]) -> Iterator[ox.Triple]:
    kinds = part.after.about(part.worded, (f"<{RDF('type')}>",))
    propositions: set[Node] = {triple.subject for triple in kinds}
    if rest := propositions - part.propositions:
        quads = quads + [
            ox.Quad(t.subject, t.predicate, t.object, small_store_graph())
            for t in part.after.around(rest, set())
        ]
    return word_propositions(propositions, quads)


def _present(store: Store, part: _Surroundings, come: set[ox.Triple]) -> set[ox.Triple]:
    """Give what the findings graph says now of what is touched, and nothing else needs."""
    inside = f"GRAPH <{FINDINGS_GRAPH}>"
    before = part.propositions
    positions = {r[0] for r in ask(store, "?node", before, f"{inside} {{ ?node <{M('proposition')}> ?it }}")}
    findings = {r[0] for r in ask(store, "?node", positions, f"{inside} {{ ?node <{M('compares')}> ?it }}")}
    own = _told(store, findings, inside)
    refers = {M("compares"), M("premise"), M("slot")}
    nodes = {t.object for t in own if t.predicate.value in refers and not _is_alignment(t.object)}
    nodes |= positions
    # What new findings need as well says what it said; of the rest only few are left to ask about.
    nodes -= {t.subject for t in come}
    there = own | _told(store, {node for node in nodes if not _is_needed(store, node, findings)}, inside)
    relations = (M("agreesWith"), M("conflictsWith"))
    for relation in relations:
        rows = ask(store, "?it ?other", before, f"{inside} {{ ?it <{relation}> ?other }}")
        there |= {ox.Triple(one, ox.NamedNode(relation), other) for one, other in rows if other in before}  # type: ignore[arg-type]
    wording = ox.NamedNode(M("wording"))
    rows = ask(store, "?it ?text", part.worded, f"{inside} {{ ?it <{M('wording')}> ?text }}")
    there |= {ox.Triple(one, wording, text) for one, text in rows}  # type: ignore[arg-type]
    return there | _aligned_before(store, part, come, inside)


def _is_needed(store: Store, node: Node, findings: set[Node]) -> bool:
    """Whether another finding than these compares a node, rests on it or asks about it."""
    refers = f"<{M('compares')}>|<{M('premise')}>|<{M('slot')}>"
    where = f"GRAPH <{FINDINGS_GRAPH}> {{ ?finding {refers} {node} }}"
    rows = store.query(f"SELECT DISTINCT ?finding WHERE {{ {where} }} LIMIT {len(findings) + 1}")
    return any(row[0] not in findings for row in rows)


def _aligned_before(store: Store, part: _Surroundings, come: set[ox.Triple], inside: str) -> set[ox.Triple]:
    ends = f"<{RDF('subject')}>|<{RDF('object')}>"
    found = {
        row[0]
        for row in ask(store, "?node", part.events, f"{inside} {{ ?node a <{M('Alignment')}> ; {ends} ?it }}")
    }
    there = _told(store, found, inside)
    if not found or any(t.predicate.value == PROV("wasAttributedTo") for t in come):
        return there
    agents = {t.object for t in there if t.predicate.value == PROV("wasAttributedTo")}
    rows = ask(store, "?it ?node", agents, f"{inside} {{ ?node <{PROV('wasAttributedTo')}> ?it }}")
    needed = {agent for agent, node in rows if node not in found}
    return there | _told(store, agents - needed, inside)


def _told(store: Store, nodes: Collection[Node], inside: str) -> set[ox.Triple]:
    rows = ask(store, "?it ?part ?value", nodes, f"{inside} {{ ?it ?part ?value }}")
    return {ox.Triple(*row) for row in rows}  # type: ignore[arg-type]
