"""What the tests of the exports share: graphs to export, and what each form makes of them."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Iterable
from io import BytesIO
from pathlib import Path

import pyoxigraph as ox
import pytest

from musnad.findings.derivation import derive_findings
from musnad.graph.exports import export
from musnad.graph.mapping import map_record
from musnad.graph.vocabulary import load_vocabulary
from musnad.record import Labels, Record, Relay, Source, Span, load_record

SEED = Path(__file__).resolve().parents[2] / "seeds" / "shafaq-2025-10-11" / "record.json"

# An outlet may print anything; none of it may become a statement of the graph.
INJECTION = 'sources\n} . <urn:evil> <urn:evil> "evil" . @prefix m: <urn:evil#> .\r#\\" \u202e\u2028\x07'

Exported = Callable[..., str]


@pytest.fixture(scope="session")
def seed_record() -> Record:
    return load_record(SEED)


@pytest.fixture(scope="session")
def seed(seed_record: Record) -> list[ox.Quad]:
    """Give the quads of the first article."""
    return map_record(seed_record)


@pytest.fixture(scope="session")
def relayed_record(seed_record: Record) -> Record:
    """Give the first article with a relay, a link left unnamed, and an interrupted span in one statement."""
    first, *others = seed_record.statements
    text = seed_record.text
    start = first.content.start
    pieces = ((start, start + 6), (start + 14, first.content.end))
    changed = dataclasses.replace(
        first,
        content=Span(text[start : first.content.end], start, first.content.end, pieces),
        via=(Relay(), Relay(agent="Gulf Wire", mention=Span(text[6:16], 6, 16))),
    )
    return dataclasses.replace(
        seed_record,
        article="relayed",
        url="https://example.org/relayed",
        sources=(*seed_record.sources, Source("Gulf Wire", "outlet", Labels(en="Gulf Wire"))),
        statements=(changed, *others),
    )


@pytest.fixture(scope="session")
def hostile_record(seed_record: Record) -> Record:
    """Give a record whose text, source, title and labels try to end the lines they are written on."""
    text = f"{INJECTION}{seed_record.text}"
    statement = seed_record.statements[0]
    mention = dataclasses.replace(
        statement.source, text=text[:7], start=0, end=7, canonical=INJECTION, kind="anonymous"
    )
    words = Span(text[: len(INJECTION)], 0, len(INJECTION))
    claim = dataclasses.replace(statement.claims[0], evidence=words)
    changed = dataclasses.replace(
        statement, id=INJECTION, source=mention, cue=None, content=words, claims=(claim,)
    )
    return dataclasses.replace(
        seed_record,
        article=INJECTION,
        title=INJECTION,
        text=text,
        sources=(Source(INJECTION, "anonymous", Labels(en=INJECTION, ar=INJECTION)),),
        statements=(changed,),
        quantities=(),
        dates=(),
        places=(),
        alignments=(),
    )


@pytest.fixture(scope="session")
def everything(seed: list[ox.Quad], relayed_record: Record, hostile_record: Record) -> list[ox.Quad]:
    """Give three articles, what comparing the first shows, and the vocabulary."""
    articles = [*seed, *map_record(relayed_record), *map_record(hostile_record)]
    return [*articles, *derive_findings(seed), *load_vocabulary().quads]


@pytest.fixture(scope="session")
def exported() -> Exported:
    """Export quads in a form and give the text."""

    def run(quads: Iterable[ox.Quad], form: str, *, licence: str | None = None) -> str:
        stream = BytesIO()
        export(quads, form, stream, licence=licence)
        return stream.getvalue().decode()

    return run
