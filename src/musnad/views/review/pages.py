"""What the review pages show: the queue, one draft with its text and its form, what a decision changed."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, Final

from jinja2 import ChoiceLoader, Environment, PackageLoader

from musnad.collection.provenance import trace_claim
from musnad.collection.queue import QueuedStatement
from musnad.errors import Problem, UnknownClaim, UnknownThing
from musnad.findings import Claim
from musnad.record.revising import find_statement, view_claim
from musnad.terms import ID
from musnad.views.explorer.claims import find_claim, finding_words
from musnad.views.explorer.marking import Mark, cut
from musnad.views.explorer.rendering import frame, make_environment
from musnad.views.explorer.site import PER_PAGE, Asked, Page, Site
from musnad.views.review.desk import Desk, mark_of
from musnad.views.review.forms import (
    GROUPS,
    MODALITIES,
    POLARITIES,
    SOURCE_KINDS,
    choices_of,
    fields_of,
    place_problems,
    values_of,
)
from musnad.views.review.requests import conditions_of, context_of, order_of
from musnad.views.review.words import say

# The letters that stand for what can be done, on a Latin and on an Arabic keyboard; as in `musnad review`.
KEYS: Final[Mapping[str, str]] = {
    "accept": "a ش",
    "edit": "e ث",
    "reject": "r ق",
    "undo": "u ع",
    "next": "s س n ى",
    "previous": "p ح",
    "trace": "t ف",
    "queue": "q ض",
    "words": "w ص",
    "help": "? ؟",
}


class Drawing:
    """Draws the review pages in their templates."""

    def __init__(self, site: Site, desk: Desk) -> None:
        self._site = site
        self._desk = desk
        self._templates: Environment = make_environment(reviewing=True)
        loaders = [PackageLoader("musnad.views.review"), self._templates.loader]
        self._templates.loader = ChoiceLoader([loader for loader in loaders if loader is not None])

    def draw(self, template: str, title: str, asked: Asked, values: Mapping[str, Any]) -> bytes:
        """Draw a page; `done`, where it is among the values, is what was decided just now."""
        language = asked.language
        page = Page(template, title, {}, "", str)
        known = {
            **frame(page, asked),
            **finding_words(self._site, language),
            "t": lambda key, *given: say(key, language, *(f"\u2068{value}\u2069" for value in given)),
            "keys": KEYS,
            "context": context_of(asked),
            "reviewer": self._desk.by,
            "done": None,
            "undoable": None,
        }
        return self._templates.get_template(template).render({**known, **values}).encode()

    # --- pages ----------------------------------------------------------------------------------------

    def queue(self, asked: Asked, notice: Mapping[str, Any]) -> bytes:
        """Draw the queue of drafts."""
        queue = self._desk.queue(order=order_of(asked), where=conditions_of(asked))
        everything = self._desk.queue()
        shown = queue[(asked.page - 1) * PER_PAGE : asked.page * PER_PAGE]
        values = {
            "lines": shown,
            "count": len(queue),
            "all": len(everything),
            "bare": len(self._desk.statements()),
            "pages": max(1, -(-len(queue) // PER_PAGE)),
            "order": order_of(asked),
            "outlets": sorted({one.claim.outlet for one in everything}),
            "choices": {
                "polarity": POLARITIES,
                "modality": MODALITIES,
                "source_kind": SOURCE_KINDS,
            },
            "first": shown[0] if shown else None,
            **notice,
        }
        return self.draw("review/queue.html", say("queue", asked.language), asked, values)

    def confirm(self, asked: Asked, verdict: str) -> bytes:
        """Draw the question whether all drafts that meet the conditions are to be decided together."""
        queue = self._desk.queue(order=order_of(asked), where=conditions_of(asked))
        values = {"verdict": verdict, "count": len(queue), "mark": mark_of(queue), "lines": queue[:10]}
        return self.draw("review/confirm.html", say(f"{verdict}_all", asked.language), asked, values)

    def draft(
        self,
        asked: Asked,
        notice: Mapping[str, Any],
        *,
        filled: Mapping[str, str] | None = None,
        problems: Mapping[str, list[Problem]] | None = None,
    ) -> bytes:
        """Draw one draft; `filled` is what its form held, where that was sent and `problems` came back."""
        claim = find_draft(self._site, asked.name)
        provenance = trace_claim(self._site.reader, claim, ())
        record = self._desk.news.record(claim.article)
        view = view_claim(record, claim.id)
        one = self._desk.drafts().get(claim.iri)
        queue = [
            each.claim.iri for each in self._desk.queue(order=order_of(asked), where=conditions_of(asked))
        ]
        place = queue.index(claim.iri) if claim.iri in queue else None
        fields = fields_of(view)
        names = (*(field.name for field in fields), "json")
        values = {
            "claim": claim,
            "provenance": provenance,
            "kinds": one.kinds if one else (),
            "stretches": cut(record.text, _marks(view, claim)),
            "language": record.lang,
            "groups": [(group, [field for field in fields if field.group == group]) for group in GROUPS],
            "values": {**values_of(view), **(filled or {})},
            "choices": choices_of(record),
            "problems": problems or {},
            "first_wrong": next((name for name in names if name in (problems or {})), ""),
            "editing": filled is not None,
            "place": place,
            "count": len(queue),
            "previous": queue[place - 1] if place else None,
            "next": following(queue, claim.iri),
            **notice,
        }
        title = provenance.wording.in_language(asked.language)
        return self.draw("review/draft.html", title, asked, values)

    def statements(self, asked: Asked, notice: Mapping[str, Any]) -> bytes:
        """Draw the list of the statements without claims."""
        waiting = self._desk.statements()
        values = {
            "lines": waiting[(asked.page - 1) * PER_PAGE : asked.page * PER_PAGE],
            "count": len(waiting),
            "pages": max(1, -(-len(waiting) // PER_PAGE)),
            **notice,
        }
        return self.draw("review/statements.html", say("bare_statements", asked.language), asked, values)

    def statement(self, asked: Asked, notice: Mapping[str, Any]) -> bytes:
        """Draw one statement without claims."""
        one = self.find_statement(asked.name)
        record = self._desk.news.record(one.article)
        said = find_statement(record, one.id)
        waiting = [each.iri for each in self._desk.statements()]
        place = waiting.index(one.iri)
        spans = {"source": said.source, "cue": said.cue, "content": said.content}
        marks = [
            Mark(start, end, part, one.id)
            for part, span in spans.items()
            if span
            for start, end in (getattr(span, "spans", None) or ((span.start, span.end),))
        ]
        values = {
            "one": one,
            "stretches": cut(record.text, marks),
            "language": record.lang,
            "place": place,
            "count": len(waiting),
            "previous": waiting[place - 1] if place else None,
            "next": following(waiting, one.iri),
            **notice,
        }
        title = f"{one.source_name.in_language(asked.language)}: {' '.join(one.content.split())}"
        return self.draw("review/statement.html", title, asked, values)

    def find_statement(self, digest: str) -> QueuedStatement:
        """Find a statement that waits by the digest in its address; raises `UnknownClaim`."""
        for one in self._desk.statements():
            if one.iri == ID(f"statement/{digest}"):
                return one
        raise UnknownClaim(
            "no statement of this name waits: it was decided about meanwhile, has claims, or never was",
            where=digest,
            remedy="Go on with the others; /review/decisions.json tells what was decided.",
        )

    def problems(self, asked: Asked) -> bytes:
        """Draw what shapes and checks have against a draft."""
        claim = find_draft(self._site, asked.name)
        values = {"claim": claim, "placed": self.placed_problems(claim, asked.language)}
        return self.draw("review/problems.html", say("problems", asked.language), asked, values)

    def refusal(self, asked: Asked, title: str, what: str, remedy: str) -> bytes:
        """Draw a page that says why something is not done."""
        return self.draw("review/refused.html", title, asked, {"what": what, "remedy": remedy})

    def placed_problems(self, claim: Claim, language: str) -> list[tuple[str, Problem]]:
        """Give what shapes and checks have against a claim, each with the field that it belongs to."""
        view = self._desk.news.editable(claim.iri)
        results = self._desk.news.results(claim.iri)
        fields = [next(iter(place_problems(view, [result.problem("en")]))) for result in results]
        told = [result.problem("ar" if language == "ar" else "en") for result in results]
        return list(zip(fields, told, strict=True))


def find_draft(site: Site, digest: str) -> Claim:
    """Find a claim by the digest in its address; raises `UnknownClaim`."""
    try:
        return find_claim(site, digest)
    except UnknownThing as error:
        raise UnknownClaim(
            "the store holds no such claim any more: it was rejected or edited meanwhile, or never was",
            where=digest,
            remedy="Go on with the queue; /review/decisions.json tells what was decided.",
        ) from error


def following(queue: list[str], claim: str, left: Iterable[str] | None = None) -> str | None:
    """Give what comes after a claim in a queue, or what stands first in it; of those that are `left`."""
    place = queue.index(claim) + 1 if claim in queue else 0
    kept = None if left is None else set(left)
    for one in (*queue[place:], *queue[:place]):
        if one != claim and (kept is None or one in kept):
            return one
    return None


def _marks(view: Mapping[str, Any], claim: Claim) -> list[Mark]:
    statement = view["statement"]
    spans = {
        "source": statement["source"],
        "cue": statement.get("cue"),
        "content": statement["content"],
        "evidence": view["claim"]["evidence"],
    }
    return [
        Mark(start, end, part, claim.statement_id)
        for part, span in spans.items()
        if span
        for start, end in span.get("spans", [[span["start"], span["end"]]])
    ]
