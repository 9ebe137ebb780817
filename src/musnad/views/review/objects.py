"""Drafts, decisions and what they change as JSON, for scripts."""

from __future__ import annotations

from typing import Any

from musnad.collection import Decision, QueuedClaim
from musnad.collection.provenance import trace_claim
from musnad.errors import InvalidRecord, MusnadError, Problem
from musnad.record.revising import view_claim
from musnad.views.explorer.site import Asked, Site
from musnad.views.findings import finding_object
from musnad.views.review.desk import Desk, Outcome
from musnad.views.review.pages import find_draft
from musnad.views.reviews import queued_object, statement_object

queued = queued_object
statement = statement_object


def draft(site: Site, desk: Desk, asked: Asked) -> dict[str, Any]:
    """Give one claim with what an edit may change of it, and the words around it."""
    claim = find_draft(site, asked.name)
    one = desk.drafts().get(claim.iri)
    provenance = trace_claim(site.reader, claim, ())
    if one is None:
        one = QueuedClaim(claim, provenance.wording, provenance.predicate, provenance.confidence, ())
    return {
        **queued(one, asked.language),
        "status": claim.status,
        "context": {"prefix": provenance.prefix, "suffix": provenance.suffix},
        "editable": view_claim(desk.news.record(claim.article), claim.id),
    }


def decision(one: Decision) -> dict[str, Any]:
    """Give a decision."""
    return {
        "decision": one.iri,
        "verdict": one.verdict,
        "article": one.article,
        "claim": one.claim,
        "outcome": one.outcome,
        "by": one.by,
        "at": one.at,
        "note": one.note,
        "change": one.change,
        "revokes": one.revokes,
    }


def outcome(told: Outcome, left: int, language: str) -> dict[str, Any]:
    """Give what was decided, the findings that went and came with it, and how many drafts are left."""
    findings: dict[str, Any] = {"whole": told.come_kinds is None}
    if told.come_kinds is not None:
        findings |= {
            "gone": [finding_object(one, language) for one in told.gone],
            "come": [finding_object(one, language) for one in told.come],
            "gone_kinds": told.gone_kinds,
            "come_kinds": told.come_kinds,
        }
    return {"decisions": [decision(one) for one in told.decisions], "findings": findings, "drafts": left}


def problem(one: Problem, field: str = "") -> dict[str, str]:
    """Give a problem, with the field of the form that it belongs to, if it does to one."""
    return {"where": one.where, "what": one.what, "remedy": one.remedy, "field": field}


def refusal(error: MusnadError) -> dict[str, Any]:
    """Give an error as JSON."""
    told: dict[str, Any] = {
        "code": error.code,
        "name": type(error).__name__,
        "what": error.what,
        "where": error.where,
        "remedy": error.remedy,
    }
    if isinstance(error, InvalidRecord):
        told["problems"] = [problem(one) for one in error.problems]
    return {"error": told}


def as_problem(error: MusnadError) -> Problem:
    """Give an error as a problem of the form as a whole."""
    return Problem("", f"{error.what}.", error.remedy)
