"""Who said what, and where one claim comes from: statements and trace."""

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
)


def register(app: typer.Typer) -> None:
    """Add the commands to `app`."""
    app.command(epilog="Example: musnad statements --store news.musnad --format csv")(statements)
    app.command(epilog="Example: musnad trace s1c1 --store news.musnad --lang ar")(trace)


def statements(
    *,
    store: StoreOption = DEFAULT_STORE,
    reviewed: ReviewedOption = False,
    as_of: AsOfOption = None,
    source: Annotated[
        str | None, typer.Option("--source", help="Only statements of sources whose name has these words.")
    ] = None,
    format: FormOption = Form.table,
    lang: LanguageOption = Language.en,
    output: OutputOption = None,
) -> None:
    """Show who said what: every statement with its source, cue and content, in the order of the articles."""
    from musnad.views.statements import write_statements

    with open_store(store, reviewed=reviewed, as_of=as_of) as news:
        text = write_statements(news, format.value, lang.value, source=source)
    put_out(text, output)


def trace(
    claim: Annotated[str, typer.Argument(help="An IRI, a short id such as s1c1, or words of the statement.")],
    *,
    store: StoreOption = DEFAULT_STORE,
    reviewed: ReviewedOption = False,
    as_of: AsOfOption = None,
    format: FormOption = Form.table,
    lang: LanguageOption = Language.en,
    output: OutputOption = None,
) -> None:
    """Trace one claim: its triple in words, its characters, its chain, what agrees and conflicts."""
    from musnad.views.claims import write_claim

    if format is Form.csv:
        raise typer.BadParameter("a trace is a table, json or ttl", param_hint="--format")
    with open_store(store, reviewed=reviewed, as_of=as_of) as news:
        found = news.claim(claim)
        if format is Form.ttl:
            text = news.describe(found.claim.iri)
        else:
            text = write_claim(found.provenance(), format.value, lang.value)
    put_out(text, output)
