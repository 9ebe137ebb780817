"""Taking everything out: export."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

import typer

from musnad.cli.options import (
    DEFAULT_STORE,
    AsOfOption,
    ReviewedOption,
    StoreOption,
    open_store,
    say,
    writing,
)


def register(app: typer.Typer) -> None:
    """Add the command to `app`."""
    app.command(epilog="Example: musnad export --store news.musnad --format turtle -o news.ttl")(export)


def export(
    *,
    store: StoreOption = DEFAULT_STORE,
    reviewed: ReviewedOption = False,
    as_of: AsOfOption = None,
    format: Annotated[
        str | None,
        typer.Option(
            "--format",
            "-f",
            help="turtle, trig, nquads, jsonld, prov, rdf12 or nanopub; else told by the file's ending.",
        ),
    ] = None,
    output: Annotated[
        Path | None, typer.Option("--output", "-o", help="The file; `-` or none: standard output.")
    ] = None,
    licence: Annotated[
        str | None, typer.Option("--licence", metavar="IRI", help="The licence of nanopublications.")
    ] = None,
    findings: Annotated[bool, typer.Option(help="Whether findings go along with the claims.")] = True,
    history: Annotated[
        bool, typer.Option("--history", help="Decisions and kept readings too; for trig and nquads.")
    ] = False,
    sign: Annotated[
        Path | None,
        typer.Option("--sign", metavar="KEY", help="Sign the file with this Ed25519 key (PEM), in FILE.sig."),
    ] = None,
) -> None:
    """Write what a store holds as RDF; the same store gives the same bytes."""
    from musnad.graph.exports import Holdings, export_file
    from musnad.graph.exports import export as write

    key = None
    if sign is not None:
        from musnad.collection.signing import read_private_key

        if output is None or str(output) == "-":
            raise typer.BadParameter("a signature lies beside a file: give --output", param_hint="--sign")
        key = read_private_key(sign)
    with open_store(store, reviewed=reviewed, as_of=as_of) as news:
        held = Holdings(news.store, findings=findings, history=history)
        if output is None or str(output) == "-":
            write(held, format or "turtle", sys.stdout.buffer, licence=licence)
            return
        with writing(output):
            path = export_file(held, output, format, licence=licence)
            if key is not None:
                from musnad.collection.signing import sign_file

                say(f"wrote {sign_file(path, key)}")
    say(f"wrote {path}")
