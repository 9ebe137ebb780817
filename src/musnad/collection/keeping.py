"""Keeping a store: a backup in one file that proves itself, the way back, the move to a newer layout."""

from __future__ import annotations

import gzip
import re
import tempfile
import zlib
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from functools import partial
from hashlib import sha256
from itertools import chain
from pathlib import Path
from typing import IO, Final, cast

import pyoxigraph as ox

from musnad.collection.sorting import sort_lines
from musnad.errors import DamagedBackup, InvalidRecord, StoreInUse
from musnad.graph.bounds import nests_deeply
from musnad.graph.digests import seal_findings
from musnad.graph.layout import LAYOUT, read_layout, write_layout
from musnad.graph.mapping import map_record
from musnad.graph.restoring import restore_record
from musnad.graph.sparql import replacement_update
from musnad.graph.store import Store, open_store
from musnad.terms import ARTICLE_GRAPHS, DIGESTS_GRAPH, FINDINGS_GRAPH, PAST_GRAPHS

LARGEST_RATIO: Final = 200  # quads of ours take a twentieth when they are packed; a bomb takes a thousandth
_GZIP: Final = 31  # for zlib: the largest window, in a gzip file without a time
_PIECE: Final = 1 << 20
_LONGEST_HEADER: Final = 200
_HEADER: Final = re.compile(rb"# musnad backup: layout (\d{1,6}), (\d{1,18}) quads, sha256 ([0-9a-f]{64})\n")


@dataclass(frozen=True, slots=True)
class Backup:
    """What a backup holds: how many quads, the SHA-256 of their sorted N-Quads, and of which layout."""

    quads: int
    digest: str
    layout: int = LAYOUT

    @property
    def header(self) -> bytes:
        """The comment that a backup begins with."""
        return f"# musnad backup: layout {self.layout}, {self.quads} quads, sha256 {self.digest}\n".encode()


class _Counted:
    """Counts lines and hashes them as they pass."""

    def __init__(self, layout: int = LAYOUT) -> None:
        self._quads, self._hash, self._layout = 0, sha256(), layout

    def take(self, piece: bytes) -> None:
        """Take the next bytes, of any number of lines."""
        self._quads += piece.count(b"\n")
        self._hash.update(piece)

    @property
    def backup(self) -> Backup:
        return Backup(self._quads, self._hash.hexdigest(), self._layout)


def digest_store(store: Store) -> Backup:
    """Give the number of quads in a store's named graphs and the SHA-256 of their sorted N-Quads."""
    return _count_lines(f"{quad} .\n".encode() for quad in store.quads())


def _count_lines(lines: Iterable[bytes]) -> Backup:
    found = _Counted()
    for line in sort_lines(lines):
        found.take(line)
    return found.backup


def back_up(store: Store, path: Path, *, layout: int = LAYOUT) -> Backup:
    """Write all that a store says to one file, gzipped where its name ends in .gz; the file appears whole.

    It is sorted N-Quads under a comment with their number and SHA-256, so the same content gives the same
    bytes, and any RDF tool reads it. The quads are one reading of the store: on a folder a snapshot, which is
    written in memory that does not grow with it; on an endpoint one answer, which memory has to hold.
    `layout` is that of the store. Raises `OSError` where the file cannot be written.
    """
    part = path.with_name(f".{path.name}.part")
    # Layouts 0 and 1 have the same named graphs.
    found = _Counted(max(1, layout))
    try:
        # The comment that comes first has the number and the hash of all that follows.
        with tempfile.TemporaryFile(dir=path.parent) as content:
            for line in sort_lines((f"{quad} .\n".encode() for quad in store.quads()), path.parent):
                found.take(line)
                content.write(line)
            content.seek(0)
            with part.open("wb") as file:
                packer = zlib.compressobj(9, zlib.DEFLATED, _GZIP) if path.suffix == ".gz" else None
                for piece in chain((found.backup.header,), iter(partial(content.read, _PIECE), b"")):
                    file.write(packer.compress(piece) if packer else piece)
                file.write(packer.flush() if packer else b"")
        # Read back from the disk: a backup is worth what can be read of it.
        if check_backup(part) != found.backup:
            raise _damaged(path, "what was written is not what can be read of it")
        part.replace(path)
    finally:
        part.unlink(missing_ok=True)
    return found.backup


