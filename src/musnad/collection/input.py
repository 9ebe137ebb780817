"""What can be put in: records as JSON, graphs that musnad exports, articles to be read into drafts."""

from __future__ import annotations

import re
import sys
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import replace
from hashlib import sha256
from itertools import chain
from pathlib import Path
from typing import BinaryIO

import pyoxigraph as ox

from musnad.collection.preparing import RecordText, text_key
from musnad.collection.reading import read_drafts
from musnad.errors import InvalidRecord, MusnadError, Problem, UnreadableRecord
from musnad.graph.bounds import nests_deeply
from musnad.graph.mapping import map_record
from musnad.graph.naming import article_graph, article_name
from musnad.graph.restoring import restore_record
from musnad.record import Record, dump_record, load_record, parse_record
from musnad.record.drafting import Draft
from musnad.terms import (
    ARTICLE_GRAPHS,
    DIGESTS_GRAPH,
    FINDINGS_GRAPH,
    HISTORY_GRAPHS,
    PAST_GRAPHS,
    VERSIONS_GRAPH,
    VOCABULARY_GRAPH,
)
from musnad.text.article import Details, is_address
from musnad.text.decoding import LARGEST
from musnad.text.intake import (
    ARTICLE_ENDINGS,
    ARTICLE_KINDS,
    MANY_ENDINGS,
    STDIN,
    Given,
    is_part_of_page,
    leads_out,
)
from musnad.text.storage import find_files, is_stored

GRAPH_FORMS = {
    ".ttl": ox.RdfFormat.TURTLE,
    ".trig": ox.RdfFormat.TRIG,
    ".nq": ox.RdfFormat.N_QUADS,
    ".nt": ox.RdfFormat.N_TRIPLES,
}

_RECORD_LINE = re.compile(
    rb'"review"\s*:\s*\{.*"statements"\s*:|"statements"\s*:.*"review"\s*:\s*\{', re.DOTALL
)
# How what `musnad read` prints begins; articles in JSON Lines have no such key.
_RECORD_START = re.compile(rb"\s*\{\s*\"article\"\s*:")


def find_records(given: Iterable[Given]) -> list[Given]:
    """List the files of records and articles among what is given; a folder stands for those in it and below.

    Standard input (`-`) and addresses stay as they are. Raises `UnreadableRecord` for a path that is not
    there, or holds neither.
    """
    found: list[Given] = []
    for item in given:
        path = Path(item)
        if str(item) == STDIN or is_address(str(item)):
            found.append(str(item))
        elif is_stored(str(item)):
            found += find_files(str(item), MANY_ENDINGS)
        elif path.is_dir():
            inside = sorted(file for file in path.rglob("*") if file.is_file() and _can_be_put(file, path))
            if not inside:
                raise UnreadableRecord(
                    "there is no record and no article in this folder",
                    where=str(path),
                    remedy=f"Records are JSON files with `statements`. {ARTICLE_KINDS}",
                )
            for file in inside:
                if leads_out(file, path):
                    raise UnreadableRecord(
                        "this is a link that leads out of the folder",
                        where=str(file),
                        remedy="Name the file it leads to, or put a copy there.",
                    )
            found += inside
        elif path.exists():
            found.append(path)
        else:
            raise UnreadableRecord("there is no such file", where=str(path), remedy="Check the path.")
    return found


def read_records(given: Given) -> Iterator[Record | InvalidRecord]:
    """Read the record in a JSON file, or those in JSON Lines or a graph file (.ttl .trig .nq .nt).

    Standard input (`-`) is one record, or a line each. A record that is not valid gives its error in its
    place. Raises `UnreadableRecord`, naming the file.
    """
    path = Path(given)
    if str(given) == STDIN:
        yield from _parse_lines(sys.stdin.buffer, "standard input")
        return
    if path.suffix.lower() == ".jsonl":
        with path.open("rb") as file:
            yield from _parse_lines(file, str(path))
        return
    form = GRAPH_FORMS.get(path.suffix)
    if form is None:
        yield _load_or_error(path)
        return
    try:
        if nests_deeply(path.read_bytes()):
            raise SyntaxError("its triple terms are nested too deeply for any claim")
        quads = list(ox.parse(path=path, format=form))
    except (OSError, SyntaxError, ValueError) as error:
        raise UnreadableRecord(
            f"the graph cannot be read: {error}", where=str(path), remedy="Check the file's syntax."
        ) from error
    if any(str(quad.graph_name).strip("<>").startswith((HISTORY_GRAPHS, PAST_GRAPHS)) for quad in quads):
        raise UnreadableRecord(
            "this file holds the history of readings, and records are read from current ones",
            where=str(path),
            remedy="Export it without --history.",
        )
    graphs = _article_graphs(quads)
    if not graphs:
        raise UnreadableRecord(
            "there is no article in this graph", where=str(path), remedy="Give a file that musnad exported."
        )
    for graph in graphs:
        try:
            record = restore_record(graph)
        except InvalidRecord as error:
            yield InvalidRecord(error.problems, where=str(path))
            continue
        # A graph can be edited as well as a record can: it has to pass the same checks.
        yield _or_error(dump_record(record), str(path))


def read_texts(given: Given) -> Iterator[RecordText | InvalidRecord]:
    """Give the records of a file as JSON texts that need nothing beside them; see `read_records`."""
    path = Path(str(given))
    if path.suffix.lower() == ".json" and b'"text_file"' not in (content := path.read_bytes()):
        yield RecordText(content.decode("utf-8-sig", errors="replace"), str(path))
        return
    if path.suffix.lower() == ".jsonl":
        with path.open("rb") as file:
            first = file.readline()
            if first.rstrip().endswith(b"}"):
                for number, line in enumerate(chain([first], file), 1):
                    if line.strip():
                        yield RecordText(line.decode(errors="replace"), f"{path}, line {number}")
                return
    yield from as_texts(read_records(given))


