"""Reading articles into records, without putting them into a store."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
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
    tell,
    told_of,
    with_progress,
)
from musnad.cli.options import BAD_INPUT, OutputOption, count, say, writing

if TYPE_CHECKING:
    from musnad.record.drafting import Draft


def register(app: typer.Typer) -> None:
    """Add the commands to `app`."""
    app.command(epilog="Example: musnad read seeds --explain")(read)


def read(
    articles: Annotated[
        list[str],
        typer.Argument(
            help="Text files, saved pages (.html), JSON Lines (.jsonl), folders of them, http or https "
            "addresses, or - for standard input."
        ),
    ],
    *,
    outlet: OutletOption = "",
    date: DateOption = "",
    lang: LangOption = "",
    url: UrlOption = "",
    title: TitleOption = "",
    lexicon: LexiconOption = None,
    jobs: JobsOption = 1,
    explain: Annotated[
        bool, typer.Option("--explain", help="Print the reasons of each statement instead of the record.")
    ] = False,
    output: OutputOption = None,
) -> None:
    """Read articles into draft records: one as a JSON object, several as JSON Lines.

    What is given here goes before NAME.meta.json beside NAME.txt or NAME.html, that before a page's own
    metadata, and that before the date line. An article that cannot be read is listed and the rest goes on;
    the exit status is then 2. Nothing is fetched but the addresses given.
    """
    from musnad.collection import count_articles, read_drafts

    told = told_of(articles, outlet=outlet, date=date, lang=lang, url=url, title=title)
    found = read_drafts(articles, told, lexicon=lexicon, jobs=jobs)
    # Records that appear on the terminal are progress enough.
    if output is not None or not sys.stdout.isatty():
        found = with_progress(found, lambda: count_articles(articles), "reading")
    tally = _Tally()
    drafts = tally.over(found)
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
                tell(draft)
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
