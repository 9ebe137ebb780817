"""The history of an article: the readings it had, what reviewers decided, and the reading that follows.

Readings that were replaced, or that decisions are about, are kept whole in graphs of their own
(`PAST_GRAPHS`), which are no part of the set of triples that queries see. One graph for each article
(`HISTORY_GRAPHS`) lists them, and each decision has its graph (`REVIEW_GRAPHS`). Readings and decisions of an
article are counted together, in the order in which they came.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from hashlib import sha256
from typing import Any, Final, Literal, cast

import pyoxigraph as ox

from musnad.errors import UnknownReviewer
from musnad.graph.mapping import day, integer, node
from musnad.graph.naming import article_graph, content_name
from musnad.graph.queries import find_query
from musnad.graph.restoring import restore_record
from musnad.graph.store import Store
from musnad.record import Record
from musnad.terms import HISTORY_GRAPHS, ID, PAST_GRAPHS, RDF, RDFS, REVIEW_GRAPHS, M

__all__ = ["Decision", "History", "KeptReading", "Verdict", "load_history", "read_moment"]

Verdict = Literal["accept", "edit", "reject", "withdraw", "undo"]
STATEMENTS: Final = ID("statement/")
"""What the names of statements begin with."""

_CONCEPTS: Final[Mapping[Verdict, str]] = {
    "accept": "accepted",
    "edit": "edited",
    "reject": "rejected",
    "withdraw": "withdrawn",
    "undo": "undone",
}


@dataclass(frozen=True, slots=True)
class KeptReading:
    """A reading kept whole: its graph, its place in the article's history, who read and when."""

    graph: str
    ordinal: int
    activity: str
    status: str
    by: str
    date: str


@dataclass(frozen=True, slots=True)
class Decision:
    """What one person decided about one claim, or one statement without claims.

    Attributes:
        claim: the claim as it was then; an edit gives it another name, which is `outcome`. Of a statement
            without claims it is the statement; where an outlet withdraws a whole article it is the article.
        at: a day, or a moment in UTC; `day` is the day where it was taken.
        change: of an edit: see `musnad.record.revising.edit_claim`.
        revokes: of an undo: the decision that no longer counts.
    """

    iri: str
    ordinal: int
    verdict: Verdict
    article: str
    claim: str
    by: str
    at: str
    day: str
    note: str | None = None
    change: Mapping[str, Any] | None = None
    outcome: str | None = None
    revokes: str | None = None

    @property
    def graph(self) -> str:
        """The name of the decision's own graph."""
        return REVIEW_GRAPHS(self.iri.rpartition("/")[2])

    @property
    def claims(self) -> frozenset[str]:
        """The names that the claim it is about has before and after it."""
        return frozenset({self.claim, self.outcome or self.claim})

    def quads(self) -> list[ox.Quad]:
        """Give the decision as its graph: an activity of PROV that used a claim and may have made another."""
        agent = content_name("agent", self.by)
        moment = ox.Literal(self.at, datatype=node("xsd:dateTime")) if "T" in self.at else None
        change = None if self.change is None else ox.Literal(write_change(self.change))
        written: list[tuple[str, str, ox.NamedNode | ox.Literal | None]] = [
            (self.iri, "rdf:type", node("m:Decision")),
            (self.iri, "rdf:type", node("prov:Activity")),
            (self.iri, "m:ordinal", integer(self.ordinal)),
            (self.iri, "m:verdict", node(f"m:{_CONCEPTS[self.verdict]}")),
            (self.iri, "m:decides", ox.NamedNode(self.claim)),
            (self.iri, "prov:used", ox.NamedNode(self.article)),
            (self.iri, "prov:wasAssociatedWith", ox.NamedNode(agent)),
            (agent, "rdf:type", node("prov:Agent")),
            (agent, "rdfs:label", ox.Literal(self.by)),
            (self.iri, "dcterms:date", day(self.day)),
            (self.iri, "prov:endedAtTime", moment),
            (self.iri, "rdfs:comment", ox.Literal(self.note) if self.note else None),
            (self.iri, "m:change", change),
            (self.iri, "m:revokes", ox.NamedNode(self.revokes) if self.revokes else None),
        ]
        if self.outcome:
            written.append((self.iri, "prov:generated", ox.NamedNode(self.outcome)))
            if self.outcome != self.claim:
                written.append((self.outcome, "prov:wasRevisionOf", ox.NamedNode(self.claim)))
        graph = ox.NamedNode(self.graph)
        quads = (
            ox.Quad(ox.NamedNode(subject), node(predicate), value, graph)
            for subject, predicate, value in written
            if value is not None
        )
        return sorted(quads, key=str)


