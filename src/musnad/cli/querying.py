"""Questions in SPARQL: the queries that musnad ships, and your own."""

from __future__ import annotations

from typing import Annotated

import typer

from musnad.cli.options import (
    DEFAULT_STORE,
    AsOfOption,
    Form,
    FormOption,
    Language,
    LanguageOption,
    OutputOption,
    ReviewedOption,
    StoreOption,
    open_store,
    put_out,
    rows_only,
)


def register(app: typer.Typer) -> None:
    """Add the commands to `app`."""
    app.command(epilog="Example: musnad query claims-about --param lang=ar --store news.musnad")(query)
    app.command(epilog="Example: musnad info --store news.musnad --format json")(info)


def query(
    name: Annotated[
        str | None, typer.Argument(help="The name of a query, or a file ending in .rq; none lists them all.")
    ] = None,
    *,
    param: Annotated[
        list[str] | None,
        typer.Option("--param", "-p", metavar="NAME=VALUE", help="A parameter; may be repeated."),
    ] = None,
    store: StoreOption = DEFAULT_STORE,
    reviewed: ReviewedOption = False,
    as_of: AsOfOption = None,
    format: FormOption = Form.table,
    lang: LanguageOption = Language.en,
    output: OutputOption = None,
) -> None:
    """Ask a question: a query by name, or a SPARQL file of your own; without a name, list the questions."""
    from musnad.collection import ask, list_questions
    from musnad.views.tables import write_table

    if name is None:
        put_out(write_table(list_questions(lang.value), rows_only(format)), output)
        return
    with open_store(store, reviewed=reviewed, as_of=as_of) as news:
        answer = ask(news, name, dict(_pair(text) for text in param or []), lang.value)
    if isinstance(answer, str):
        if format not in (Form.table, Form.ttl):
            raise typer.BadParameter("the answer is a graph: use ttl", param_hint="--format")
        put_out(answer, output)
        return
    put_out(write_table(answer, rows_only(format)), output)


def info(
    *,
    store: StoreOption = DEFAULT_STORE,
    reviewed: ReviewedOption = False,
    as_of: AsOfOption = None,
    format: FormOption = Form.table,
    output: OutputOption = None,
) -> None:
    """Count what a store holds."""
    from musnad.collection import Table
    from musnad.views.tables import write_table

    with open_store(store, reviewed=reviewed, as_of=as_of) as news:
        counts = news.info()
    table = Table(tuple(counts), (tuple(counts.values()),))
    put_out(write_table(table, rows_only(format)), output)


def _pair(text: str) -> tuple[str, str]:
    name, equals, value = text.partition("=")
    if not equals or not name:
        raise typer.BadParameter(f"{text!r} is not NAME=VALUE", param_hint="--param")
    return name, value
