"""Putting articles in: build and validate."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from musnad.cli.options import (
    DEFAULT_STORE,
    Form,
    FormOption,
    Language,
    LanguageOption,
    StoreOption,
    open_store,
    put_out,
    rows_only,
    say,
)
from musnad.errors import InvalidRecord

Paths = Annotated[
    list[Path], typer.Argument(help="Records (.json), graphs (.trig .nq .ttl), or folders of records.")
]


def register(app: typer.Typer) -> None:
    """Add the commands to `app`."""
    app.command(epilog="Example: musnad build seeds --store news.musnad")(build)
    app.command(epilog="Example: musnad validate seeds")(validate)


def build(paths: Paths, *, store: StoreOption = DEFAULT_STORE) -> None:
    """Put records into a store and derive the findings anew.

    All records are checked first; if one is wrong, every problem is listed and the store stays as it was.
    """
    from musnad.collection import open_collection, read_all, valid_graphs

    records = read_all(paths)
    # Before the store is opened: a folder for what is refused is not even made.
    graphs = valid_graphs(records)
    with open_collection(store) as news:
        news.put_graphs(graphs)
        counts = news.info()
    claims = sum(len(statement.claims) for record in records for statement in record.statements)
    statements = sum(len(record.statements) for record in records)
    say(
        f"built {_count(len(records), 'article')}: {_count(statements, 'statement')}, "
        f"{_count(claims, 'claim')}; {store} now holds {_count(counts['articles'], 'article')}, "
        f"{_count(counts['claims'], 'claim')} and {_count(counts['findings'], 'finding')}"
    )


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}{'' if number == 1 else 's'}"


def validate(
    paths: Annotated[
        list[Path] | None, typer.Argument(help="Records, graphs, or folders of records.")
    ] = None,
    *,
    store: Annotated[
        str | None, typer.Option("--store", "-s", help="Validate a store instead: a folder or an endpoint.")
    ] = None,
    format: FormOption = Form.table,
    lang: LanguageOption = Language.en,
) -> None:
    """Check records or a store against the shapes and checks; exit with 1 if anything violates them."""
    from musnad.collection import map_records, open_records, validation_table
    from musnad.views.tables import write_table

    if bool(paths) == bool(store):
        raise typer.BadParameter("give paths or --store, and not both")
    errors: list[InvalidRecord] = []
    if store:
        with open_store(store) as news:
            quads = news.quads()
    else:
        records, errors = open_records(paths or [])
        graphs, unmapped = map_records(records)
        errors += unmapped
        quads = [quad for graph in graphs.values() for quad in graph]
    table, conforms = validation_table(quads, lang.value)
    for error in errors:
        say(str(error))
    put_out(write_table(table, rows_only(format)))
    if errors or not conforms:
        raise typer.Exit(1)
    say("everything conforms")
