"""What comparing the claims shows: agreements, conflicts, findings."""

from __future__ import annotations

from pathlib import Path
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
    say,
)

FailOption = Annotated[
    str | None,
    typer.Option("--fail-on", metavar="KIND", help="Exit with 1 if there is a finding of this kind."),
]


def register(app: typer.Typer) -> None:
    """Add the commands to `app`."""
    app.command(epilog="Example: musnad agreements --store news.musnad --lang ar")(agreements)
    app.command(epilog="Example: musnad conflicts --store news.musnad --format json")(conflicts)
    app.command(epilog="Example: musnad findings --store news.musnad --kind non-conflict")(findings)


def agreements(
    *,
    store: StoreOption = DEFAULT_STORE,
    reviewed: ReviewedOption = False,
    as_of: AsOfOption = None,
    format: FormOption = Form.table,
    lang: LanguageOption = Language.en,
    output: OutputOption = None,
    fail_on: FailOption = None,
) -> None:
    """Show what sources agree on, with both quotations and the interval of independent origins."""
    _show(store, reviewed, as_of, ("agreement",), fail_on, form=format, language=lang, output=output)


def conflicts(
    *,
    store: StoreOption = DEFAULT_STORE,
    reviewed: ReviewedOption = False,
    as_of: AsOfOption = None,
    format: FormOption = Form.table,
    lang: LanguageOption = Language.en,
    output: OutputOption = None,
    fail_on: FailOption = None,
) -> None:
    """Show what sources contradict one another on, and the tensions between them, with the reasons."""
    _show(store, reviewed, as_of, ("conflict", "tension"), fail_on, form=format, language=lang, output=output)


def findings(
    *,
    store: StoreOption = DEFAULT_STORE,
    reviewed: ReviewedOption = False,
    as_of: AsOfOption = None,
    kind: Annotated[
        str | None,
        typer.Option("--kind", "-k", help="Only this kind, such as conflict/place, or its first part."),
    ] = None,
    format: FormOption = Form.table,
    lang: LanguageOption = Language.en,
    output: OutputOption = None,
    fail_on: FailOption = None,
) -> None:
    """Show all findings: agreements, conflicts, tensions, and what only looks like a conflict."""
    _show(store, reviewed, as_of, (kind,), fail_on, form=format, language=lang, output=output)


def _show(
    store: str,
    reviewed: bool,
    as_of: str | None,
    kinds: tuple[str | None, ...],
    fail_on: str | None,
    *,
    form: Form,
    language: Language,
    output: Path | None,
) -> None:
    from musnad.views.findings import write_findings

    with open_store(store, reviewed=reviewed, as_of=as_of) as news:
        found = [finding for kind in kinds for finding in news.findings(kind)]
        if form is Form.ttl:
            claims = [claim.iri for finding in found for claim in finding.claims]
            text = news.describe(*(finding.iri for finding in found), *claims)
        else:
            text = write_findings(found, form.value, language.value)
    put_out(text, output)
    if not found:
        say("no findings of this kind")
    if fail_on and any(f.kind == fail_on or f.kind.startswith(f"{fail_on}/") for f in found):
        raise typer.Exit(1)
