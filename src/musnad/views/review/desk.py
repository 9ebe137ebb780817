"""Where decisions are taken while pages are served: one at a time, each with what it does to findings."""

from __future__ import annotations

import threading
from collections import Counter, OrderedDict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from hashlib import sha256
from typing import Any, Final

from musnad.collection import Collection, Decision, QueuedClaim
from musnad.collection.queue import Drafts, Order, QueuedStatement, list_statements
from musnad.errors import QueueChanged
from musnad.findings import Finding, Text
from musnad.terms import ID
from musnad.views.endpoint.writing import Change
from musnad.views.explorer.site import Site

MOST_FINDINGS: Final = 12
"""Findings of a change that are told in full; of the others their number."""

_MOST_OUTCOMES: Final = 200


@dataclass(frozen=True, slots=True)
class Outcome:
    """What was decided, and the findings that went and came with it.

    Of either at most `MOST_FINDINGS` are told in full; `gone_kinds` and `come_kinds` count all of them by the
    first part of their kind. Both are None where the findings were made anew as a whole. `says` is the claim
    in words, where it was about one alone.
    """

    decisions: tuple[Decision, ...]
    says: Text | None = None
    gone: tuple[Finding, ...] = ()
    come: tuple[Finding, ...] = ()
    gone_kinds: Mapping[str, int] | None = None
    come_kinds: Mapping[str, int] | None = None


