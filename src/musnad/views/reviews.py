"""Drafts that wait for a reviewer, and decisions, for people and programs."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from typing import Any

from musnad.collection import Decision, QueuedClaim, Table
from musnad.collection.queue import QueuedStatement
from musnad.errors import Problem
from musnad.findings import Text
from musnad.terms import compact
from musnad.views.tables import write_table

_WORDS: dict[str, Text] = {
    "affirmed": Text("affirmed", "مثبت"),
    "denied": Text("denied", "منفي"),
    "confidence": Text("confidence {0}", "الثقة {0}"),
    "findings": Text("in {0} findings: {1}", "في {0} من النتائج: {1}"),
    "none": Text("in no finding", "ليس في أي نتيجة"),
    "problem": Text("problem", "مشكلة"),
}
_COLUMNS = ("claim", "confidence", "weight", "source", "polarity", "modality", "says", "quote", "iri")


def write_queue(queue: Sequence[QueuedClaim], form: str, language: str) -> str:
    """Give a queue of drafts as text in `form`: table, csv or json."""
    if form == "json":
        objects = [queued_object(one, language) for one in queue]
        return json.dumps(objects, ensure_ascii=False, indent=2) + "\n"
    rows = tuple(
        (
            f"{one.claim.article_id}:{one.claim.id}",
            one.confidence,
            one.weight,
            one.claim.source_name.in_language(language),
            one.claim.polarity,
            one.claim.modality,
            one.says.in_language(language),
            one.claim.quote,
            one.claim.iri,
        )
        for one in queue
    )
    return write_table(Table(_COLUMNS, rows), form)


def queued_object(one: QueuedClaim, language: str) -> dict[str, Any]:
    """Give a draft as JSON: what a page or a script needs to decide about it."""
    claim = one.claim
    return {
        "claim": claim.iri,
        "id": f"{claim.article_id}:{claim.id}",
        "article": {
            "iri": claim.article,
            "id": claim.article_id,
            "outlet": claim.outlet,
            "date": str(claim.day),
        },
        "statement": claim.statement_id,
        "source": {"name": claim.source_name.in_language(language), "kind": claim.source_kind},
        "says": one.says.in_language(language),
        "predicate": compact(one.predicate),
        "polarity": claim.polarity,
        "modality": claim.modality,
        "quote": {"text": claim.quote, "start": claim.start, "end": claim.end},
        "confidence": one.confidence,
        "weight": one.weight,
        "findings": list(one.kinds),
    }


def statement_object(one: QueuedStatement, language: str) -> dict[str, Any]:
    """Give a statement without claims as JSON."""
    return {
        "statement": one.iri,
        "id": one.name,
        "article": {
            "iri": one.article,
            "id": one.article_id,
            "outlet": one.outlet,
            "date": str(one.day),
        },
        "source": {"name": one.source_name.in_language(language), "kind": one.source_kind},
        "cue": one.cue,
        "content": {"text": one.content, "start": one.start, "end": one.end},
    }


def write_statements(statements: Sequence[QueuedStatement], form: str, language: str) -> str:
    """Give statements without claims as text in `form`: table, csv or json."""
    if form == "json":
        objects = [statement_object(one, language) for one in statements]
        return json.dumps(objects, ensure_ascii=False, indent=2) + "\n"
    rows = tuple(
        (one.name, one.source_name.in_language(language), one.cue, one.content, one.iri) for one in statements
    )
    return write_table(Table(("statement", "source", "cue", "content", "iri"), rows), form)


def draw_queued(one: QueuedClaim, problems: Iterable[Problem], language: str) -> str:
    """Draw a draft as a few lines: who says what, the words, how sure, in which findings, what is wrong."""
    claim = one.claim
    kinds = ", ".join(dict.fromkeys(one.kinds))
    lines = [
        f"{claim.article_id}:{claim.id}  {claim.outlet}, {claim.day}  "
        + _say("confidence", language).format(one.confidence),
        f"  {claim.source_name.in_language(language)}: {one.says.in_language(language)}"
        f" ({_say(claim.polarity, language)}, {claim.modality})",
        f"  «{' '.join(claim.quote.split())}»",
        "  "
        + (_say("findings", language).format(one.weight, kinds) if one.kinds else _say("none", language)),
    ]
    lines += [f"  {_say('problem', language)}: {problem}" for problem in problems]
    return "\n".join(lines) + "\n"


def write_decisions(decisions: Iterable[Decision], form: str) -> str:
    """Give decisions as text in `form`: table, csv or json."""
    columns = ("verdict", "claim", "outcome", "by", "at", "decision")
    rows = tuple((one.verdict, one.claim, one.outcome, one.by, one.at, one.iri) for one in decisions)
    return write_table(Table(columns, rows), form)


def _say(name: str, language: str) -> str:
    return _WORDS[name].in_language(language)
