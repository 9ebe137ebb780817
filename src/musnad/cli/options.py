"""Options that several commands share, defined once."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from musnad.cli.logs import write_line
from musnad.errors import UnwritableOutput

if TYPE_CHECKING:
    from musnad.collection import Collection

DEFAULT_STORE = "news.musnad"
BAD_INPUT = 2


class Form(StrEnum):
    """How rows are written."""

    table = "table"
    csv = "csv"
    json = "json"
    ttl = "ttl"


class Language(StrEnum):
    """The language of labels and explanations; quotations stay as they are."""

    en = "en"
    ar = "ar"


StoreOption = Annotated[
    str,
    typer.Option(
        "--store",
        "-s",
        envvar="MUSNAD_STORE",
        help="A folder, or the address of a SPARQL endpoint.",
        show_default=True,
    ),
]
FormOption = Annotated[Form, typer.Option("--format", "-f", help="How to write the rows.")]
LanguageOption = Annotated[Language, typer.Option("--lang", "-l", help="The language of labels and reasons.")]
ReviewedOption = Annotated[
    bool, typer.Option("--reviewed", help="Only what a person reviewed, and what follows from that.")
]
AsOfOption = Annotated[
    str | None,
    typer.Option("--as-of", metavar="DATE", help="Only what was published, and not withdrawn, by this day."),
]
OutputOption = Annotated[
    Path | None, typer.Option("--output", "-o", help="Write to this file instead of standard output.")
]


def open_store(store: str, *, reviewed: bool = False, as_of: str | None = None) -> Collection:
    """Open a collection to read from; a folder that is not there is an error.

    With `reviewed` it is the view of what a person reviewed, with `as_of` of what stood on a day.
    """
    from musnad.collection import open_collection

    news = open_collection(store, create=False)
    if news.unfinished:
        say("a build of this store was stopped before its findings were derived; run it again to finish it")
    if not reviewed and as_of is None:
        return news
    with news:
        seen = news if as_of is None else news.as_of(as_of)
        return seen.reviewed() if reviewed else seen


def rows_only(form: Form) -> str:
    """Give the name of a form that rows can have; rows are no triples."""
    if form is Form.ttl:
        raise typer.BadParameter("rows are no triples: use table, csv or json", param_hint="--format")
    return form.value


def put_out(text: str, output: Path | None = None) -> None:
    """Write data to standard output, or to a file as a whole: never half of it."""
    if output is None:
        sys.stdout.write(text)
        sys.stdout.flush()
        return
    put_out_bytes(text.encode(), output)


def put_out_bytes(data: bytes, output: Path | None = None) -> None:
    """Write data that is no text; see `put_out`."""
    if output is None:
        sys.stdout.buffer.write(data)
        sys.stdout.buffer.flush()
        return
    part = output.with_name(f".{output.name}.part")
    with writing(output):
        try:
            part.write_bytes(data)
            part.replace(output)
        finally:
            part.unlink(missing_ok=True)


@contextmanager
def writing(output: Path) -> Iterator[None]:
    """Turn what the system says about a file that cannot be written into an error with a code."""
    try:
        yield
    except OSError as error:
        raise UnwritableOutput(
            f"the file cannot be written ({error.strerror})",
            where=str(output),
            remedy="Give a file in a folder that is there.",
        ) from error


def count(number: int, noun: str) -> str:
    """Write a number of things: 1 article, 2 articles."""
    return f"{number} {noun}{'' if number == 1 else 's'}"


def say(text: str) -> None:
    """Write words for the person at the terminal to standard error."""
    write_line("info", text)


def complain(error: Exception) -> None:
    """Say what went wrong; in JSON lines its code, place and remedy stand apart."""
    parts = {name: getattr(error, name, "") for name in ("code", "what", "where", "remedy")}
    write_line("error", str(error), **{name: value for name, value in parts.items() if value})


def debugging() -> bool:
    """Tell whether tracebacks are wanted: `--debug`, or MUSNAD_DEBUG set to anything."""
    return bool(os.environ.get("MUSNAD_DEBUG"))
