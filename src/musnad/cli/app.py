"""The commands, put together; each module holds the commands of one journey."""

from __future__ import annotations

import os
from typing import Annotated

import typer

from musnad.cli import (
    building,
    comparing,
    exporting,
    findings,
    keeping,
    plotting,
    querying,
    reading,
    reviewing,
    serving,
    tracing,
    verifying,
)
from musnad.cli.logs import LogForm, set_up

app = typer.Typer(
    name="musnad",
    help="Who said what in the news, on whose word, and who contradicts whom.",
    epilog="Example: musnad build seeds --store news.musnad",
    no_args_is_help=True,
    add_completion=False,
    context_settings={"help_option_names": ["-h", "--help"]},
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)


def _version(wanted: bool) -> None:
    if wanted:
        from importlib.metadata import version

        typer.echo(f"musnad {version('musnad')}")
        raise typer.Exit


@app.callback()
def _options(
    *,
    version: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help="Print the version.")
    ] = False,
    debug: Annotated[bool, typer.Option("--debug", help="Show a traceback with an error.")] = False,
    verbose: Annotated[
        bool,
        typer.Option("--verbose", "-v", help="Say on standard error what is done, and how long it takes."),
    ] = False,
    log: Annotated[
        LogForm, typer.Option("--log", help="Standard error as text, or as JSON, an object a line.")
    ] = LogForm.text,
) -> None:
    """Take the options that go before a command."""
    del version
    set_up(verbose=verbose, form=log)
    if debug:
        os.environ["MUSNAD_DEBUG"] = "1"


for module in (
    reading,
    comparing,
    building,
    reviewing,
    findings,
    tracing,
    querying,
    plotting,
    exporting,
    serving,
    keeping,
    verifying,
):
    module.register(app)
