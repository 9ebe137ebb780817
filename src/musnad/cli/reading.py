"""Reading articles into records, without putting them into a store."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from musnad.cli.options import BAD_INPUT, OutputOption, count, say, writing

if TYPE_CHECKING:
    from musnad.record.drafting import Draft


def register(app: typer.Typer) -> None:
    """Add the commands to `app`."""
    app.command(epilog="Example: musnad read seeds --explain")(read)


def read(
    paths: Annotated[
        list[Path],
        typer.Argument(
            help="Articles: text files, JSON Lines (.jsonl), folders of them, or - for standard input."
        ),
    ],
    *,
    outlet: Annotated[str, typer.Option("--outlet", help="Who published them.")] = "",
    date: Annotated[str, typer.Option("--date", help="The day of publication, YYYY-MM-DD.")] = "",
    lang: Annotated[str, typer.Option("--lang", help="ar or en; by script when not given.")] = "",
    url: Annotated[str, typer.Option("--url", help="The address of the article.")] = "",
    title: Annotated[str, typer.Option("--title", help="The title of the article.")] = "",
    explain: Annotated[
        bool, typer.Option("--explain", help="Print the reasons of each statement instead of the record.")
    ] = False,
    output: OutputOption = None,
) -> None:
    """Read articles into draft records: one as a JSON object, several as JSON Lines.

    What is given here goes before NAME.meta.json beside NAME.txt, and that before the date line. An article
    that cannot be read is listed and the rest goes on; the exit status is then 2.
    """
    from musnad.collection import read_drafts
    from musnad.text.article import Details

    if (url or title) and (len(paths) > 1 or paths[0].is_dir() or paths[0].suffix == ".jsonl"):
        raise typer.BadParameter("an address and a title belong to one article; use metadata files")
    told = Details(lang=lang, outlet=outlet, title=title, date=date, url=url)
    tally = _Tally()
    drafts = tally.over(read_drafts(paths, told))
    _write(_reasons(drafts) if explain else _records(drafts), output)
    say(tally.words())
    if tally.failed:
        raise typer.Exit(BAD_INPUT)


class _Tally:
    """What was read so far, and what could not be."""

    def __init__(self) -> None:
        self.articles = self.statements = self.sources = self.places = self.claims = self.failed = 0

    def over(self, found: Iterator[Draft | Exception]) -> Iterator[Draft]:
        for draft in found:
            if isinstance(draft, Exception):
                self.failed += 1
                say(str(draft))
                continue
            self.articles += 1
            self.statements += len(draft.record.statements)
            self.sources += len(draft.record.sources)
            self.places += len(draft.record.places)
            self.claims += sum(len(statement.claims) for statement in draft.record.statements)
            for note in draft.left_out:
                say(f"{draft.record.article}: left out {note}")
            yield draft

    def words(self) -> str:
        found = (
            f"read {count(self.articles, 'article')}: {count(self.statements, 'statement')} by "
            f"{count(self.sources, 'source')}, {count(self.claims, 'claim')}, "
            f"{count(self.places, 'mention')} of places"
        )
        return f"{found}; {count(self.failed, 'article')} could not be read" if self.failed else found


def _records(drafts: Iterator[Draft]) -> Iterator[str]:
    """Give one record as an object to be looked at, several as a line each."""
    from musnad.record import dump_record

    first = next(drafts, None)
    if first is None:
        return
    second = next(drafts, None)
    if second is None:
        yield dump_record(first.record)
        return
    for draft in (first, second):
        yield _line(dump_record(draft.record))
    for draft in drafts:
        yield _line(dump_record(draft.record))


def _line(record: str) -> str:
    return json.dumps(json.loads(record), ensure_ascii=False) + "\n"


def _reasons(drafts: Iterator[Draft]) -> Iterator[str]:
    from musnad.views.readings import explain_draft

    separator = ""
    for draft in drafts:
        yield separator + explain_draft(draft)
        separator = "\n"


def _write(parts: Iterator[str], output: Path | None) -> None:
    """Write as it is read; a file appears whole or not at all, and not for nothing."""
    if output is None:
        for part in parts:
            sys.stdout.write(part)
        sys.stdout.flush()
        return
    unfinished = output.with_name(f".{output.name}.part")
    with writing(output):
        try:
            with unfinished.open("w", encoding="utf-8", newline="") as file:
                file.writelines(parts)
            if unfinished.stat().st_size:
                unfinished.replace(output)
        finally:
            unfinished.unlink(missing_ok=True)
