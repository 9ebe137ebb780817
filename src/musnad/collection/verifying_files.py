"""Verification of files that musnad wrote: backups, exports with named graphs, nanopublications, records."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path

import pyoxigraph as ox

from musnad.collection.input import GRAPH_FORMS, read_records
from musnad.collection.keeping import backup_graphs, check_backup, is_backup
from musnad.collection.signing import is_signed, read_public_key
from musnad.collection.verifying import Part, verify_graphs, verify_nanopublications
from musnad.errors import InvalidRecord, UnreadableRecord, Unverifiable
from musnad.graph.bounds import nests_deeply
from musnad.graph.digests import digest_text
from musnad.record import dump_record
from musnad.terms import NP, RDF

_WITH_GRAPHS = (".trig", ".nq", ".gz")


def verify_file(path: Path, *, key: Path | None = None) -> Iterator[Part]:
    """Derive again what is in a file; with a public `key` check its signature first.

    A file without named graphs, such as Turtle, holds parts that cannot be told apart: only its signature can
    be checked.

    Raises:
        Unverifiable: nothing in it can be derived again, and no key is given.
        UnreadableRecord, InvalidRecord, DamagedBackup: it cannot be read.
        UnusableKey, NoSignature, MissingExtra: the signature cannot be checked.
    """
    try:
        data = path.read_bytes()
    except OSError as error:
        raise UnreadableRecord(
            f"the file cannot be read ({error.strerror})", where=str(path), remedy="Check the path."
        ) from error
    if key is not None:
        good = is_signed(path, read_public_key(key))
        lines = () if good else ("the signature beside it is not that of this file by this key",)
        yield Part(path.name, "signature", sha256(data).hexdigest(), lines)
    ending = path.suffix.lower()
    if is_backup(data):
        yield from verify_graphs(backup_graphs(path), noted=check_backup(path).layout > 1)
    elif ending in (".json", ".jsonl"):
        for record in read_records(path):
            if isinstance(record, InvalidRecord):
                raise record
            yield Part(record.article, "text", digest_text(record.text))
            yield Part(record.article, "record", digest_text(dump_record(record)))
    elif ending in _WITH_GRAPHS:
        yield from _verify_quads(path, data)
    elif key is None:
        raise Unverifiable(
            f"a file {ending or 'of this kind'} has no named graphs, so its parts cannot be told apart",
            where=str(path),
            remedy="Export as .trig or .nq; or give --key to check the signature of the file.",
        )


def _verify_quads(path: Path, data: bytes) -> Iterator[Part]:
    try:
        if nests_deeply(data):
            raise SyntaxError("its triple terms are nested too deeply")
        quads = list(ox.parse(data, format=GRAPH_FORMS[path.suffix.lower()]))
    except (KeyError, SyntaxError, ValueError) as error:
        raise UnreadableRecord(
            f"the graph cannot be read: {error}", where=str(path), remedy="Check the file's syntax."
        ) from error
    kind, nanopublication = ox.NamedNode(RDF("type")), ox.NamedNode(NP("Nanopublication"))
    if any(quad.predicate == kind and quad.object == nanopublication for quad in quads):
        yield from verify_nanopublications(quads)
        return
    graphs: dict[str, list[ox.Quad]] = defaultdict(list)
    for quad in quads:
        graphs[quad.graph_name.value if isinstance(quad.graph_name, ox.NamedNode) else ""].append(quad)
    yield from verify_graphs(graphs, whole=False, noted=False)
