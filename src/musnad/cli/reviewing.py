"""What people decide about drafts: review; and a reading as the record it is: record."""

from __future__ import annotations

import json
import sys
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from musnad.cli.options import (
    DEFAULT_STORE,
    Form,
    FormOption,
    Language,
    LanguageOption,
    OutputOption,
    StoreOption,
    count,
    open_store,
    put_out,
    rows_only,
    say,
)

if TYPE_CHECKING:
    from musnad.collection import Collection, Decision


class Action(StrEnum):
    """What can be done about drafts."""

    accept = "accept"
    edit = "edit"
    reject = "reject"
    withdraw = "withdraw"
    undo = "undo"


class Sorting(StrEnum):
    """What comes first in the queue."""

    doubt = "doubt"
    weight = "weight"


_DONE = {
    "accept": "accepted",
    "edit": "edited",
    "reject": "rejected",
    "withdraw": "withdrew",
    "undo": "undid what was decided about",
}


def register(app: typer.Typer) -> None:
    """Add the commands to `app`."""
    app.command(epilog="Example: musnad review --list --order weight --store news.musnad")(review)
    app.command(epilog="Example: musnad diff --store news.musnad")(diff)
    app.command(epilog="Example: musnad record --store news.musnad --output readings.json")(record)


def review(
    action: Annotated[
        Action | None,
        typer.Argument(help="What to do; without it, the queue is gone through key by key, or listed."),
    ] = None,
    claims: Annotated[
        list[str] | None,
        typer.Argument(
            help="The claims, as for musnad trace; or statements without claims (article:s7); for withdraw "
            "also an article, for undo also a decision."
        ),
    ] = None,
    *,
    by: Annotated[
        str, typer.Option("--by", envvar="MUSNAD_REVIEWER", help="Who decides; kept with the decision.")
    ] = "",
    at: Annotated[
        str, typer.Option("--at", help='When: a day or a moment, such as "$(date -I)"; kept as well.')
    ] = "",
    note: Annotated[str | None, typer.Option("--note", help="Why, in a few words.")] = None,
    listed: Annotated[
        bool, typer.Option("--list", help="List the queue instead of going through it.")
    ] = False,
    statements: Annotated[
        bool,
        typer.Option("--statements", help="List the statements without claims, which are decided about too."),
    ] = False,
    order: Annotated[
        Sorting, typer.Option("--order", help="The least sure first, or those in most findings.")
    ] = Sorting.doubt,
    where: Annotated[
        list[str] | None,
        typer.Option(
            "--where",
            "-w",
            metavar="CONDITION",
            help="Only drafts that meet it, such as confidence>=0.9 or outlet=Coast; may be repeated. "
            "With accept and reject, all of those.",
        ),
    ] = None,
    change: Annotated[
        str | None,
        typer.Option("--change", metavar="JSON", help="What an edit changes, as JSON or a file of it."),
    ] = None,
    polarity: Annotated[str | None, typer.Option("--polarity", help="For edit: affirmed or denied.")] = None,
    modality: Annotated[
        str | None,
        typer.Option("--modality", help="For edit: asserted, planned, possible or undetermined."),
    ] = None,
    quote: Annotated[
        str | None, typer.Option("--quote", help="For edit: the words that carry the claim.")
    ] = None,
    source: Annotated[str | None, typer.Option("--source", help="For edit: the name of who says it.")] = None,
    source_kind: Annotated[
        str | None, typer.Option("--source-kind", help="For edit: the kind of a source not yet known.")
    ] = None,
    store: StoreOption = DEFAULT_STORE,
    format: FormOption = Form.table,
    lang: LanguageOption = Language.en,
    output: OutputOption = None,
) -> None:
    """Review drafts: accept, edit or reject claims, or undo that; findings follow at once.

    Each decision is kept with its reviewer and day, and the draft stays as it was read. On a terminal,
    without an action, one key decides about each draft of the queue. See docs/review.md.
    """
    from musnad.views.reviews import write_decisions, write_queue, write_statements

    form = rows_only(format)
    edit = _change(change, polarity=polarity, modality=modality, quote=quote, source=source, kind=source_kind)
    if edit and action is not Action.edit:
        raise typer.BadParameter("only edit changes a claim; drop the options that are for it")
    with open_store(store) as news:
        if action is None and statements:
            put_out(write_statements(news.queued_statements(), form, lang.value), output)
            return
        if action is None and not listed and sys.stdin.isatty():
            from musnad.cli.session import go_through

            go_through(news, by=by, at=at, order=order.value, where=where or [], language=lang.value)
            return
        if action is None:
            put_out(write_queue(news.queue(order=order.value, where=where or []), form, lang.value), output)
            return
        before = news.info()
        decisions = _decide(news, action, claims or [], where or [], edit, by=by, at=at, note=note)
        after = news.info()
    put_out(write_decisions(decisions, form), output)
    # An outlet withdraws a whole article in one decision.
    claims_gone = before["claims"] - after["claims"]
    number = claims_gone if action is Action.withdraw else len(decisions)
    bare = sum(_is_statement(decision.claim) for decision in decisions)
    done = count(bare, "statement") if bare == len(decisions) > 0 else count(number, "claim")
    say(
        f"{_DONE[action.value]} {done}; {after['reviewed']} of "
        f"{count(after['claims'], 'claim')} reviewed, findings {before['findings']} → {after['findings']}"
    )


