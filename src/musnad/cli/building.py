"""Putting articles in: build and validate."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from musnad.cli.articles import (
    ClusterOption,
    DateOption,
    JobsOption,
    LangOption,
    LexiconOption,
    OnTerminal,
    OutletOption,
    TitleOption,
    UrlOption,
    tell,
    told_of,
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
    from musnad.collection import Collection


def register(app: typer.Typer) -> None:
    """Add the commands to `app`."""
    app.command(epilog="Example: musnad build seeds --store news.musnad")(build)
    app.command(epilog="Example: musnad validate seeds")(validate)


def build(
    inputs: Annotated[
        list[str],
        typer.Argument(
            help="Records (.json .jsonl), articles (.txt .html .jsonl .parquet), graphs (.trig .nq .ttl "
            ".nt), folders, http or https addresses of articles, s3:// and the like, or - for standard input."
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
    cluster: ClusterOption = None,
) -> None:
    """Put records, and articles read into drafts, into a store and derive the findings anew.

    All records are checked first; if one is wrong, every problem is listed and the store stays as it was.
    An article that cannot be read is listed and left out; the exit status is then 2. The options tell of the
    articles, as for musnad read.

    There may be any number of records and articles: they go in lot by lot. A build that was stopped goes on
    where it was when it is run again: what the store has is not read or checked again.
    """
    from musnad.collection import Workers, open_collection
    from musnad.collection import build as build_store

    if cluster and jobs > 1:
        raise typer.BadParameter("give --jobs or --cluster, and not both")
    told = told_of(inputs, outlet=outlet, date=date, lang=lang, url=url, title=title)
    counts: dict[str, int] = {}

    @contextmanager
    def opened() -> Iterator[Collection]:
        with open_collection(store) as news:
            yield news
            counts.update(news.info())

    with Workers(cluster) if cluster else nullcontext() as workers:
        built = build_store(
            inputs,
            opened,
            there="://" in store or Path(store).exists(),
            told=told,
            lexicon=lexicon,
            jobs=jobs,
            workers=workers,
            shown=OnTerminal(),
            tell=tell,
        )
    if built.articles or built.kept:
        say(
            f"built {count(built.articles, 'article')}: {count(built.statements, 'statement')}, "
            f"{count(built.claims, 'claim')}"
            + (f"; kept {count(built.kept, 'article')} as the store has them" if built.kept else "")
            + f"; {store} now holds {count(counts['articles'], 'article')}, "
            f"{count(counts['claims'], 'claim')} and {count(counts['findings'], 'finding')}"
        )
    if built.failed:
        say(f"{count(built.failed, 'article')} could not be read")
    if built.refused:
        say(f"{count(built.refused, 'draft')} left out, since the store has a reviewed reading")
    if built.failed or built.refused or not (built.articles or built.kept):
        raise typer.Exit(BAD_INPUT)


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
