"""Keeping a store: a backup in one file that proves itself, the way back, the move to a newer layout."""

from __future__ import annotations

import gzip
import re
import zlib
from collections import defaultdict
from dataclasses import dataclass
from hashlib import sha256
from io import BytesIO
from pathlib import Path
from typing import Final

import pyoxigraph as ox

from musnad.errors import DamagedBackup, StoreInUse
from musnad.graph.bounds import nests_deeply
from musnad.graph.layout import LAYOUT, read_layout, write_layout
from musnad.graph.sparql import replacement_update
from musnad.graph.store import Store, dump_nquads, open_store

LARGEST_RATIO: Final = 200  # quads of ours take a twentieth when they are packed; a bomb takes a thousandth
_HEADER: Final = re.compile(rb"# musnad backup: layout (\d{1,6}), (\d{1,18}) quads, sha256 ([0-9a-f]{64})\n")


@dataclass(frozen=True, slots=True)
class Backup:
    """What a backup holds: the number of its quads, and the SHA-256 of their sorted N-Quads."""

    quads: int
    digest: str


def digest_store(store: Store) -> Backup:
    """Give the number of quads in a store's named graphs and the SHA-256 of their sorted N-Quads."""
    content = dump_nquads(store).encode()
    return Backup(content.count(b"\n"), sha256(content).hexdigest())


def back_up(store: Store, path: Path) -> Backup:
    """Write all that a store says to one file, gzipped where its name ends in .gz; the file appears whole.

    It is sorted N-Quads under a comment with their number and SHA-256, so the same content gives the same
    bytes, and any RDF tool reads it. The quads are one reading of the store: on a folder a snapshot, on an
    endpoint one answer. Raises `OSError` where the file cannot be written.
    """
    content = dump_nquads(store).encode()
    found = Backup(content.count(b"\n"), sha256(content).hexdigest())
    header = f"# musnad backup: layout {LAYOUT}, {found.quads} quads, sha256 {found.digest}\n".encode()
    data = header + content
    if path.suffix == ".gz":
        data = gzip.compress(data, mtime=0)
    part = path.with_name(f".{path.name}.part")
    try:
        part.write_bytes(data)
        # Read back from the disk: a backup is worth what can be read of it.
        _check(path, _read(part))
        part.replace(path)
    finally:
        part.unlink(missing_ok=True)
    return found


def is_backup(data: bytes) -> bool:
    """Whether bytes begin as those of a backup do, or are packed."""
    return data.startswith((b"# musnad backup: ", b"\x1f\x8b"))


def backup_graphs(path: Path) -> dict[str, list[ox.Quad]]:
    """Give the quads of a backup by the names of their graphs; raises `DamagedBackup`."""
    data = _read(path)
    _check(path, data)
    return _graphs(path, data)


def check_backup(path: Path) -> Backup:
    """Give what a backup holds, once its content is found to be that; raises `DamagedBackup`."""
    return _check(path, _read(path))


def restore_backup(path: Path, store: Store) -> Backup:
    """Put a backup into a store that holds nothing, in one transaction, and compare what is then there.

    Raises:
        DamagedBackup: the file is no backup, or not what was backed up; the store is as it was.
        StoreInUse: the store holds something.
    """
    data = _read(path)
    found = _check(path, data)
    graphs = _graphs(path, data)
    if store.count():
        raise StoreInUse(
            "the store already holds something",
            remedy="Restore into a new folder or an empty endpoint; move the old one away first.",
        )
    store.replace(graphs)
    if digest_store(store) != found:
        store.replace({}, drop=list(graphs))
        raise _damaged(path, "what the store made of it is not what was backed up")
    return found


def migrate(location: str | Path) -> tuple[int, int]:
    """Bring a store to this musnad's layout, in one transaction; gives the layouts it had and has.

    One that has it already is left alone; one that is stopped is begun anew. An endpoint has no mark, and is
    laid out in any case. Raises the errors of `open_store`.
    """
    folder = None if isinstance(location, str) and "://" in location else Path(location)
    with open_store(location, create=False, older=True) as store:
        before = read_layout(folder) if folder is not None else 0
        if before == LAYOUT:
            return before, LAYOUT
        graphs = {name: list(store.quads(name)) for name in store.graphs()}
        # Layout 1: the default graph is the set of what the named graphs say.
        store.update(f"CLEAR DEFAULT ;\n{replacement_update(graphs)}" if graphs else "CLEAR DEFAULT")
        if folder is not None:
            write_layout(folder)
    return before, LAYOUT


def _read(path: Path) -> bytes:
    """Give the content of a backup file, unpacked if it is gzipped."""
    try:
        data = path.read_bytes()
        return _unpack(path, data) if data.startswith(b"\x1f\x8b") else data
    except (OSError, EOFError, zlib.error) as error:
        raise _damaged(path, f"the file cannot be read ({error})") from error


def _unpack(path: Path, data: bytes) -> bytes:
    largest = LARGEST_RATIO * len(data)
    with gzip.open(BytesIO(data)) as file:
        content = file.read(largest + 1)
    if len(content) > largest:
        raise _damaged(path, f"it unpacks to more than {LARGEST_RATIO} times its size, which no backup does")
    return content


def _check(path: Path, data: bytes) -> Backup:
    """Give what a backup says it holds, once its content is found to be that."""
    header = _HEADER.match(data)
    if header is None:
        raise _damaged(path, "it does not begin as a backup of musnad's does")
    if not 1 <= int(header[1]) <= LAYOUT:
        raise _damaged(path, f"it is of layout {int(header[1])}, and this musnad knows 1 to {LAYOUT}")
    found = Backup(int(header[2]), header[3].decode())
    digest = sha256(memoryview(data)[header.end() :]).hexdigest()
    if digest != found.digest:
        raise _damaged(path, f"the SHA-256 of its content is {digest}, and {found.digest} was backed up")
    lines = data.count(b"\n") - 1
    if lines != found.quads:
        raise _damaged(path, f"it has {lines} quads, and says that it has {found.quads}")
    return found


def _graphs(path: Path, data: bytes) -> dict[str, list[ox.Quad]]:
    """Give the quads of a backup by the names of their graphs."""
    graphs: dict[str, list[ox.Quad]] = defaultdict(list)
    try:
        if nests_deeply(data):
            raise SyntaxError("its triple terms are nested too deeply")
        for quad in ox.parse(data, format=ox.RdfFormat.N_QUADS):
            if not isinstance(quad.graph_name, ox.NamedNode):
                raise SyntaxError(f"a quad is in no named graph: {quad}")
            graphs[quad.graph_name.value].append(quad)
    except (SyntaxError, ValueError) as error:
        raise _damaged(path, str(error)) from error
    return graphs


def _damaged(path: Path, what: str) -> DamagedBackup:
    return DamagedBackup(
        what, where=str(path), remedy="Take another copy of it, or an earlier backup. Nothing was restored."
    )