def is_backup(data: bytes) -> bool:
    """Whether bytes begin as those of a backup do, or are packed."""
    return data.startswith((b"# musnad backup: ", b"\x1f\x8b"))


def backup_graphs(path: Path) -> dict[str, list[ox.Quad]]:
    """Give the quads of a backup by the names of their graphs; raises `DamagedBackup`."""
    check_backup(path)
    return _graphs(path)


def check_backup(path: Path) -> Backup:
    """Give what a backup holds, once its content is found to be that; raises `DamagedBackup`."""
    found = _Counted()
    with _unpacked(path) as file:
        header = _HEADER.fullmatch(file.readline(_LONGEST_HEADER))
        if header is None:
            raise _damaged(path, "it does not begin as a backup of musnad's does")
        if not 1 <= int(header[1]) <= LAYOUT:
            raise _damaged(path, f"it is of layout {int(header[1])}, and this musnad knows 1 to {LAYOUT}")
        while piece := file.read(_PIECE):
            found.take(piece)
    told = Backup(int(header[2]), header[3].decode(), int(header[1]))
    if found.backup.digest != told.digest:
        what = f"the SHA-256 of its content is {found.backup.digest}, and {told.digest} was backed up"
        raise _damaged(path, what)
    if found.backup.quads != told.quads:
        raise _damaged(path, f"it has {found.backup.quads} quads, and says that it has {told.quads}")
    return told


def restore_backup(path: Path, store: Store) -> Backup:
    """Put a backup into a store that holds nothing, in one transaction, and compare what is then there.

    A backup of an older layout is brought to this one. Gives what the store then holds.

    Raises:
        DamagedBackup: the file is no backup, or not what was backed up; the store is as it was.
        StoreInUse: the store holds something.
    """
    found = check_backup(path)
    graphs = _graphs(path)
    if found.layout < LAYOUT:
        graphs = _with_digests(graphs)
        found = _count_lines(f"{quad} .\n".encode() for quads in graphs.values() for quad in quads)
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
        graphs = _with_digests({name: list(store.quads(name)) for name in store.graphs()})
        # Layout 1: the default graph is the set of what the named graphs say.
        store.update(f"CLEAR DEFAULT ;\n{replacement_update(graphs)}" if graphs else "CLEAR DEFAULT")
        if folder is not None:
            write_layout(folder)
    return before, LAYOUT


def _with_digests(graphs: Mapping[str, list[ox.Quad]]) -> dict[str, list[ox.Quad]]:
    """Give graphs by name with the digests that layout 2 notes; what is no record stays as it is."""
    noted = dict(graphs)
    for name, quads in graphs.items():
        if name.startswith((ARTICLE_GRAPHS, PAST_GRAPHS)):
            with suppress(InvalidRecord):
                graph = ox.NamedNode(name)
                mapped = map_record(restore_record(quads))
                noted[name] = [ox.Quad(q.subject, q.predicate, q.object, graph) for q in mapped]
    if seal := seal_findings(graphs.get(FINDINGS_GRAPH, [])):
        noted[DIGESTS_GRAPH] = seal
    return noted


@contextmanager
def _unpacked(path: Path) -> Iterator[IO[bytes]]:
    """Open a backup file, unpacked if it is gzipped, never to more than a backup unpacks to."""
    try:
        with path.open("rb") as raw:
            packed = raw.read(2) == b"\x1f\x8b"
            raw.seek(0)
            yield cast("IO[bytes]", _Bounded(path, raw)) if packed else raw
    except (OSError, EOFError, zlib.error) as error:
        raise _damaged(path, f"the file cannot be read ({error})") from error


class _Bounded(gzip.GzipFile):
    """A gzipped file that ends in an error where it unpacks to more than any backup does."""

    def __init__(self, path: Path, raw: IO[bytes]) -> None:
        super().__init__(fileobj=raw)
        self._path = path
        self._left = LARGEST_RATIO * path.stat().st_size

    def read(self, size: int | None = -1) -> bytes:
        data = super().read(size)
        self._left -= len(data)
        if self._left < 0:
            what = f"it unpacks to more than {LARGEST_RATIO} times its size, which no backup does"
            raise _damaged(self._path, what)
        return data


def _graphs(path: Path) -> dict[str, list[ox.Quad]]:
    """Give the quads of a backup by the names of their graphs."""
    graphs: dict[str, list[ox.Quad]] = defaultdict(list)
    with _unpacked(path) as file:
        data = file.read()
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
