"""What can be put into a collection: records as JSON, or as the graph that musnad itself exports."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import replace
from pathlib import Path

import pyoxigraph as ox

from musnad.errors import InvalidRecord, Problem, UnreadableRecord
from musnad.graph.mapping import map_record
from musnad.graph.naming import article_graph, article_name
from musnad.graph.restoring import restore_record
from musnad.record import Record, dump_record, load_record, parse_record
from musnad.terms import ARTICLE_GRAPHS, FINDINGS_GRAPH, VOCABULARY_GRAPH

GRAPH_FORMS = {
    ".ttl": ox.RdfFormat.TURTLE,
    ".trig": ox.RdfFormat.TRIG,
    ".nq": ox.RdfFormat.N_QUADS,
    ".nt": ox.RdfFormat.N_TRIPLES,
}


def find_records(paths: Iterable[Path]) -> list[Path]:
    """List the files of records among `paths`; a folder stands for the records in it and below, sorted.

    Raises `UnreadableRecord` for a path that is not there, or holds no record.
    """
    found: list[Path] = []
    for path in paths:
        if path.is_dir():
            inside = sorted(file for file in path.rglob("*.json") if _is_record(file))
            if not inside:
                raise UnreadableRecord(
                    "there is no record in this folder",
                    where=str(path),
                    remedy="Records are JSON files with `statements`.",
                )
            found += inside
        elif path.exists():
            found.append(path)
        else:
            raise UnreadableRecord("there is no such file", where=str(path), remedy="Check the path.")
    return found


def read_records(path: Path) -> Iterator[Record]:
    """Read the record in a JSON file, or those in a graph file (.ttl .trig .nq .nt).

    Raises `UnreadableRecord` or `InvalidRecord`, naming the file.
    """
    form = GRAPH_FORMS.get(path.suffix)
    if form is None:
        yield load_record(path)
        return
    try:
        quads = list(ox.parse(path=path, format=form))
    except (OSError, SyntaxError, ValueError) as error:
        raise UnreadableRecord(
            f"the graph cannot be read: {error}", where=str(path), remedy="Check the file's syntax."
        ) from error
    graphs = _article_graphs(quads)
    if not graphs:
        raise UnreadableRecord(
            "there is no article in this graph", where=str(path), remedy="Give a file that musnad exported."
        )
    for graph in graphs:
        try:
            record = restore_record(graph)
        except InvalidRecord as error:
            raise InvalidRecord(error.problems, where=str(path)) from error
        # A graph can be edited as well as a record can: it has to pass the same checks.
        yield parse_record(dump_record(record), where=str(path))


def open_records(paths: Iterable[Path]) -> tuple[list[Record], list[InvalidRecord]]:
    """Read all records at `paths`: those that are well formed, and the errors of the others.

    Raises `UnreadableRecord` for what is no record at all.
    """
    records: list[Record] = []
    errors: list[InvalidRecord] = []
    for path in find_records(paths):
        try:
            records += read_records(path)
        except InvalidRecord as error:
            errors.append(error)
    return records, errors


def read_all(paths: Iterable[Path]) -> list[Record]:
    """Read all records at `paths`.

    Raises `InvalidRecord` with the problems of every file that has any, and `UnreadableRecord`.
    """
    records, errors = open_records(paths)
    _raise_all(errors)
    return records


def map_records(records: Iterable[Record]) -> tuple[dict[str, list[ox.Quad]], list[InvalidRecord]]:
    """Give the graphs of records by their names, and the errors of those that cannot be mapped.

    Two records of one article version, unless they are equal, are an error of the second.
    """
    read: dict[str, Record] = {}
    graphs: dict[str, list[ox.Quad]] = {}
    errors: list[InvalidRecord] = []
    for record in records:
        name = article_graph(article_name(record))
        if read.setdefault(name, record) != record:
            problem = Problem(
                "record", "another record given here reads the same article.", "Give one of the two."
            )
            errors.append(InvalidRecord([problem], where=record.article))
            continue
        try:
            graphs[name] = map_record(record)
        except InvalidRecord as error:
            errors.append(error)
    return graphs, errors


def valid_graphs(records: Iterable[Record]) -> dict[str, list[ox.Quad]]:
    """Give the graphs of records by their names, once shapes and checks have nothing against them.

    Raises `InvalidRecord` with every violation of every record.
    """
    from musnad.validation import validate

    graphs, errors = map_records(records)
    _raise_all(errors)
    report = validate(quad for quads in graphs.values() for quad in quads)
    if not report.conforms:
        raise InvalidRecord(report.problems("en", severity="violation"))
    return graphs


def _raise_all(errors: list[InvalidRecord]) -> None:
    if len(errors) == 1:
        raise errors[0]
    if errors:
        raise InvalidRecord(
            [replace(problem, where=f"{e.where}: {problem.where}") for e in errors for problem in e.problems]
        )


def _article_graphs(quads: Iterable[ox.Quad]) -> list[list[ox.Quad]]:
    """Part the quads by article; a file without named graphs holds one."""
    graphs: dict[str, list[ox.Quad]] = defaultdict(list)
    for quad in quads:
        name = quad.graph_name.value if isinstance(quad.graph_name, ox.NamedNode) else ""
        # What musnad derives or ships is made anew, not taken from files.
        if name not in (FINDINGS_GRAPH, VOCABULARY_GRAPH):
            graphs[name].append(quad)
    return [
        graphs[name] for name in sorted(graphs, key=lambda name: (not name.startswith(ARTICLE_GRAPHS), name))
    ]


def _is_record(path: Path) -> bool:
    with path.open("rb") as file:
        return b'"statements"' in file.read(65536) or b'"statements"' in path.read_bytes()
