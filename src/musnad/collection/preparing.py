"""Records made ready for a store: mapped to graphs, and held against shapes and checks, several at once."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from hashlib import sha256
from pathlib import Path

import pyoxigraph as ox

from musnad.collection.pieces import Known, Piece
from musnad.collection.reading import draft_pieces
from musnad.errors import InvalidRecord, MusnadError
from musnad.graph.mapping import map_record
from musnad.graph.naming import article_graph, article_name
from musnad.graph.sparql import triples_of
from musnad.record import Record, parse_record
from musnad.record.drafting import Draft
from musnad.text.article import Details

__all__ = [
    "Ready",
    "RecordText",
    "check_texts",
    "make_ready",
    "map_texts",
    "parse_graph",
    "prepare",
    "prepare_drafts",
    "read_pieces",
    "text_key",
]


@dataclass(frozen=True, slots=True)
class Ready:
    """The graph of one article, ready to be stored: its quads as N-Quads, and what is counted of it.

    `digest` is equal for equal readings alone, `text` (see `text_key`) for equal texts, of `size` bytes.
    Bytes travel between processes, and into an engine, at a tenth of the cost of as many objects.
    """

    name: str
    article: str
    quads: bytes
    digest: bytes
    text: bytes
    size: int
    statements: int
    claims: int


def text_key(text: str) -> bytes:
    """Give what stands for a text among many: its digest."""
    return sha256(text.encode()).digest()


def make_ready(record: Record) -> Ready:
    """Map a record, without holding it against anything. Raises `InvalidRecord`, as `map_record` does."""
    return _ready(record, map_record(record))


def parse_graph(ready: Ready) -> list[ox.Quad]:
    """Give the quads of a graph that is ready."""
    return list(ox.parse(ready.quads, format=ox.RdfFormat.N_QUADS))


def prepare(records: Sequence[Record]) -> list[Ready | InvalidRecord]:
    """Map records and validate them together; gives, in order, what is ready and what is wrong with the rest.

    The fixed cost of a validation is shared by all of them, so some dozens at a time are best.
    """
    mapped: list[list[ox.Quad] | InvalidRecord] = []
    for record in records:
        try:
            mapped.append(map_record(record))
        except InvalidRecord as error:
            mapped.append(error)
    graphs: dict[str, list[ox.Quad]] = {}
    ready: list[Ready | InvalidRecord] = []
    for record, quads in zip(records, mapped, strict=True):
        if isinstance(quads, InvalidRecord):
            ready.append(quads)
        else:
            one = _ready(record, quads)
            graphs[one.name] = quads
            ready.append(one)
    lines = {one.name: triples_of(one.quads, one.name).decode() for one in ready if isinstance(one, Ready)}
    wrong = _violations(graphs, lines)
    return [wrong.get(one.name, one) if isinstance(one, Ready) else one for one in ready]


def prepare_drafts(drafts: Sequence[Draft | MusnadError | Known]) -> list[Ready | MusnadError | Known]:
    """Prepare what was read; errors, and what is known, stay in their places."""
    prepared = iter(prepare([draft.record for draft in drafts if isinstance(draft, Draft)]))
    return [next(prepared) if isinstance(draft, Draft) else draft for draft in drafts]


# --- the work of a cluster's worker: everything it needs comes with the lot ------------------------------


@dataclass(frozen=True, slots=True)
class RecordText:
    """The JSON text of a record, and where it stands."""

    content: str
    where: str


def check_texts(texts: Sequence[RecordText | InvalidRecord]) -> list[Ready | MusnadError]:
    """Parse, map and validate records; what is right comes back without its quads."""
    parsed = list(map(_parse, texts))
    prepared = iter(prepare([record for record in parsed if isinstance(record, Record)]))
    checked = [next(prepared) if isinstance(record, Record) else record for record in parsed]
    return [replace(one, quads=b"") if isinstance(one, Ready) else one for one in checked]


def map_texts(texts: Sequence[RecordText | InvalidRecord]) -> list[Ready | MusnadError]:
    """Parse and map records that were checked before."""
    parsed = map(_parse, texts)
    return [make_ready(record) if isinstance(record, Record) else record for record in parsed]


def _parse(text: RecordText | InvalidRecord) -> Record | MusnadError:
    try:
        return parse_record(text.content, where=text.where) if isinstance(text, RecordText) else text
    except MusnadError as error:
        return error


def read_pieces(
    pieces: Sequence[Piece], *, told: Details, lexicon: Path | None
) -> list[Ready | MusnadError | Known]:
    """Read articles, map and validate what was read."""
    return prepare_drafts(list(draft_pieces(pieces, told, lexicon=lexicon)))


def _violations(graphs: dict[str, list[ox.Quad]], lines: dict[str, str]) -> dict[str, InvalidRecord]:
    from musnad.validation import conforms, validate

    if not graphs or conforms(graphs, lines):
        return {}
    wrong = {}
    # Something is wrong somewhere, which is rare: looked at alone, each graph tells its own.
    for name, quads in graphs.items():
        report = validate(quads)
        if not report.conforms:
            wrong[name] = InvalidRecord(report.problems("en", severity="violation"))
    return wrong


def _ready(record: Record, quads: list[ox.Quad]) -> Ready:
    lines = ox.serialize(quads, format=ox.RdfFormat.N_QUADS) or b""
    return Ready(
        name=article_graph(article_name(record)),
        article=record.article,
        quads=lines,
        digest=sha256(lines).digest(),
        text=text_key(record.text),
        size=len(record.text.encode()),
        statements=len(record.statements),
        claims=sum(len(statement.claims) for statement in record.statements),
    )
