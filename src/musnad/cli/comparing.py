"""Comparing what the reader makes of an article with what a person made of it."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from musnad.cli.options import Form, FormOption, OutputOption, put_out, rows_only


def register(app: typer.Typer) -> None:
    """Add the command to `app`."""
    app.command(epilog="Example: musnad compare article.txt reviewed.json")(compare)


def compare(
    article: Annotated[Path, typer.Argument(help="The article, as for musnad read; or a record of it.")],
    record: Annotated[Path, typer.Argument(help="The reviewed record of the same text.")],
    *,
    outlet: Annotated[str, typer.Option("--outlet", help="Who published it.")] = "",
    date: Annotated[str, typer.Option("--date", help="The day of publication, YYYY-MM-DD.")] = "",
    format: FormOption = Form.table,
    output: OutputOption = None,
) -> None:
    """Read an article by machine and compare with a reviewed record: precision and recall.

    Statements match where their cues overlap and their contents share half of their words; a claim is right
    where its predicate, value, polarity and modality are.
    """
    from musnad.collection import Table, read_drafts
    from musnad.record import load_record
    from musnad.record.comparing import compare_records
    from musnad.text.article import Details
    from musnad.views.tables import write_table

    reviewed = load_record(record)
    if article.suffix == ".json":
        read = load_record(article)
    else:
        (draft,) = read_drafts(
            [article], Details(outlet=outlet or reviewed.outlet, date=date or reviewed.date)
        )
        if isinstance(draft, Exception):
            raise draft
        read = draft.record
    rows = tuple(
        (one.what, one.read, one.reviewed, one.right, *(round(share, 3) for share in shares))
        for one in compare_records(read, reviewed)
        for shares in [(one.precision, one.recall, one.f1)]
    )
    columns = ("compared", "read", "reviewed", "right", "precision", "recall", "F1")
    put_out(write_table(Table(columns, rows), rows_only(format)), output)