@dataclass(frozen=True, slots=True)
class History:
    """What is kept of an article's past, each list in order; both are empty while nothing is."""

    article: str
    readings: tuple[KeptReading, ...] = ()
    decisions: tuple[Decision, ...] = ()

    @property
    def following(self) -> int:
        """The ordinal of what comes next."""
        ordinals = [one.ordinal for one in self.readings] + [one.ordinal for one in self.decisions]
        return 1 + max(ordinals, default=0)

    @property
    def base(self) -> KeptReading | None:
        """The reading that the current one was made from, where it is kept."""
        return self.readings[-1] if self.readings else None

    @property
    def start(self) -> int:
        """The ordinal of the reading from which the current one follows: the last reviewed one, or the first.

        A reviewed record holds what was decided before it, or overrules it.
        """
        reviewed = [one.ordinal for one in self.readings if one.status == "reviewed"]
        return max(reviewed, default=min((one.ordinal for one in self.readings), default=0))

    @property
    def revoked(self) -> frozenset[str]:
        """The decisions that undos revoke; an undo that was itself undone revokes nothing."""
        gone: set[str] = set()
        for decision in reversed(self.decisions):
            if decision.revokes and decision.iri not in gone:
                gone.add(decision.revokes)
        return frozenset(gone)

    def in_force(self, until: str | None = None) -> tuple[Decision, ...]:
        """Give the decisions that the current reading follows from, undos left out.

        What an outlet withdrew stays withdrawn whoever reads the article anew. With `until`, a day, what was
        withdrawn later is not withdrawn yet.
        """
        revoked, start = self.revoked, self.start
        return tuple(
            one
            for one in self.decisions
            if one.verdict != "undo"
            and one.iri not in revoked
            and (one.ordinal > start or one.verdict == "withdraw")
            and not (one.verdict == "withdraw" and until is not None and one.day > until)
        )

    def ledger(self) -> dict[str, list[ox.Quad]]:
        """Give the graph that lists the readings, by its name; nothing where none is kept."""
        if not self.readings:
            return {}
        name = HISTORY_GRAPHS(self.article.rpartition("/")[2])
        graph = ox.NamedNode(name)
        quads: set[ox.Quad] = set()

        def write(subject: str, predicate: str, value: ox.NamedNode | ox.Literal) -> None:
            quads.add(ox.Quad(ox.NamedNode(subject), node(predicate), value, graph))

        for place, reading in enumerate(self.readings):
            agent = content_name("agent", reading.by)
            write(reading.graph, "rdf:type", node("prov:Bundle"))
            write(reading.graph, "prov:wasDerivedFrom", ox.NamedNode(self.article))
            write(reading.graph, "prov:wasGeneratedBy", ox.NamedNode(reading.activity))
            write(reading.graph, "prov:wasAttributedTo", ox.NamedNode(agent))
            write(agent, "rdf:type", node("prov:Agent"))
            write(agent, "rdfs:label", ox.Literal(reading.by))
            write(reading.graph, "m:ordinal", integer(reading.ordinal))
            write(reading.graph, "m:reviewStatus", node(f"m:{reading.status}"))
            write(reading.graph, "dcterms:date", day(reading.date))
            if place:
                former = self.readings[place - 1]
                write(reading.graph, "prov:wasRevisionOf", ox.NamedNode(former.graph))
                write(former.graph, "prov:wasInvalidatedBy", ox.NamedNode(reading.activity))
        current = article_graph(self.article)
        write(current, "prov:wasDerivedFrom", ox.NamedNode(self.readings[-1].graph))
        return {name: sorted(quads, key=str)}

    def keep(self, quads: Iterable[ox.Quad]) -> tuple[History, dict[str, list[ox.Quad]]]:
        """Give the history with a reading added at its end, and the graph that keeps that whole."""
        quads = list(quads)
        reading = next(
            quad.subject.value
            for quad in quads
            if quad.predicate.value == RDF("type") and quad.object == node("m:Reading")
            if isinstance(quad.subject, ox.NamedNode)
        )
        facts = {
            quad.predicate.value: cast(ox.NamedNode | ox.Literal, quad.object).value
            for quad in quads
            if quad.subject == ox.NamedNode(reading)
        }
        agent = facts["http://www.w3.org/ns/prov#wasAssociatedWith"]
        by = next(
            cast(ox.Literal, quad.object).value
            for quad in quads
            if quad.subject == ox.NamedNode(agent) and quad.predicate.value == RDFS("label")
        )
        lines = "\n".join(sorted(str(quad.triple) for quad in quads))
        mark = f"{self.article}\n{self.following}\n{lines}"
        name = PAST_GRAPHS(sha256(mark.encode()).hexdigest()[:32])
        kept = KeptReading(
            graph=name,
            ordinal=self.following,
            activity=reading,
            status=facts[M("reviewStatus")].removeprefix(M),
            by=by,
            date=facts["http://purl.org/dc/terms/date"],
        )
        longer = History(self.article, (*self.readings, kept), self.decisions)
        return longer, {name: renamed(quads, name)}

    def decide(self, *decisions: Decision) -> History:
        """Give the history with decisions added at its end, or put in place of those of their names."""
        known = {decision.iri: decision for decision in (*self.decisions, *decisions)}
        return History(
            self.article, self.readings, tuple(sorted(known.values(), key=lambda one: one.ordinal))
        )


