"""Putting articles in: build and validate."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from musnad.cli.articles import (
    DateOption,
    JobsOption,
    LangOption,
    LexiconOption,
    OutletOption,
    TitleOption,
    UrlOption,
    busy,
    tell,
    told_of,
    with_progress,
)
from musnad.cli.options import (
    BAD_INPUT,
    DEFAULT_STORE,
    Form,
    FormOption,
    Language,
    LanguageOption,
    StoreOption,
    count,
    open_store,
    put_out,
    rows_only,
    say,
)
from musnad.errors import MusnadError

if TYPE_CHECKING:
    from musnad.record import Record


def register(app: typer.Typer) -> None:
    """Add the commands to `app`."""
    app.command(epilog="Example: musnad build seeds --store news.musnad")(build)
    app.command(epilog="Example: musnad validate seeds")(validate)


def build(
    inputs: Annotated[
        list[str],
        typer.Argument(
            help="Records (.json .jsonl), articles (.txt .html .jsonl), graphs (.trig .nq .ttl .nt), "
            "folders, http or https addresses of articles, or - for standard input."
        ),
    ],
    *,
    store: StoreOption = DEFAULT_STORE,
    outlet: OutletOption = "",
    date: DateOption = "",
    lang: LangOption = "",
    url: UrlOption = "",
    title: TitleOption = "",
    lexicon: LexiconOption = None,
    jobs: JobsOption = 1,
) -> None:
    """Put records, and articles read into drafts, into a store and derive the findings anew.

    All records are checked first; if one is wrong, every problem is listed and the store stays as it was.
    An article that cannot be read is listed and left out; the exit status is then 2. The options tell of the
    articles, as for musnad read.
    """
    from musnad.collection import count_articles, open_records, raise_invalid

    told = told_of(inputs, outlet=outlet, date=date, lang=lang, url=url, title=title)
    records, errors = open_records(
        inputs,
        told,
        lexicon=lexicon,
        jobs=jobs,
        watched=lambda drafts, articles: with_progress(drafts, lambda: count_articles(articles), "reading"),
    )
    raise_invalid(errors)
    for error in errors:
        tell(error)
    if records:
        _put(records, store)
    if errors:
        say(f"{count(len(errors), 'article')} could not be read")
    if errors or not records:
        raise typer.Exit(BAD_INPUT)


def _put(records: list[Record], store: str) -> None:
    from musnad.collection import open_collection, valid_graphs

    # Before the store is opened: a folder for what is refused is not even made.
    with busy(f"checking {count(len(records), 'article')}"):
        graphs = valid_graphs(records)
    with open_collection(store) as news:
        with busy("storing, and deriving the findings"):
            news.put_graphs(graphs)
        counts = news.info()
    claims = sum(len(statement.claims) for record in records for statement in record.statements)
    statements = sum(len(record.statements) for record in records)
    say(
        f"built {count(len(records), 'article')}: {count(statements, 'statement')}, "
        f"{count(claims, 'claim')}; {store} now holds {count(counts['articles'], 'article')}, "
        f"{count(counts['claims'], 'claim')} and {count(counts['findings'], 'finding')}"
    )


def validate(
    paths: Annotated[
        list[Path] | None, typer.Argument(help="Records, graphs, or folders of records.")
    ] = None,
    *,
    store: Annotated[
        str | None, typer.Option("--store", "-s", help="Validate a store instead: a folder or an endpoint.")
    ] = None,
    shapes: Annotated[
        bool, typer.Option("--shapes", help="Show how many nodes each shape met, in place of the results.")
    ] = False,
    format: FormOption = Form.table,
    lang: LanguageOption = Language.en,
) -> None:
    """Check records or a store against the shapes and checks; exit with 1 if anything violates them."""
    from musnad.collection import map_records, open_records, validation_tables
    from musnad.views.tables import write_table

    if bool(paths) == bool(store):
        raise typer.BadParameter("give paths or --store, and not both")
    errors: list[MusnadError] = []
    if store:
        with open_store(store) as news:
            quads = news.quads()
    else:
        records, errors = open_records(paths or [])
        graphs, unmapped = map_records(records)
        errors += unmapped
        quads = [quad for graph in graphs.values() for quad in graph]
    results, met, conforms = validation_tables(quads, lang.value)
    for error in errors:
        say(str(error))
    put_out(write_table(met if shapes else results, rows_only(format)))
    nodes = sum(row["nodes"] for row in met)
    if errors or not conforms:
        raise typer.Exit(1)
    say(f"everything conforms: {len(met)} shapes met {count(nodes, 'node')}")
