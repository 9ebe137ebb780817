"""Pictures: one claim's chain, the matrix and the network of sources, a question's timeline."""

from __future__ import annotations

import sys
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from musnad.cli.options import (
    DEFAULT_STORE,
    Language,
    LanguageOption,
    StoreOption,
    open_store,
    put_out_bytes,
    say,
)


class Kind(StrEnum):
    """What a picture shows."""

    chain = "chain"
    matrix = "matrix"
    timeline = "timeline"
    network = "network"


class PictureForm(StrEnum):
    """How a picture is written."""

    svg = "svg"
    png = "png"


_NEEDED = {
    Kind.chain: "name a claim: an IRI, a short id such as s1c1, or words of the statement",
    Kind.timeline: "name a question: words of it or of what it is asked of",
}


def register(app: typer.Typer) -> None:
    """Add the command to `app`."""
    app.command(epilog="Example: musnad plot chain s13c3 --store news.musnad --output chain.svg")(plot)


def plot(
    kind: Annotated[Kind, typer.Argument(help="What to draw.")],
    subject: Annotated[
        str | None,
        typer.Argument(
            help="For a chain a claim, as `trace` takes it; for a timeline words of a question, or its IRI."
        ),
    ] = None,
    *,
    store: StoreOption = DEFAULT_STORE,
    output: Annotated[
        Path | None,
        typer.Option("--output", "-o", help="Write to this file, in the form its ending names."),
    ] = None,
    format: Annotated[
        PictureForm | None,
        typer.Option("--format", "-f", help="SVG or PNG, whatever the file's ending; SVG without a file."),
    ] = None,
    lang: LanguageOption = Language.en,
) -> None:
    """Draw a picture as SVG or PNG.

    chain: one claim from its speaker through every hand to the characters. matrix: how often each source
    agrees and conflicts with each other one. timeline: who held which position on one question, and when.
    network: who passes on whose words, and between whom findings stand.
    """
    from musnad.views.charts import draw_picture, picture_form

    form = picture_form(output, format.value if format else None)
    if kind in _NEEDED and not subject:
        raise typer.BadParameter(_NEEDED[kind], param_hint="SUBJECT")
    if kind not in _NEEDED and subject:
        raise typer.BadParameter(f"a {kind.value} shows all sources and takes none", param_hint="SUBJECT")
    if output is None and form == "png" and sys.stdout.isatty():
        raise typer.BadParameter("a PNG is no text for a terminal: name a file", param_hint="--output")
    with open_store(store) as news:
        picture = draw_picture(news, kind.value, subject or "", lang.value)
        data = picture.to_bytes(form)
    put_out_bytes(data, output)
    if output is not None:
        say(f"drew {output}: {picture.title}")