def _is_statement(name: str) -> bool:
    from musnad.terms import ID

    return name.startswith(ID("statement/"))


def record(
    article: Annotated[
        str | None, typer.Argument(help="The id or IRI of an article; none: all of them, a line each.")
    ] = None,
    *,
    reading: Annotated[
        str | None,
        typer.Option("--reading", metavar="ORDINAL", help="A reading that is kept, by its ordinal or graph."),
    ] = None,
    store: StoreOption = DEFAULT_STORE,
    output: OutputOption = None,
) -> None:
    """Print an article as its record, with what reviewers decided: to be edited, and built again.

    `musnad query readings` lists the readings that are kept. To have your own reading replace a draft, write
    reviewed in `review`, `status`.
    """
    from musnad.record import dump_record

    if reading is not None and article is None:
        raise typer.BadParameter("a reading belongs to one article: name it", param_hint="--reading")
    with open_store(store) as news:
        if article is not None:
            text = dump_record(news.record(article, reading))
            printed = 1
        else:
            reports = sorted({row["report"]: row["article"] for row in news.query("articles")})
            records = [json.loads(dump_record(news.record(report))) for report in reports]
            text = "".join(json.dumps(one, ensure_ascii=False) + "\n" for one in records)
            printed = len(records)
    put_out(text, output)
    if output is not None:
        say(f"wrote {count(printed, 'record')} to {output}")


def diff(
    article: Annotated[
        str | None, typer.Argument(help="The id or IRI of an article; none: all that revise another.")
    ] = None,
    other: Annotated[
        str | None,
        typer.Argument(help="A later one; none: the version before the article is compared."),
    ] = None,
    *,
    reading: Annotated[
        str | None,
        typer.Option("--reading", metavar="ORDINAL", help="Compare a kept reading with the current one."),
    ] = None,
    store: StoreOption = DEFAULT_STORE,
    format: FormOption = Form.table,
    lang: LanguageOption = Language.en,
    output: OutputOption = None,
) -> None:
    """Show what became of the claims of an article in its next version, or in another reading of it.

    Versions are articles of one outlet at one address. Claims are carried over, changed (the same source
    answers the same question otherwise), dropped or added.
    """
    from musnad.collection import Table
    from musnad.views.tables import write_table

    if reading is not None and (article is None or other is not None):
        raise typer.BadParameter("a reading belongs to one article: name that alone", param_hint="--reading")
    with open_store(store) as news:
        if article is None:
            named = [(row["article"], row["report"]) for row in news.query("articles")]
            pairs = [(name, iri) for name, iri in named if news.revises(iri)]
        else:
            pairs = [(article, article)]
        parts = [(name, news.diff(iri, other, reading=reading, language=lang.value)) for name, iri in pairs]
    columns = ("article", *parts[0][1].columns) if parts else ("article", "change")
    rows = tuple((name, *row) for name, part in parts for row in part.rows)
    put_out(write_table(Table(columns, rows), rows_only(format)), output)
    if not parts:
        say("no article here is a later version of another")


def _decide(
    news: Collection,
    action: Action,
    claims: list[str],
    where: list[str],
    change: dict[str, Any],
    *,
    by: str,
    at: str,
    note: str | None,
) -> list[Decision]:
    if claims and where:
        raise typer.BadParameter("name claims, or pick them by --where, and not both")
    if where and action not in (Action.accept, Action.reject):
        raise typer.BadParameter(f"{action.value} takes claims, and no --where")
    if not claims and not where:
        raise typer.BadParameter(f"name the claims to {action.value}")
    match action:
        case Action.withdraw:
            return news.withdraw(*claims, by=by, at=at, note=note)
        case Action.undo:
            return [news.undo(claim, by=by, at=at, note=note) for claim in claims]
        case Action.edit if len(claims) > 1:
            raise typer.BadParameter("edit one claim at a time")
        case Action.edit:
            return [news.edit(claims[0], change, by=by, at=at, note=note)]
    picked = claims or [one.claim.iri for one in news.queue(where=where)]
    decide = news.accept if action is Action.accept else news.reject
    return decide(*picked, by=by, at=at, note=note)


def _change(
    text: str | None,
    *,
    polarity: str | None,
    modality: str | None,
    quote: str | None,
    source: str | None,
    kind: str | None,
) -> dict[str, Any]:
    """Give the change that the options describe; what they say goes before the JSON."""
    change: dict[str, Any] = _read_change(text) if text else {}
    claim = {"polarity": polarity, "modality": modality, "evidence": {"text": quote} if quote else None}
    mention = {"canonical": source, "kind": kind}
    given = {key: value for key, value in claim.items() if value is not None}
    if given:
        change["claim"] = {**change.get("claim", {}), **given}
    named = {key: value for key, value in mention.items() if value is not None}
    if named:
        statement = change.get("statement", {})
        change["statement"] = {**statement, "source": {**statement.get("source", {}), **named}}
    return change


def _read_change(text: str) -> dict[str, Any]:
    from musnad.errors import UnknownChange

    try:
        path = Path(text)
        content = path.read_text(encoding="utf-8") if not text.lstrip().startswith("{") else text
        change = json.loads(content)
    except (OSError, ValueError) as error:
        raise UnknownChange(
            f"the change cannot be read: {error}", remedy="Give a JSON object, or a file with one."
        ) from error
    if not isinstance(change, dict):
        raise UnknownChange("the change is not an object", remedy='Write {"claim": {…}}.')
    return change
