"""Sorting more lines than memory should hold: runs that are sorted and written out, then merged."""

from __future__ import annotations

import tempfile
from collections.abc import Iterable, Iterator
from heapq import merge
from itertools import islice
from pathlib import Path
from typing import IO

__all__ = ["sort_lines"]

RUN = 100_000
"""How many lines are sorted at a time: of N-Quads, some 40 MB."""
RUNS = 200
"""How many runs are open at once, of the few files that a process may have; more are merged first."""


def sort_lines(lines: Iterable[bytes], folder: Path | None = None) -> Iterator[bytes]:
    r"""Give lines, which end in a line feed, in order; beyond `RUN` they wait in nameless files in `folder`.

    Raises `OSError` where the files find no room.

    >>> list(sort_lines([b"b\n", b"c\n", b"a\n"]))
    [b'a\n', b'b\n', b'c\n']
    """
    lines = iter(lines)
    runs: list[IO[bytes]] = []
    part = sorted(islice(lines, RUN))
    try:
        while more := sorted(islice(lines, RUN)):
            runs.append(_written(part, folder))
            part = more
            if len(runs) == RUNS:
                runs = [_written(_merged(runs), folder)]
        yield from merge(*runs, part) if runs else part
    finally:
        for run in runs:
            run.close()


def _merged(runs: list[IO[bytes]]) -> Iterator[bytes]:
    yield from merge(*runs)
    for run in runs:
        run.close()


def _written(lines: Iterable[bytes], folder: Path | None) -> IO[bytes]:
    run = tempfile.TemporaryFile(dir=folder)  # noqa: SIM115 - it is given away
    try:
        run.writelines(lines)
        run.seek(0)
    except BaseException:
        run.close()
        raise
    return run
