"""Reviewing drafts: the queue, the decisions, what is kept of the past, and the view of what was reviewed."""

from __future__ import annotations

import re
from abc import ABC, abstractmethod
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from typing import TYPE_CHECKING, Any, Final, Literal

import pyoxigraph as ox

from musnad.collection import revision
from musnad.collection.differing import diff_records
from musnad.collection.queue import (
    Order,
    QueuedClaim,
    QueuedStatement,
    list_queue,
    list_statements,
)
from musnad.collection.references import pick_claim
from musnad.collection.table import Table, table_of
from musnad.errors import Problem, UnknownArticle, UnknownChange, UnknownDecision, UnknownReviewer
from musnad.findings import Claim, FindingsReader
from musnad.graph.history import Decision, Verdict, load_decisions, load_history, read_moment
from musnad.graph.mapping import map_record
from musnad.graph.naming import article_graph
from musnad.graph.queries import find_query
from musnad.graph.restoring import restore_record
from musnad.graph.store import Store
from musnad.record import Record
from musnad.record.carrying import reviewed_part
from musnad.record.revising import change_between, edit_claim, view_claim
from musnad.terms import HISTORY_GRAPHS, ID, PROV, REVIEW_GRAPHS

if TYPE_CHECKING:
    from musnad.validation import Result

__all__ = ["Reviewing", "check_reviewer", "graphs_as_of", "reviewed_graphs"]

Moment = date | datetime | str
_CLAIM: Final = re.compile(re.escape(ID("claim/")) + "[0-9a-f]{32}")
_STATEMENT: Final = re.compile(re.escape(ID("statement/")) + "[0-9a-f]{32}")
_SHORT: Final = re.compile(r"(?!https?:)[^:\s]+:[^:\s]+")


