"""Seeing that nothing was changed: verify."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from musnad.cli.options import (
    DEFAULT_STORE,
    Form,
    FormOption,
    OutputOption,
    StoreOption,
    count,
    open_store,
    put_out,
    rows_only,
    say,
)

if TYPE_CHECKING:
    from musnad.collection.verifying import Part


def register(app: typer.Typer) -> None:
    """Add the command to `app`."""
    app.command(epilog="Example: musnad verify --store news.musnad")(verify)


def verify(
    files: Annotated[
        list[Path] | None,
        typer.Argument(
            help="Backups, exports (.trig .nq), nanopublications or records, in place of a store."
        ),
    ] = None,
    *,
    store: StoreOption = DEFAULT_STORE,
    key: Annotated[
        Path | None,
        typer.Option("--key", help="A public key (PEM): check the signature FILE.sig beside each file."),
    ] = None,
    format: FormOption = Form.table,
    output: OutputOption = None,
) -> None:
    """Derive everything again from the stored texts and records; exit with 1 and name what differs.

    Each part is listed with its SHA-256: texts as UTF-8, graphs in the canonical form of the W3C (RDFC-1.0).
    A text that was changed is told to the byte where a quotation shows it, a graph to the triple.
    """
    from musnad.collection import Table
    from musnad.views.tables import write_table

    if key is not None and not files:
        raise typer.BadParameter("a signature lies beside a file: give the file", param_hint="--key")
    parts = list(_parts(files, store, key))
    rows = [
        (part.what, part.kind, part.sha256, line) for part in parts for line in part.differences or (None,)
    ]
    put_out(
        write_table(Table(("part", "kind", "sha256", "difference"), tuple(rows)), rows_only(format)), output
    )
    different = sum(len(part.differences) for part in parts)
    if different:
        say(f"{count(different, 'difference')} in {count(len(parts), 'part')}")
        raise typer.Exit(1)
    say(f"everything follows: {count(len(parts), 'part')} derived again")


def _parts(files: list[Path] | None, store: str, key: Path | None) -> Iterator[Part]:
    from musnad.collection.verifying import verify_store
    from musnad.collection.verifying_files import verify_file

    if files:
        for file in files:
            yield from verify_file(file, key=key)
        return
    with open_store(store) as news:
        yield from verify_store(news.store)
