"""The embedded store: pyoxigraph, in memory or in a folder."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from types import TracebackType
from typing import Final, Self, cast

import pyoxigraph
from pyoxigraph import (
    BlankNode,
    DefaultGraph,
    Literal,
    NamedNode,
    Quad,
    QueryBoolean,
    QuerySolutions,
    QueryTriples,
    RdfFormat,
    Triple,
)

from musnad.errors import (
    InvalidQuery,
    NotAStore,
    StoreClosed,
    StoreDamaged,
    StoreLocked,
    StoreNotWritable,
    UpdateRefused,
)
from musnad.graph.bounds import check_nesting, check_outreach
from musnad.graph.layout import check_layout, is_marked, is_store, write_layout
from musnad.graph.sparql import (
    Term,
    check_form,
    graph_name,
    in_parts,
    replacement_update,
    revision_update,
    triples_of,
)
from musnad.graph.store import Rows

# What the engine raises for a text it cannot parse, a request it cannot carry out, and a failing disk.
_ENGINE_ERRORS = (SyntaxError, ValueError, RuntimeError, OSError)


_LARGEST_LOAD: Final = 3_000_000  # bytes of N-Quads in a transaction, which takes some twenty times as much
_FLUSH_AFTER: Final = 8_000_000  # bytes of N-Quads or of updates: holds the engine's new data to some 50 MB


class OxigraphStore:
    """A store of our own: in memory, or in a folder that one process at a time has open.

    Args:
        path: the folder, made if need be; None keeps everything in memory.
        create: whether a missing folder is made, or an error.
        older: whether a store of an older layout is opened all the same, as `musnad migrate` does.

    Raises:
        NotAStore: the path is a file or a folder of other things, or missing and not to be made.
        StoreLocked: somebody has the folder open.
        StoreNotWritable: the folder cannot be made or written to.
        StoreDamaged: the folder is a store whose files cannot be read.
        OldLayout, NewerLayout: the folder is the store of another musnad.
    """

    __slots__ = ("_engine_or_none", "_failed", "_path", "_unflushed")

    def __init__(self, path: Path | None = None, *, create: bool = True, older: bool = False) -> None:
        self._path = path
        self._failed = False
        self._engine_or_none: pyoxigraph.Store | None = (
            pyoxigraph.Store() if path is None else _open_folder(path, create=create, older=older)
        )
        self._unflushed = 0

    def __repr__(self) -> str:
        return f"OxigraphStore({'' if self._path is None else repr(str(self._path))})"

    def query(self, sparql: str) -> Rows:
        check_form(sparql, "SELECT")
        try:
            solutions = cast(QuerySolutions, self._answer(sparql))
            return Rows(
                tuple(variable.value for variable in solutions.variables),
                tuple(tuple(solution) for solution in solutions),
            )
        except _ENGINE_ERRORS as error:
            raise _invalid_query(error) from error

    def stream(self, sparql: str) -> Iterator[tuple[Term | None, ...]]:
        check_form(sparql, "SELECT")
        try:
            for solution in cast(QuerySolutions, self._answer(sparql)):
                yield tuple(solution)
        except _ENGINE_ERRORS as error:
            raise _invalid_query(error) from error

    def column(self, predicate: str) -> Iterator[tuple[Term, Term]]:
        for quad in self._engine.quads_for_pattern(None, NamedNode(predicate), None, DefaultGraph()):
            yield quad.subject, quad.object

    def ask(self, sparql: str) -> bool:
        check_form(sparql, "ASK")
        try:
            return bool(self._answer(sparql))
        except _ENGINE_ERRORS as error:
            raise _invalid_query(error) from error

    def construct(self, sparql: str) -> list[Triple]:
        check_form(sparql, "CONSTRUCT", "DESCRIBE")
        try:
            return sorted(set(cast(QueryTriples, self._answer(sparql))), key=str)
        except _ENGINE_ERRORS as error:
            raise _invalid_query(error) from error

    def lines(self, sparql: str) -> str:
        check_form(sparql, "CONSTRUCT")
        try:
            found = cast(QueryTriples, self._answer(sparql)).serialize(format=RdfFormat.N_TRIPLES)
            return (found or b"").decode()
        except _ENGINE_ERRORS as error:
            raise _invalid_query(error) from error

    def answer(
        self, sparql: str, *, default_graphs: Sequence[str] = (), named_graphs: Sequence[str] = ()
    ) -> QuerySolutions | QueryBoolean | QueryTriples:
        """Answer a query of any form with what the engine gives, which can write itself to a file.

        Graphs given take the place of those that the text names, as in the SPARQL 1.1 protocol (section
        2.1.4): with only the one kind given, the query sees none of the other.

        Raises `InvalidQuery`. What goes wrong while the answer is written is raised as the engine raises it.
        """
        told = bool(default_graphs or named_graphs)
        default: list[NamedNode | BlankNode | DefaultGraph] = [graph_name(iri) for iri in default_graphs]
        named: list[NamedNode | BlankNode] = [graph_name(iri) for iri in named_graphs]
        try:
            return self._engine.query(
                sparql, default_graph=default if told else None, named_graphs=named if told else None
            )
        except _ENGINE_ERRORS as error:
            raise _invalid_query(error) from error

    def update(self, sparql: str) -> None:
        check_outreach(sparql)
        self._carry_out(sparql)

    def _carry_out(self, sparql: str) -> None:
        try:
            self._engine.update(sparql)
            self._relieve(len(sparql))
        except OSError as error:
            self._failed = True
            raise _not_written(error, self._path) from error
        except _ENGINE_ERRORS as error:
            raise UpdateRefused(
                f"the update cannot be carried out: {_first_line(error)}",
                remedy="The store is as it was. Correct the update and try again.",
            ) from error

    def _relieve(self, written: int) -> None:
        """Have what is new written to its files before it fills memory; `written` bytes have come.

        The engine keeps what is new in up to six tables of 128 MB for each of ten indexes.
        """
        self._unflushed += written
        if self._path is not None and self._unflushed > _FLUSH_AFTER:
            self._engine.flush()
            self._unflushed = 0

    def graphs(self) -> list[str]:
        return sorted(
            name.value
            for name in self._engine.named_graphs()
            if isinstance(name, NamedNode) and self._holds(name)
        )

    def quads(self, graph: str | None = None) -> Iterator[Quad]:
        engine = self._engine
        if graph is not None:
            yield from engine.quads_for_pattern(None, None, None, graph_name(graph))
            return
        for quad in engine.quads_for_pattern(None, None, None, None):
            if not isinstance(quad.graph_name, DefaultGraph):
                yield quad

    def replace(self, graphs: Mapping[str, Iterable[Quad]], drop: Sequence[str] = ()) -> None:
        self._carry_out(replacement_update(graphs, drop))

    def load(self, graphs: Mapping[str, bytes], *, whole: bool = True) -> None:
        for part in in_parts(graphs, _LARGEST_LOAD) if whole else (graphs,):
            self._load(part, whole=whole)

    def _load(self, graphs: Mapping[str, bytes], *, whole: bool) -> None:
        lines = b"".join(form for name, quads in graphs.items() for form in (quads, triples_of(quads, name)))
        try:
            if not whole:
                self._engine.bulk_load(lines, format=RdfFormat.N_QUADS)
                return
            self._engine.load(lines, format=RdfFormat.N_QUADS)
            self._relieve(len(lines))
        except OSError as error:
            self._failed = True
            raise _not_written(error, self._path) from error
        except _ENGINE_ERRORS as error:
            raise UpdateRefused(
                f"the graphs cannot be loaded: {_first_line(error)}",
                remedy="The store is as it was. See that there is room on the disk.",
            ) from error

    def revise(
        self,
        graphs: Mapping[str, Iterable[Quad]],
        drop: Sequence[str],
        graph: str,
        gone: Iterable[Triple],
        come: Iterable[Triple],
    ) -> None:
        if update := revision_update(graphs, drop, graph, gone, come):
            self._carry_out(update)

    def extend(self, quads: Iterable[Quad]) -> None:
        """Add what quads say to what queries see, in no named graph: for stores that only compute."""
        self._engine.extend(Quad(quad.subject, quad.predicate, quad.object) for quad in quads)

    def extend_graphs(self, quads: Iterable[Quad]) -> None:
        """Add quads to their graphs and to what queries see: see `extend`."""
        quads = list(quads)
        self._engine.extend(quads)
        self.extend(quads)

    def load_lines(self, lines: str) -> None:
        """Add triples, as lines of N-Triples, to what queries see, in no named graph: see `extend`."""
        self._engine.load(lines.encode(), format=pyoxigraph.RdfFormat.N_TRIPLES)

    def count(self) -> int:
        rows = self.query(
            "SELECT (COUNT(*) AS ?count) WHERE { GRAPH ?graph { ?subject ?predicate ?object } }"
        )
        return int(cast(Literal, rows.tuples[0][0]).value)

    def close(self) -> None:
        engine, self._engine_or_none = self._engine_or_none, None
        if engine is not None and self._path is not None:
            try:
                engine.flush()
            except OSError as error:
                if not self._failed:  # else it has been told, and this would stand in its way
                    raise _not_written(error, self._path) from error

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self.close()

    @property
    def _engine(self) -> pyoxigraph.Store:
        if self._engine_or_none is None:
            raise StoreClosed(
                "the store was closed before this use of it",
                where=str(self._path or "memory"),
                remedy="Open it again, or keep it open until the last use.",
            )
        return self._engine_or_none

    def _answer(self, sparql: str) -> QuerySolutions | QueryBoolean | QueryTriples:
        check_nesting(sparql)
        check_outreach(sparql)
        return self._engine.query(sparql)

    def _holds(self, name: NamedNode) -> bool:
        return next(iter(self._engine.quads_for_pattern(None, None, None, name)), None) is not None


def _open_folder(path: Path, *, create: bool, older: bool) -> pyoxigraph.Store:
    _check_folder(path, create=create)
    try:
        path.mkdir(parents=True, exist_ok=True)
        if is_store(path):
            check_layout(path, older=older)
        else:
            # Before the engine makes its files: whoever is stopped in between leaves a folder that is ours.
            write_layout(path)
        return pyoxigraph.Store(path)
    except (OSError, RuntimeError) as error:
        message = str(error)
        if re.search(r"\block\b", message, re.IGNORECASE):
            raise StoreLocked(
                f"the store is open in {_lock_holder(path)}",
                where=str(path),
                remedy="Close it there; or, where that is a server (`musnad serve`, `oxigraph serve`), give "
                "its address instead of the folder.",
            ) from error
        if isinstance(error, RuntimeError) or "corruption" in message.lower():
            raise StoreDamaged(
                f"the files of the store cannot be read: {_first_line(error)}",
                where=str(path),
                remedy="Move the folder away and build the store again from its records.",
            ) from error
        raise StoreNotWritable(
            f"the folder cannot be made or written to: {_first_line(error)}",
            where=str(path),
            remedy="Choose a folder of your own, or mend the permissions of this one.",
        ) from error


def _check_folder(path: Path, *, create: bool) -> None:
    """Refuse what is not a store before the engine strews its files among other people's."""
    if path.is_dir() and (is_store(path) or (create and (is_marked(path) or not any(path.iterdir())))):
        return
    if is_marked(path):
        what = "the making of this store was stopped before its end"
    elif path.is_dir():
        what = "the folder holds other things than a store" if any(path.iterdir()) else "the folder is empty"
    elif path.exists():
        what = "this is a file, and a store is a folder"
    elif create:
        return
    else:
        what = "there is no such folder"
    raise NotAStore(what, where=str(path), remedy="Give the folder that `musnad build … --store` made.")