def renamed(quads: Iterable[ox.Quad], graph: str) -> list[ox.Quad]:
    """Give the same triples in a graph of another name, sorted."""
    name = ox.NamedNode(graph)
    return sorted((ox.Quad(quad.subject, quad.predicate, quad.object, name) for quad in quads), key=str)


def write_change(change: Mapping[str, Any]) -> str:
    """Write a change in one form for equal changes."""
    return json.dumps(change, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def read_moment(at: date | datetime | str) -> tuple[str, str]:
    """Give when a decision was taken as it is stored, and its day: a day alone, or a moment, to the second.

    A moment with a zone is told in UTC; its day is that of the zone it was given in.

    >>> read_moment("2026-11-28T01:30:00+03:00")
    ('2026-11-27T22:30:00Z', '2026-11-28')
    >>> read_moment("2026-11-28")
    ('2026-11-28', '2026-11-28')

    Raises `UnknownReviewer` for what is neither.
    """
    try:
        moment = at if isinstance(at, date) else _parse_moment(at)
    except ValueError as error:
        raise UnknownReviewer(
            f"“{at}” is neither a day nor a moment",
            remedy="Give YYYY-MM-DD, or a time as 2026-11-28T09:30:00Z.",
        ) from error
    if not isinstance(moment, datetime):
        return moment.isoformat(), moment.isoformat()
    local = moment.date().isoformat()
    if moment.tzinfo is None:
        return moment.strftime("%Y-%m-%dT%H:%M:%S"), local
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ"), local


def _parse_moment(text: str) -> date:
    return date.fromisoformat(text) if len(text) == len("2026-11-28") else datetime.fromisoformat(text)


def load_history(store: Store, article: str) -> History:
    """Read what is kept of the past of an article (its IRI)."""
    readings = [
        KeptReading(
            graph=row["reading"],
            ordinal=int(row["ordinal"]),
            activity=row["activity"],
            status=row["status"].removeprefix(M),
            by=row["by"],
            date=row["date"],
        )
        for row in _rows(store, "kept-readings", article)
    ]
    return History(article, tuple(readings), tuple(load_decisions(store, article)))


def load_decisions(store: Store, article: str | None = None) -> list[Decision]:
    """Read the decisions about the claims of one article (its IRI) or of all, each article's in order."""
    verdicts = {concept: verdict for verdict, concept in _CONCEPTS.items()}
    return [
        Decision(
            iri=row["decision"],
            ordinal=int(row["ordinal"]),
            verdict=verdicts[row["verdict"].removeprefix(M)],
            article=row["article"],
            claim=row["claim"],
            by=row["by"],
            at=row["moment"] or row["day"],
            day=row["day"],
            note=row["note"],
            change=json.loads(row["change"]) if row["change"] else None,
            outcome=row["outcome"],
            revokes=row["revokes"],
        )
        for row in _rows(store, "decided", article)
    ]


def restore_reading(store: Store, reading: KeptReading) -> Record:
    """Give a kept reading as the record it was."""
    return restore_record(store.quads(reading.graph))


def claim_names(record: Record, quads: Iterable[ox.Quad]) -> dict[str, str]:
    """Give the ids of the claims of a record by their IRIs; `quads` are what the record maps to."""
    ids = {claim.id for statement in record.statements for claim in statement.claims}
    return {
        iri: local
        for iri, local in decided_names(quads).items()
        if local in ids and not iri.startswith(STATEMENTS)
    }


def decided_names(quads: Iterable[ox.Quad]) -> dict[str, str]:
    """Give the ids of the claims and statements of a reading by their IRIs; `quads` are its graph."""
    identifier = node("dcterms:identifier")
    return {
        quad.subject.value: cast(ox.Literal, quad.object).value
        for quad in quads
        if quad.predicate == identifier
        and isinstance(quad.subject, ox.NamedNode)
        and quad.subject.value.startswith((ID("claim/"), STATEMENTS))
    }


def _rows(store: Store, query: str, article: str | None) -> Iterator[dict[str, Any]]:
    rows = store.query(find_query(f"read/{query}").bind({"article": article} if article else {}))
    for terms in rows.tuples:
        values = (None if term is None else cast(ox.NamedNode | ox.Literal, term).value for term in terms)
        yield dict(zip(rows.variables, values, strict=True))