class Reviewing(ABC):
    """What a collection offers to reviewers. Claims are named as `Collection.claim` takes them."""

    store: Store

    def queue(self, *, order: Order = "doubt", where: Iterable[str] | str = ()) -> list[QueuedClaim]:
        """Give the claims that no person has reviewed, by `doubt` (least sure first) or by `weight`.

        `where` are conditions that all have to be met, such as `confidence<0.8`, `outlet=Coast` or
        `finding=conflict`; see `musnad.collection.queue.FIELDS`. Raises `UnknownFilter`.
        """
        return list_queue(self.store, order=order, where=[where] if isinstance(where, str) else where)

    def queued_statements(self) -> list[QueuedStatement]:
        """Give the statements that have no claims and that no person has reviewed, in the articles' order.

        They are accepted and rejected by their IRIs, or by article and id (`desk:s7`), as claims are.
        """
        return list_statements(FindingsReader(self.store))

    def accept(self, *claims: str, by: str, at: Moment, note: str | None = None) -> list[Decision]:
        """Accept claims as they stand: from now on they are reviewed, by `by`. All of them or none.

        A statement without claims is accepted as well: that its source said these words.

        `at` is a day or a moment, which is kept; nothing here asks for the time. Gives the decisions, each of
        which is an activity in a graph of its own. Findings follow in the same step.

        Raises `UnknownClaim`, `AmbiguousClaim`, or `UnknownReviewer` where `by` or `at` is missing.
        """
        return self._decide("accept", claims, by=by, at=at, note=note)

    def reject(self, *claims: str, by: str, at: Moment, note: str | None = None) -> list[Decision]:
        """Reject claims: they leave the current reading and the findings, and stay in the draft that is kept.

        For the arguments, what it gives and what it raises see `accept`.
        """
        return self._decide("reject", claims, by=by, at=at, note=note)

    def withdraw(self, *references: str, by: str, at: Moment, note: str | None = None) -> list[Decision]:
        """Withdraw what its outlet took back: claims, or whole articles (by id or IRI). All or nothing.

        It leaves the findings at once and stays in history; `at` is the day of the correction or retraction,
        which `Collection.as_of` goes by, `by` whoever enters it, `note` the notice or its address. Unlike
        what reviewers decide, it holds for every later reading of the article too, until it is undone. For
        what it gives and raises see `accept`.
        """
        name, moment, day = check_reviewer(by, at)
        articles = self._articles()
        whole = [articles[reference] for reference in references if reference in articles]
        claims = [reference for reference in references if reference not in articles]
        found = [(iri, iri) for iri in whole] + self._pick_all(claims, with_rejected=False)
        orders = [
            revision.Order(article, claim, "withdraw", name, moment, day, note) for article, claim in found
        ]
        return self._carry_out(orders)

    def edit(
        self, claim: str, change: Mapping[str, Any], *, by: str, at: Moment, note: str | None = None
    ) -> Decision:
        """Edit a claim, which is then reviewed; gives the decision, whose `outcome` is its new name.

        `change` has the form of `editable(claim)`, with the keys that change alone (JSON merge patch):
        `{"claim": {"polarity": "denied"}}`, `{"claim": {"evidence": {"text": "…"}}}`,
        `{"statement": {"source": {"canonical": "…", "kind": "office"}}}`, `{"quantity": {"upper": 600}}`,
        `{"time": {"edtf": "2026-09", "iso": "2026-09"}}`. What other claims share is copied: no other claim
        changes.

        Raises `InvalidRecord` with every problem of the edited claim, `UnknownChange` for an edit that is
        none or changes nothing; the store is then as it was. Otherwise as `accept`.
        """
        return self._decide("edit", (claim,), by=by, at=at, note=note, change=change)[0]

    def undo(self, reference: str, *, by: str, at: Moment, note: str | None = None) -> Decision:
        """Undo a decision, named by its IRI or by its claim (the last one about it); gives the undo.

        The decision stays where it is and no longer counts; undoing the undo brings it back. Raises
        `UnknownDecision`, and `DecisionInUse` where a later decision is about the same claim.
        """
        return self.undo_all(reference, by=by, at=at, note=note)[0]

    def undo_all(self, *references: str, by: str, at: Moment, note: str | None = None) -> list[Decision]:
        """Undo decisions, all of them or none; see `undo`. Gives the undos, each article's last one first."""
        name, moment, day = check_reviewer(by, at)
        decisions = self._find_decisions(references)
        graphs, undone = revision.undo(self.store, decisions, by=name, at=moment, day=day, note=note)
        self.write(graphs)
        return undone

    def editable(self, claim: str) -> dict[str, Any]:
        """Give what an edit of a claim may change: `claim`, `statement`, and `quantity` and `time` if it has.

        It is the record's JSON. Edit a copy, and `change_between` of the two is the change that `edit` takes.
        """
        found = self._pick(claim)
        return view_claim(self._current(found.article), found.id)

    def try_edit(self, claim: str, change: Mapping[str, Any]) -> dict[str, Any]:
        """Give what `editable` would give after an edit; nothing is stored. Raises as `edit` does."""
        found = self._pick(claim)
        edited = edit_claim(self._current(found.article), found.id, change)
        revision.check(map_record(edited))
        return view_claim(edited, found.id)

    def problems(self, claim: str, language: Literal["en", "ar"] = "en") -> list[Problem]:
        """Give what shapes and checks have against a claim and what it is made of, the gravest first."""
        return [result.problem(language) for result in self.results(claim)]

    def results(self, claim: str) -> list[Result]:
        """Give the same as `problems` as it was found: with node, property, shape, and in both languages."""
        from musnad.validation import validate

        found = self._pick(claim)
        quads = list(self.store.quads(article_graph(found.article)))
        near = _reach(found.iri, quads, {found.article})
        report = validate(quads)
        return [result for result in report.results if result.focus in near]

    def decisions(self, article: str | None = None) -> list[Decision]:
        """Give what reviewers decided, of one article (its id or IRI) or of all, each article's in order."""
        return load_decisions(self.store, None if article is None else self._article(article))

    def record(self, article: str, reading: str | None = None) -> Record:
        """Give an article (its id or IRI) as its record: the current reading, or one that is kept.

        `reading` is the IRI of a kept reading's graph, or its ordinal; the query `readings` lists both.
        Raises `UnknownArticle`.
        """
        iri = self._article(article)
        if reading is None:
            return self._current(iri)
        for kept in load_history(self.store, iri).readings:
            if str(reading) in (kept.graph, str(kept.ordinal)):
                return restore_record(self.store.quads(kept.graph))
        raise UnknownArticle(
            f"no reading {reading} of this article is kept",
            where=article,
            remedy="`musnad query readings` lists those that are.",
        )

    def diff(
        self,
        article: str,
        other: str | None = None,
        *,
        reading: str | None = None,
        language: Literal["en", "ar"] = "en",
    ) -> Table:
        """Give what became of the claims of an article (its id or IRI), a row for each; see `diff_records`.

        Compared with `other`, a later article; without it, the version that the article revises is compared
        with the article, or, with `reading`, a reading of it that is kept. Raises `UnknownArticle`.
        """
        iri = self._article(article)
        if other is not None:
            return diff_records(self._current(iri), self._current(self._article(other)), language)
        if reading is not None:
            return diff_records(self.record(iri, reading), self._current(iri), language)
        former = self.revises(iri)
        if len(former) != 1:
            raise UnknownArticle(
                f"{len(former) or 'no'} earlier versions of this article are in the store",
                where=article,
                remedy="Name the two articles, or a reading that is kept.",
            )
        return diff_records(self._current(former[0]), self._current(iri), language)

    def revises(self, article: str) -> list[str]:
        """Give the IRIs of the articles that an article (its IRI) is a later version of, most often one."""
        one, revises = ox.NamedNode(article), ox.NamedNode(PROV("wasRevisionOf"))
        rows = self.store.query(f"SELECT ?former WHERE {{ {one} {revises} ?former }} ORDER BY ?former")
        return [name.value for name in rows.column("former") if isinstance(name, ox.NamedNode)]

    @abstractmethod
    def write(self, graphs: Mapping[str, list[ox.Quad]]) -> None:
        """Put graphs in, and the findings that then follow, in one step."""

    def _decide(
        self,
        verdict: Verdict,
        claims: Sequence[str],
        *,
        by: str,
        at: Moment,
        note: str | None,
        change: Mapping[str, Any] | None = None,
    ) -> list[Decision]:
        name, moment, day = check_reviewer(by, at)
        found = self._pick_all(claims, with_rejected=verdict == "accept")
        if change is not None:
            current, name_there = self._current(found[0][0]), self._pick(found[0][1]).id
            after = view_claim(edit_claim(current, name_there, change), name_there)
            if not change_between(view_claim(current, name_there), after):
                raise UnknownChange(
                    "the claim says that already", where=found[0][1], remedy="Accept it, if it is right."
                )
        return self._carry_out(
            [
                revision.Order(article, claim, verdict, name, moment, day, note, change)
                for article, claim in found
            ]
        )

    def _carry_out(self, orders: Sequence[revision.Order]) -> list[Decision]:
        graphs, decisions = revision.decide(self.store, orders)
        if decisions:
            self.write(graphs)
        return decisions

    def _articles(self) -> dict[str, str]:
        """Give the IRIs of articles by themselves, and by their ids where those are of one article alone."""
        rows = list(table_of(self.store.query(find_query("list/articles").bind())))
        named = Counter(row["article"] for row in rows)
        known = {row["article"]: row["report"] for row in rows if named[row["article"]] == 1}
        return known | {row["report"]: row["report"] for row in rows}

    def _pick_all(self, references: Sequence[str], *, with_rejected: bool) -> list[tuple[str, str]]:
        """Give article and IRI of each claim meant, each once; a rejected one is named by its IRI alone."""
        reader = FindingsReader(self.store)
        homes = self._homes(reader, references)
        statements = self._statements(reader, [name for name in references if name not in homes])
        homes |= {one.iri: one.article for one in statements.values()}
        references = [statements[name].iri if name in statements else name for name in references]
        others = [reference for reference in references if reference not in homes]
        if others and with_rejected:
            homes |= {
                one.claim: one.article
                for one in load_decisions(self.store)
                if one.verdict in ("reject", "withdraw") and one.claim in others
            }
            others = [reference for reference in others if reference not in homes]
        if others:
            claims = reader.claims()
            rows = table_of(self.store.query(find_query("read/statements").bind()))
            picked = {reference: pick_claim(reference, claims, rows) for reference in others}
            homes |= {claim.iri: claim.article for claim in picked.values()}
            references = [picked[name].iri if name in picked else name for name in references]
        return [(homes[claim], claim) for claim in dict.fromkeys(references)]

    def _homes(self, reader: FindingsReader, references: Iterable[str]) -> dict[str, str]:
        """Give the articles of those claims that are named by their IRIs, which is known without a search."""
        names = [name for name in references if _CLAIM.fullmatch(name)]
        return {row["claim"]: row["article"] for row in reader.rows_for("claims", "claim", names)}

    def _statements(self, reader: FindingsReader, references: Iterable[str]) -> dict[str, QueuedStatement]:
        """Give the statements without claims that are meant by their IRI, or by article and id."""
        iris = [name for name in references if _STATEMENT.fullmatch(name)]
        found = {one.iri: one for one in list_statements(reader, iris)}
        if any(_SHORT.fullmatch(name) for name in references):
            waiting = list_statements(reader)
            names = Counter(one.name for one in waiting)
            found |= {one.name: one for one in waiting if one.name in references and names[one.name] == 1}
        return found

    def _pick(self, reference: str) -> Claim:
        reader = FindingsReader(self.store)
        claims = reader.claims(reference) if _CLAIM.fullmatch(reference) else []
        if claims:
            return claims[0]
        statements = table_of(self.store.query(find_query("read/statements").bind()))
        return pick_claim(reference, reader.claims(), statements)

    def _current(self, article: str) -> Record:
        return restore_record(self.store.quads(article_graph(article)))

    def _article(self, reference: str) -> str:
        if reference.startswith(ID("article/")) and next(
            iter(self.store.quads(article_graph(reference))), None
        ):
            return reference
        rows = table_of(self.store.query(find_query("list/articles").bind()))
        found: list[str] = sorted(
            {row["report"] for row in rows if reference in (row["report"], row["article"])}
        )
        if len(found) != 1:
            several = "\n    ".join(found)
            raise UnknownArticle(
                f"{len(found) or 'no'} articles are called “{reference}”",
                remedy=f"Choose one by its IRI:\n    {several}"
                if found
                else "`musnad query articles` lists them.",
            )
        return found[0]

    def _find_decisions(self, references: Sequence[str]) -> list[Decision]:
        known = load_decisions(self.store)
        by_iri = {decision.iri: decision for decision in known}
        return [by_iri.get(name) or self._find_decision(name, known) for name in references]

    def _find_decision(self, reference: str, decisions: Sequence[Decision]) -> Decision:
        """Find the last decision about a claim or an article that is in force."""
        claim = self._articles().get(reference, reference)
        if not any(claim in one.claims for one in decisions):
            claim = self._pick(reference).iri
        for decision in reversed(decisions):
            if claim in decision.claims and decision.verdict != "undo":
                history = load_history(self.store, decision.article)
                if decision.iri not in history.revoked:
                    return decision
        raise UnknownDecision(
            f"no decision about “{reference}” is there to be undone",
            remedy="`musnad query decisions` lists what was decided; name a decision by its IRI.",
        )


