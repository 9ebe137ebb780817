"""How a reading, or a decision about one, takes its place among what is kept of its article.

Each function gives the graphs that are to be written together, by their names; nothing is written here.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, cast

import pyoxigraph as ox

from musnad.errors import DecisionInUse, InvalidRecord, ReviewedReading, UnknownDecision
from musnad.graph.history import (
    Decision,
    History,
    Verdict,
    load_history,
    renamed,
    restore_reading,
    write_change,
)
from musnad.graph.mapping import map_record, node
from musnad.graph.naming import article_graph, content_name
from musnad.graph.replaying import replay
from musnad.graph.restoring import restore_record
from musnad.graph.store import Store
from musnad.terms import RDF

__all__ = ["Order", "check", "decide", "put_reading", "reading_as_of", "undo"]

Graphs = dict[str, list[ox.Quad]]


@dataclass(frozen=True, slots=True)
class Order:
    """What is to be decided about one claim of an article (IRIs), by whom, and when (see `read_moment`)."""

    article: str
    claim: str
    verdict: Verdict
    by: str
    at: str
    day: str
    note: str | None = None
    change: Mapping[str, Any] | None = None


def put_reading(store: Store, name: str, quads: list[ox.Quad]) -> Graphs:
    """Give the graphs to write so that a reading becomes the current one of its article, or its base.

    A draft that nobody touched gives way to another draft, without a trace: both come from the text. Any
    other reading that gives way is kept. What was reviewed in drafts is carried over to a new draft; a
    reviewed record takes the place of all that.

    Raises `ReviewedReading` for a draft where a person reviewed the whole reading.
    """
    standing = list(store.quads(name))
    article = _article(quads)
    history = load_history(store, article)
    if not standing or _same(standing, quads):
        return {name: quads}
    base = renamed(store.quads(history.base.graph), name) if history.base else standing
    if _same(base, quads):
        return {name: standing}
    draft = not is_reviewed(quads)
    if draft and is_reviewed(base):
        raise ReviewedReading(
            "the store has a reviewed reading of this article, and this one is a draft",
            where=name,
            remedy="Keep the reviewed one; or review this one and give it the status reviewed.",
        )
    if draft and not history.readings and not _is_marked(standing):
        return {name: quads}
    written: Graphs = {}
    if not history.readings:
        history, kept = history.keep(standing)
        written |= kept
    history, kept = history.keep(quads)
    written |= kept
    if draft or history.in_force():
        quads, history = _current(store, history, written)
        check(quads)
    return {name: quads, **written, **history.ledger()}


def decide(store: Store, orders: Sequence[Order]) -> tuple[Graphs, list[Decision]]:
    """Give the graphs to write so that decisions are taken, all of them, and the decisions in order.

    Raises `InvalidRecord` and `UnknownChange` for an edit that cannot be made.
    """
    graphs: Graphs = {}
    taken: list[Decision] = []
    for article, part in _by_article(orders).items():
        history, kept = _begun(store, article)
        fresh = []
        for order in part:
            decision = _decision(order, history.following)
            history = history.decide(decision)
            fresh.append(decision.iri)
        quads, history = _current(store, history, kept)
        if any(order.verdict == "edit" for order in part):
            check(quads)
        decided = [decision for decision in history.decisions if decision.iri in fresh]
        taken += decided
        graphs |= {article_graph(article): quads, **kept, **history.ledger(), **_graphs(decided)}
    return graphs, taken


def undo(
    store: Store,
    decisions: Sequence[Decision],
    *,
    by: str,
    at: str,
    day: str,
    note: str | None = None,
) -> tuple[Graphs, list[Decision]]:
    """Give the graphs to write so that decisions no longer count, all of them, and the undos in their order.

    An undo can be undone as well. Of one article, later decisions are undone before earlier ones. Raises
    `DecisionInUse` where a later decision that stays is about the same claim, or a reviewed reading has
    replaced all that was decided before it; `UnknownDecision` where it is undone.
    """
    graphs: Graphs = {}
    undone: list[Decision] = []
    of_articles: dict[str, list[Decision]] = defaultdict(list)
    for decision in {one.iri: one for one in decisions}.values():
        of_articles[decision.article].append(decision)
    for article, part in of_articles.items():
        history = load_history(store, article)
        fresh = []
        for decision in sorted(part, key=lambda one: -one.ordinal):
            revoking = _revoke(history, decision, by=by, at=at, day=day, note=note)
            history = history.decide(revoking)
            fresh.append(revoking)
        quads, history = _current(store, history, {})
        graphs |= {article_graph(article): quads, **_graphs(fresh)}
        undone += fresh
    return graphs, undone


def _revoke(
    history: History, decision: Decision, *, by: str, at: str, day: str, note: str | None
) -> Decision:
    known = {one.iri: one for one in history.decisions}
    # To undo what brought a decision back is to undo that decision again.
    while decision.revokes and known[decision.revokes].revokes:
        decision = known[known[decision.revokes].revokes or ""]
    if decision.iri in history.revoked:
        raise UnknownDecision("this decision is undone already", where=decision.iri, remedy="Nothing to do.")
    touched = known[decision.revokes] if decision.revokes else decision
    if decision.ordinal < history.start and touched.verdict != "withdraw":
        raise DecisionInUse(
            "a reviewed reading of the article has taken the place of what was decided before",
            where=decision.iri,
            remedy="Decide anew about the claims of the reviewed reading.",
        )
    later = [
        one for one in history.in_force() if one.ordinal > touched.ordinal and one.claims & touched.claims
    ]
    if later:
        raise DecisionInUse(
            f"{len(later)} later decision(s) are about the same claim",
            where=decision.iri,
            remedy="Undo first, the last one first:\n    "
            + "\n    ".join(f"{one.iri}  {one.verdict} by {one.by}, {one.day}" for one in reversed(later)),
        )
    mark = content_name(
        "decision", decision.article, history.following, "undo", decision.claim, by, at, note, decision.iri
    )
    return Decision(
        iri=mark,
        ordinal=history.following,
        verdict="undo",
        article=decision.article,
        claim=decision.claim,
        by=by,
        at=at,
        day=day,
        note=note,
        revokes=decision.iri,
    )


def is_reviewed(quads: Iterable[ox.Quad]) -> bool:
    """Whether a person reviewed a reading as a whole, and not only some of its claims."""
    quads = list(quads)
    kind, reading = ox.NamedNode(RDF("type")), node("m:Reading")
    readings = {quad.subject for quad in quads if quad.predicate == kind and quad.object == reading}
    status, reviewed = node("m:reviewStatus"), node("m:reviewed")
    return any(
        quad.subject in readings and quad.predicate == status and quad.object == reviewed for quad in quads
    )


def _is_marked(quads: Iterable[ox.Quad]) -> bool:
    """Whether a person reviewed some of the claims by themselves."""
    marked = node("m:reviewedBy")
    return any(quad.predicate == marked for quad in quads)


def _begun(store: Store, article: str) -> tuple[History, Graphs]:
    """Give the history of an article, with its current reading kept in it, and the graph that keeps that."""
    history = load_history(store, article)
    if history.readings:
        return history, {}
    return history.keep(store.quads(article_graph(article)))


def reading_as_of(store: Store, article: str, day: str) -> list[ox.Quad]:
    """Give the reading of an article without the withdrawals after a day."""
    return _current(store, load_history(store, article), {}, until=day)[0]


def _current(
    store: Store, history: History, unwritten: Graphs, *, until: str | None = None
) -> tuple[list[ox.Quad], History]:
    """Make the current reading anew; `unwritten` are graphs of the history that the store lacks as yet.

    A reading with nothing in force is its base, to the triple.
    """
    record, history = replay(
        history,
        lambda reading: (
            restore_record(unwritten[reading.graph])
            if reading.graph in unwritten
            else restore_reading(store, reading)
        ),
        until=until,
    )
    return map_record(record), history


def check(quads: list[ox.Quad]) -> None:
    """Hold a reading against shapes and checks; raises `InvalidRecord` with what is violated."""
    from musnad.validation import validate

    report = validate(quads)
    if not report.conforms:
        raise InvalidRecord(
            report.problems("en", severity="violation"),
            in_arabic=report.problems("ar", severity="violation"),
        )


def _decision(order: Order, ordinal: int) -> Decision:
    change = None if order.change is None else write_change(order.change)
    iri = content_name(
        "decision", order.article, ordinal, order.verdict, order.claim, order.by, order.at, order.note, change
    )
    return Decision(
        iri=iri,
        ordinal=ordinal,
        verdict=order.verdict,
        article=order.article,
        claim=order.claim,
        by=order.by,
        at=order.at,
        day=order.day,
        note=order.note,
        change=order.change,
    )


def _by_article(orders: Sequence[Order]) -> dict[str, list[Order]]:
    found: dict[str, list[Order]] = defaultdict(list)
    for order in orders:
        found[order.article].append(order)
    return found


def _graphs(decisions: Iterable[Decision]) -> Graphs:
    return {decision.graph: decision.quads() for decision in decisions}


def _article(quads: Iterable[ox.Quad]) -> str:
    kind = ox.NamedNode(RDF("type"))
    return next(
        cast(ox.NamedNode, quad.subject).value
        for quad in quads
        if quad.predicate == kind and quad.object == node("m:Article")
    )


def _same(one: Iterable[ox.Quad], other: Iterable[ox.Quad]) -> bool:
    return {quad.triple for quad in one} == {quad.triple for quad in other}