def _lock_holder(path: Path) -> str:
    """Say which process holds the lock, as far as the system tells (Linux lists locks by inode)."""
    locks = Path("/proc/locks")
    try:
        inode = str((path / "LOCK").stat().st_ino)
        for line in locks.read_text(encoding="ascii").splitlines():
            # A line gives number, kind, strength, mode, process, device:inode, and the range of bytes.
            fields = line.split()
            if len(fields) > 5 and fields[5].rpartition(":")[2] == inode and int(fields[4]) > 0:
                return _process_name(int(fields[4]))
    except (OSError, ValueError):
        pass
    return "another process"


def _process_name(process: int) -> str:
    command = (
        Path(f"/proc/{process}/cmdline").read_bytes().replace(b"\0", b" ").decode(errors="replace").strip()
    )
    return f"process {process} ({command})" if command else f"process {process}"


def _not_written(error: OSError, path: Path | None) -> StoreNotWritable:
    return StoreNotWritable(
        f"the files of the store cannot be written: {_first_line(error)}",
        where=str(path or "memory"),
        remedy="The store is as it was. Make room on the disk, or mend it, and do it again.",
    )


def _invalid_query(error: Exception) -> InvalidQuery:
    return InvalidQuery(
        f"the query cannot be carried out: {_first_line(error)}",
        remedy="Line and column, where given, count from the start of the query's text.",
    )


def _first_line(error: Exception) -> str:
    return str(error).strip().split("\n", 1)[0] or type(error).__name__