def reviewed_graphs(store: Store) -> dict[str, list[ox.Quad]]:
    """Give what a person reviewed of every article, by graph, with what is told of decisions and readings."""
    graphs: dict[str, list[ox.Quad]] = {}
    for name in store.query(find_query("read/reviewed-graphs").bind()).column("graph"):
        if isinstance(name, ox.NamedNode):
            quads = list(store.quads(name.value))
            if not revision.is_reviewed(quads):
                part = reviewed_part(restore_record(quads))
                quads = map_record(part) if part else []
            if quads:
                graphs[name.value] = quads
    for known in store.graphs():
        if known.startswith((REVIEW_GRAPHS, HISTORY_GRAPHS)):
            graphs[known] = list(store.quads(known))
    return graphs


def graphs_as_of(store: Store, day: str) -> dict[str, list[ox.Quad]]:
    """Give the articles published up to a day, by graph, with what was withdrawn later still in them."""
    rows = table_of(store.query(find_query("list/articles").bind({"until": day})))
    graphs = {}
    later = {one.article for one in load_decisions(store) if one.verdict == "withdraw" and one.day > day}
    for article in {row["report"] for row in rows}:
        name = article_graph(article)
        quads = revision.reading_as_of(store, article, day) if article in later else store.quads(name)
        graphs[name] = list(quads)
    for known in store.graphs():
        if known.startswith((REVIEW_GRAPHS, HISTORY_GRAPHS)):
            graphs[known] = list(store.quads(known))
    return graphs


def check_reviewer(by: str, at: Moment) -> tuple[str, str, str]:
    """Give the name, the moment and the day with which decisions are kept; raises `UnknownReviewer`."""
    if not by.strip():
        raise UnknownReviewer(
            "nobody is named who decides", remedy="Give a name; it is kept with the decision."
        )
    return by.strip(), *read_moment(at)


def _reach(start: str, quads: Iterable[ox.Quad], stops: set[str]) -> set[str]:
    """Give the things of ours that a thing leads to, itself included, without going through `stops`."""
    leads: dict[str, list[str]] = {}
    for quad in quads:
        if isinstance(quad.subject, ox.NamedNode) and isinstance(quad.object, ox.NamedNode):
            leads.setdefault(quad.subject.value, []).append(quad.object.value)
    seen: set[str] = set()
    waiting = [start]
    while waiting:
        name = waiting.pop()
        if name not in seen and name not in stops and name.startswith(ID):
            seen.add(name)
            waiting += leads.get(name, ())
    return seen