class Desk:
    """Takes the decisions of one reviewer, `by`, about the store that is served, one after the other.

    `now` gives the moment of a decision, with its zone. What only looks is for callers that keep writers out
    meanwhile; what decides waits for readers itself.
    """

    def __init__(self, site: Site, *, by: str, now: Callable[[], datetime]) -> None:
        self.news = Collection(site.store)
        self.by = by
        self._site = site
        self._now = now
        self._deciding = threading.Lock()
        self._reading = threading.Lock()
        self._drafts: Drafts | None = None
        self._statements: list[QueuedStatement] | None = None
        self._outcomes: OrderedDict[str, Outcome] = OrderedDict()
        self._unread: list[Change] = []
        self._told, self._change = Outcome(()), Change()

    # --- looking --------------------------------------------------------------------------------------

    def queue(self, *, order: Order = "doubt", where: Iterable[str] = ()) -> list[QueuedClaim]:
        """Give the drafts that meet every condition, in order; see `Collection.queue`."""
        return self.drafts().pick(order=order, where=where)

    def drafts(self) -> Drafts:
        """Give all drafts, which are read when they are first asked for."""
        with self._reading:
            if self._drafts is None:
                self._drafts = Drafts(self._site.reader)
            self._take_in()
            return self._drafts

    def statements(self) -> list[QueuedStatement]:
        """Give the statements without claims that no person has reviewed, in the order of the articles."""
        with self._reading:
            if self._statements is None:
                self._statements = list_statements(self._site.reader)
            self._take_in()
            return self._statements

    def _take_in(self) -> None:
        reader = self._site.reader
        while self._unread:
            change = self._unread.pop(0)
            articles = {_article(graph) for graph in change.graphs}
            if self._drafts is not None:
                self._drafts.renew(reader, articles, gone=change.gone, come=change.come)
            if self._statements is not None:
                kept = [one for one in self._statements if one.article not in articles]
                fresh = [one for name in articles for one in list_statements(reader, article=name)]
                self._statements = sorted(
                    [*kept, *fresh], key=lambda one: (one.day, one.article, one.start, one.iri)
                )

    def outcome(self, decision: str) -> Outcome | None:
        """Give what a decision changed, if it was taken lately and here."""
        return self._outcomes.get(decision)

    # --- deciding -------------------------------------------------------------------------------------

    def accept(self, claim: str, *, note: str | None = None, at: str | None = None) -> Outcome:
        """Accept a claim, or a statement without any; raises as `Collection.accept` does, and so below."""
        return self._decide(
            lambda moment: self.news.accept(claim, by=self.by, at=moment, note=note), at, claim
        )

    def reject(self, claim: str, *, note: str | None = None, at: str | None = None) -> Outcome:
        """Reject a claim, or a statement without any."""
        return self._decide(
            lambda moment: self.news.reject(claim, by=self.by, at=moment, note=note), at, claim
        )

    def edit(
        self, claim: str, change: Mapping[str, Any], *, note: str | None = None, at: str | None = None
    ) -> Outcome:
        """Edit a claim."""
        return self._decide(
            lambda moment: [self.news.edit(claim, change, by=self.by, at=moment, note=note)], at, claim
        )

    def undo(self, *references: str, note: str | None = None, at: str | None = None) -> Outcome:
        """Undo decisions, all of them or none."""
        return self._decide(
            lambda moment: self.news.undo_all(*references, by=self.by, at=moment, note=note), at
        )

    def decide_all(
        self,
        verdict: str,
        where: Iterable[str],
        *,
        count: int,
        mark: str | None = None,
        note: str | None = None,
        at: str | None = None,
    ) -> Outcome:
        """Accept or reject all drafts that meet every condition, as many as were confirmed.

        `mark` is that of the drafts that were seen (see `mark_of`). Raises `QueueChanged` where the drafts
        are others by now; nothing is decided then.
        """
        conditions = list(where)

        def decide(moment: datetime | str) -> list[Decision]:
            found = self.queue(where=conditions)
            if len(found) != count or mark not in (None, mark_of(found)):
                raise QueueChanged(
                    f"{count} drafts were to be decided together, and {len(found)} meet the conditions now",
                    remedy="Look at them again, and confirm their number.",
                )
            act = self.news.accept if verdict == "accept" else self.news.reject
            names = [one.claim.iri for one in found]
            return act(*names, by=self.by, at=moment, note=note) if names else []

        return self._decide(decide, at)

    def _decide(
        self,
        decide: Callable[[datetime | str], list[Decision]],
        at: str | None,
        claim: str | None = None,
    ) -> Outcome:
        with self._deciding:
            self._told, self._change = Outcome((), gone_kinds={}, come_kinds={}), Change()
            # Nobody else writes here, so that the drafts can be read without keeping writers out.
            before = self._says(claim)
            decisions = decide(at or self._now())
            outcome = self._after(decisions)
            if len(decisions) == 1:
                outcome = replace(outcome, says=before or self._says(decisions[0].claim))
            for decision in decisions[:1]:
                self._outcomes[decision.iri] = outcome
            while len(self._outcomes) > _MOST_OUTCOMES:
                self._outcomes.popitem(last=False)
            return outcome

    def _says(self, name: str | None) -> Text | None:
        """Give what a draft, or a statement without claims, says."""
        draft = self.drafts().get(name or "")
        if draft:
            return draft.says
        if not name or not name.startswith(ID("statement/")):
            return None
        words = next((one.content for one in self.statements() if one.iri == name), None)
        return Text(words, words) if words else None

    # --- what a write makes otherwise -----------------------------------------------------------------

    def look_ahead(self, change: Change) -> None:
        """Look at the findings that are about to go, while they are still there."""
        self._change = change
        if not change.whole:
            gone = sorted(change.gone)
            found = self._site.reader.some_findings(gone[:MOST_FINDINGS])
            self._told = replace(self._told, gone=found, gone_kinds=self._kinds(gone))

    def note(self, change: Change) -> None:
        """Note what was written; whoever looks next takes it in."""
        if change.whole:
            self._drafts, self._statements, self._unread = None, None, []
        elif self._drafts is not None or self._statements is not None:
            self._unread.append(change)

    def _after(self, decisions: Sequence[Decision]) -> Outcome:
        told = replace(self._told, decisions=tuple(decisions))
        if self._change.whole:
            return replace(told, gone=(), gone_kinds=None, come_kinds=None)
        come = sorted(self._change.come)
        found = self._site.reader.some_findings(come[:MOST_FINDINGS])
        return replace(told, come=found, come_kinds=self._kinds(come))

    def _kinds(self, findings: Sequence[str]) -> Mapping[str, int]:
        kinds = {
            row["finding"]: row["kind"]
            for row in self._site.reader.rows_for("finding-positions", "finding", findings)
        }
        return Counter(kind.partition("/")[0] for kind in kinds.values())


def _article(graph: str) -> str:
    return ID(f"article/{graph.rpartition('/')[2]}")


def mark_of(queue: Iterable[QueuedClaim]) -> str:
    """Give a mark that the same drafts have alone, in whatever order."""
    names = "\n".join(sorted(one.claim.iri for one in queue))
    return sha256(names.encode()).hexdigest()[:32]
