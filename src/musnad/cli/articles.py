"""What the commands that read articles share: their options, and the bar that shows how far they are."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, TypeVar

import typer

from musnad.cli.logs import noted, shows_bars, timed
from musnad.cli.options import complain, debugging

if TYPE_CHECKING:
    from musnad.text.article import Details

OutletOption = Annotated[str, typer.Option("--outlet", help="Who published the articles.")]
DateOption = Annotated[str, typer.Option("--date", help="The day of publication, YYYY-MM-DD.")]
LangOption = Annotated[
    str, typer.Option("--lang", help="The language of the articles, ar or en; told by the text if not given.")
]
UrlOption = Annotated[str, typer.Option("--url", help="The address of the article.")]
TitleOption = Annotated[str, typer.Option("--title", help="The title of the article.")]
LexiconOption = Annotated[
    Path | None, typer.Option("--lexicon", help="A folder of language data of your own, added to musnad's.")
]
JobsOption = Annotated[
    int,
    typer.Option("--jobs", "-j", min=1, max=64, help="Read in so many processes; the result is the same."),
]

ClusterOption = Annotated[
    str | None,
    typer.Option(
        "--cluster",
        metavar="ADDRESS",
        help="Read, check and compare on a Dask cluster: its tcp://host:port, or local:N for N processes.",
    ),
]

T = TypeVar("T")


def told_of(given: list[str], *, outlet: str, date: str, lang: str, url: str, title: str) -> Details:
    """Give what the options tell of the articles; an address and a title belong to one article alone."""
    from musnad.text.article import Details

    many = len(given) > 1 or Path(given[0]).is_dir() or given[0].lower().endswith((".jsonl", ".parquet"))
    if (url or title) and many:
        raise typer.BadParameter("an address and a title belong to one article; use metadata files")
    return Details(lang=lang, outlet=outlet, title=title, date=date, url=url)


def tell(error: Exception) -> None:
    """Say what is wrong with an article; with `--debug`, an error of the reader's own is raised."""
    from musnad.errors import ReadingFailed

    if debugging() and isinstance(error, ReadingFailed):
        raise error
    complain(error)


def with_progress(things: Iterable[T], total: Callable[[], int | None], doing: str) -> Iterator[T]:
    """Pass things on while a bar on standard error counts them; without a bar where that is no terminal."""
    things = noted(things, doing)
    if not shows_bars():
        yield from things
        return
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    # What is said meanwhile goes above the bar; data goes where it went.
    with Progress(*columns, console=Console(stderr=True), transient=True, redirect_stdout=False) as progress:
        task = progress.add_task(doing, total=total())
        for thing in things:
            yield thing
            progress.advance(task)


@contextmanager
def busy(doing: str) -> Iterator[None]:
    """Show on a terminal that something is being done of which the end cannot be told."""
    with timed(doing):
        if not shows_bars():
            yield
            return
        from rich.console import Console

        with Console(stderr=True).status(doing):
            yield


class OnTerminal:
    """Shows how far a build is, as `musnad.collection.Shown` describes it."""

    def over(self, things: Iterable[T], total: Callable[[], int | None], doing: str) -> Iterator[T]:
        """Count things with a bar."""
        return with_progress(things, total, doing)

    def busy(self, doing: str) -> AbstractContextManager[None]:
        """Show that something is going on."""
        return busy(doing)
