"""What is in the graph, as files that other tools load: one module per form."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from io import TextIOBase
from pathlib import Path
from typing import IO, Final, cast

import pyoxigraph as ox

from musnad.errors import UnfitOption, UnknownForm
from musnad.graph.descriptions import Descriptions
from musnad.graph.exports.evidence import check_evidence
from musnad.graph.exports.json_ld import write_jsonld
from musnad.graph.exports.nanopublications import write_nanopublications
from musnad.graph.exports.nquads import stream_nquads, write_nquads
from musnad.graph.exports.parts import Holdings
from musnad.graph.exports.provenance import write_prov
from musnad.graph.exports.rdf12 import write_rdf12
from musnad.graph.exports.turtle import stream_trig, stream_turtle, write_trig, write_turtle
from musnad.terms import PAST_GRAPHS

__all__ = ["FORMS", "Form", "Holdings", "export", "export_file"]

Writer = Callable[..., Iterator[str]]


@dataclass(frozen=True, slots=True)
class Form:
    """One form of export: its media type, the ending of its files, its writer and the options that takes.

    `streamer` writes the same from a store in memory that does not grow with it, where there is a way.
    """

    media_type: str
    extension: str
    writer: Writer
    streamer: Writer | None = None
    options: tuple[str, ...] = ()


FORMS: Final[dict[str, Form]] = {
    "turtle": Form("text/turtle", ".ttl", write_turtle, stream_turtle),
    "trig": Form("application/trig", ".trig", write_trig, stream_trig),
    "nquads": Form("application/n-quads", ".nq", write_nquads, stream_nquads),
    "jsonld": Form("application/ld+json", ".jsonld", write_jsonld),
    "prov": Form("text/turtle", ".prov.ttl", write_prov),
    "rdf12": Form("text/turtle", ".rdf12.ttl", write_rdf12),
    "nanopub": Form("application/trig", ".nanopub.trig", write_nanopublications, options=("licence",)),
}
"""Every form by name, in the order in which help lists them."""


_WITH_GRAPHS: Final = ("trig", "nquads")


def export(
    quads: Iterable[ox.Quad] | Holdings,
    form: str,
    stream: IO[str] | IO[bytes],
    *,
    licence: str | None = None,
) -> None:
    r"""Write quads, or what a store holds, to a text or binary stream in a form of `FORMS`.

    The same quads give the same bytes.

    `quads` are whole graphs of articles and, if they are wanted, those of the findings and the vocabulary.
    Turtle, TriG and N-Quads of what a store holds take memory that does not grow with it.
    Binary streams get UTF-8. A text stream should not translate line ends (`newline=""`). `licence` is the
    IRI of the licence that nanopublications are put under.

    Raises `UnknownForm` for a form that is not listed, `UnfitOption` for a licence with another form than
    `nanopub`, and `OrphanedSpan` when the words of a span are not those of its article; then nothing is
    written.

    >>> from io import StringIO
    >>> quad = ox.Quad(ox.NamedNode("urn:a"), ox.NamedNode("urn:b"), ox.Literal("c"))
    >>> stream = StringIO()
    >>> export([quad], "nquads", stream)
    >>> stream.getvalue()
    '<urn:a> <urn:b> "c" .\n'
    """
    chunks = _chunks(quads, form, {"licence": licence})
    if isinstance(stream, TextIOBase):
        stream.writelines(chunks)
    else:
        cast(IO[bytes], stream).writelines(chunk.encode() for chunk in chunks)


def export_file(
    quads: Iterable[ox.Quad] | Holdings, path: Path, form: str | None = None, *, licence: str | None = None
) -> Path:
    """Write quads, or what a store holds, to a file and give its path; its ending tells the form.

    Nothing is written, and a file that was there stays, when an error is raised: those of `export`, or
    `OSError`.
    """
    chunks = _chunks(quads, form or _form_of(path), {"licence": licence})
    part = path.with_name(f".{path.name}.part")
    try:
        with part.open("w", encoding="utf-8", newline="") as stream:
            stream.writelines(chunks)
        part.replace(path)
    finally:
        part.unlink(missing_ok=True)
    return path


def _chunks(given: Iterable[ox.Quad] | Holdings, form: str, options: dict[str, str | None]) -> Iterator[str]:
    """See that all is well, and only then give what the form's writer writes."""
    if form not in FORMS:
        raise UnknownForm(f"there is no form {form!r}", remedy=f"Use one of: {', '.join(FORMS)}.")
    told = {name: value for name, value in options.items() if value is not None}
    for name in told.keys() - set(FORMS[form].options):
        takers = ", ".join(other for other in FORMS if name in FORMS[other].options)
        raise UnfitOption(f"{form} takes no {name}", remedy=f"Leave it out, or use the form {takers}.")
    if isinstance(given, Holdings):
        if form not in _WITH_GRAPHS and given.history and any(map(_is_past, given.graphs())):
            raise _without_graphs(form)
        if streamer := FORMS[form].streamer:
            return streamer(given)
    said = Descriptions(given.quads() if isinstance(given, Holdings) else given)
    if form not in _WITH_GRAPHS and any(map(_is_past, said.homes)):
        raise _without_graphs(form)
    check_evidence(said)
    return FORMS[form].writer(said, **told)


def _without_graphs(form: str) -> UnfitOption:
    return UnfitOption(
        f"{form} has no named graphs, and what an article's readings said once is not said now",
        remedy=f"Leave the history out, or use the form {' or '.join(_WITH_GRAPHS)}.",
    )


def _is_past(graph: str) -> bool:
    return graph.startswith(PAST_GRAPHS)


def _form_of(path: Path) -> str:
    endings = {form.extension: name for name, form in FORMS.items()}
    # The longest ending that fits: .prov.ttl before .ttl.
    for ending in sorted(endings, key=len, reverse=True):
        if path.name.endswith(ending):
            return endings[ending]
    raise UnknownForm(
        f"no form of export goes with the name {path.name}",
        remedy=f"End it in {', '.join(endings)}, or name the form: {', '.join(FORMS)}.",
    )
