"""N-Quads with its lines sorted: the form that is compared byte by byte."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import ExitStack
from heapq import merge
from itertools import groupby, islice
from typing import IO, Final

from musnad.graph.descriptions import Descriptions, serialize
from musnad.graph.exports.evidence import check_evidence
from musnad.graph.exports.parts import Holdings
from musnad.graph.exports.spool import add_to_file

_RUN: Final = 300_000  # lines that are sorted in memory
_RUNS: Final = 200  # files that are open at a time


def write_nquads(said: Descriptions) -> Iterator[str]:
    """Give the quads one a line, sorted by code point, each once."""
    yield from _sorted_lines(f"{line}\n" for line in serialize(said.quads))


def stream_nquads(holdings: Holdings) -> Iterator[str]:
    """Give what a store holds as `write_nquads` does, in memory that does not grow with it."""
    yield from _sorted_lines(_lines_of(holdings))


def _lines_of(holdings: Holdings) -> Iterator[str]:
    for graph, part in holdings.graph_parts():
        check_evidence(part.said)
        end = f" <{graph}> .\n"
        for subject, known in part.said.said.items():
            for predicate, values in known.items():
                for value in values.split("\n"):
                    yield f"<{subject}> {predicate} {value}{end}"


def _sorted_lines(lines: Iterable[str]) -> Iterator[str]:
    """Sort lines of any number, those that do not fit in files of their own; equal ones become one."""
    lines = iter(lines)
    first = sorted(set(islice(lines, _RUN)))
    with ExitStack() as stack:
        runs: list[Iterable[str]] = [first]
        while run := sorted(set(islice(lines, _RUN))):
            if len(runs) == 1:
                runs = [_filed(first, stack)]
            elif len(runs) == _RUNS:
                runs = [_filed(merge(*runs), stack)]
            runs.append(_filed(run, stack))
        yield from (line for line, _ in groupby(merge(*runs) if len(runs) > 1 else first))


def _filed(lines: Iterable[str], stack: ExitStack) -> IO[str]:
    file = add_to_file(lines, stack)
    file.seek(0)
    return file