def as_texts(records: Iterable[Record | InvalidRecord]) -> Iterator[RecordText | InvalidRecord]:
    """Write records that were read as JSON; errors stay in their places."""
    for record in records:
        yield record if isinstance(record, InvalidRecord) else RecordText(dump_record(record), record.article)


Drafts = Iterable[Draft | MusnadError]
Watched = Callable[[Drafts, list[Given]], Drafts]


def open_records(
    given: Iterable[Given],
    told: Details | None = None,
    *,
    lexicon: Path | None = None,
    jobs: int = 1,
    watched: Watched = lambda drafts, _: drafts,
) -> tuple[list[Record], list[MusnadError]]:
    """Read all records and articles given: those in order, records first, and the errors of the others.

    An article whose text a record here has is not read again: the record covers it. `told`, `lexicon` and
    `jobs` are those of `read_drafts`; what it gives goes through `watched`, together with what it reads. The
    errors are `InvalidRecord` for records, others for articles. Raises `UnreadableRecord` for what is
    neither, and `LexiconError`.
    """
    records: list[Record] = []
    errors: list[MusnadError] = []
    articles: list[Given] = []
    for item in find_records(given):
        if holds_articles(item):
            articles.append(item)
            continue
        for record in read_records(item):
            if isinstance(record, InvalidRecord):
                errors.append(record)
            else:
                records.append(record)
    covered = {record.text for record in records}
    sizes = {text_key(text): len(text.encode()) for text in covered}
    unread = [item for item in articles if not same_bytes(item, sizes)]
    for draft in watched(read_drafts(unread, told, lexicon=lexicon, jobs=jobs), unread):
        if isinstance(draft, MusnadError):
            errors.append(draft)
        elif draft.record.text not in covered:
            records.append(draft.record)
    return records, errors


def _parse_lines(stream: BinaryIO, where: str) -> Iterator[Record | InvalidRecord]:
    """Parse a record a line; one object over several lines is one record, as `musnad read` prints one."""
    first = stream.readline()
    if not first.rstrip().endswith(b"}"):
        data = first + stream.read()
        if data.strip():
            yield _or_error(data.decode(errors="replace"), where)
        return
    for number, line in enumerate(chain([first], stream), 1):
        if line.strip():
            yield _or_error(line.decode(errors="replace"), f"{where}, line {number}")


def _load_or_error(path: Path) -> Record | InvalidRecord:
    try:
        return load_record(path)
    except InvalidRecord as error:
        return error


def _or_error(text: str, where: str) -> Record | InvalidRecord:
    try:
        return parse_record(text, where=where)
    except InvalidRecord as error:
        return error


def same_bytes(given: Given, texts: Mapping[bytes, int]) -> bool:
    """Whether a file is one of `texts` to the byte: these are keys (`text_key`) with their sizes in bytes."""
    if isinstance(given, str) or given.stat().st_size not in texts.values():
        return False
    return sha256(given.read_bytes()).digest() in texts


def read_all(given: Iterable[Given], *, lexicon: Path | None = None) -> list[Record]:
    """Read all records and articles given; see `open_records`.

    Raises `InvalidRecord` with the problems of every record that has any, `UnreadableRecord`, and the error
    of the first article that cannot be read.
    """
    records, errors = open_records(given, lexicon=lexicon)
    raise_invalid(errors)
    if errors:
        raise errors[0]
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
    raise_invalid(errors)
    report = validate(quad for quads in graphs.values() for quad in quads)
    if not report.conforms:
        raise InvalidRecord(report.problems("en", severity="violation"))
    return graphs


def raise_invalid(errors: Iterable[MusnadError]) -> None:
    """Raise what is wrong with records as one `InvalidRecord`; the errors of articles are passed over."""
    invalid = [error for error in errors if isinstance(error, InvalidRecord)]
    if len(invalid) == 1:
        raise invalid[0]
    if invalid:
        raise InvalidRecord(
            [replace(problem, where=f"{e.where}: {problem.where}") for e in invalid for problem in e.problems]
        )


def _article_graphs(quads: Iterable[ox.Quad]) -> list[list[ox.Quad]]:
    """Part the quads by article; a file without named graphs holds one."""
    graphs: dict[str, list[ox.Quad]] = defaultdict(list)
    for quad in quads:
        name = quad.graph_name.value if isinstance(quad.graph_name, ox.NamedNode) else ""
        # What musnad derives or ships is made anew, not taken from files.
        if name not in (DIGESTS_GRAPH, FINDINGS_GRAPH, VERSIONS_GRAPH, VOCABULARY_GRAPH):
            graphs[name].append(quad)
    return [
        graphs[name] for name in sorted(graphs, key=lambda name: (not name.startswith(ARTICLE_GRAPHS), name))
    ]


def _can_be_put(path: Path, root: Path) -> bool:
    ending = path.suffix.lower()
    if ending in ARTICLE_ENDINGS:
        return not is_part_of_page(path, root)
    return ending == ".json" and _is_record(path)


def holds_articles(given: Given) -> bool:
    """Whether something is to be read; JSON Lines and standard input may also hold records."""
    if isinstance(given, str):
        return given != STDIN or not _RECORD_START.match(sys.stdin.buffer.peek())  # type: ignore[union-attr]
    ending = given.suffix.lower()
    if ending == ".jsonl":
        with given.open("rb") as file:
            return not _RECORD_LINE.search(file.readline(LARGEST))
    return ending != ".json" and ending not in GRAPH_FORMS


def _is_record(path: Path) -> bool:
    with path.open("rb") as file:
        return b'"statements"' in file.read(65536) or b'"statements"' in path.read_bytes()
