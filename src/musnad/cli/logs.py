"""What a command says of its work on standard error: as text for people, or as JSON lines for programs.

Data never goes here. Times are seconds since the command began, so that nothing depends on the clock.
"""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any, TypeVar

T = TypeVar("T")


class LogForm(StrEnum):
    """How standard error is written."""

    text = "text"
    json = "json"


@dataclass(slots=True)
class _Log:
    verbose: bool = False
    form: LogForm = LogForm.text
    begun: float = field(default_factory=time.monotonic)


_log = _Log()


def set_up(*, verbose: bool = False, form: LogForm = LogForm.text) -> None:
    """Choose what is said, and how, for the command that begins now."""
    _log.verbose, _log.form, _log.begun = verbose, form, time.monotonic()


def shows_bars() -> bool:
    """Whether a person watches: a bar among JSON lines, or in a file, would be noise."""
    return sys.stderr.isatty() and _log.form is LogForm.text


def write_line(level: str, message: str, **fields: Any) -> None:
    """Write one line to standard error: the message, or as JSON its level, seconds and fields too."""
    if _log.form is LogForm.text:
        sys.stderr.write(message + "\n")
        return
    line = {"level": level, "seconds": _seconds(), "message": message, **fields}
    sys.stderr.write(json.dumps(line, ensure_ascii=False) + "\n")


def note(event: str, **fields: Any) -> None:
    """Write what is done where --verbose asks for it."""
    if not _log.verbose:
        return
    shown = ", ".join(f"{name} {value}" for name, value in fields.items())
    text = f"[{_seconds():8.3f}] {event}{': ' if shown else ''}{shown}"
    write_line("debug", text if _log.form is LogForm.text else event, **fields)


@contextmanager
def timed(doing: str) -> Iterator[None]:
    """Note that something begins, and how long it took when it is done."""
    note(doing)
    begun = time.monotonic()
    yield
    note(f"done {doing}", took=round(time.monotonic() - begun, 3))


def noted(things: Iterable[T], doing: str) -> Iterator[T]:
    """Pass drafts, errors and other things on, noting each, and at the end what was left out of drafts."""
    passed = failed = left_out = 0
    for thing in things:
        passed += 1
        failed += isinstance(thing, Exception)
        gaps = getattr(thing, "left_out", ())
        left_out += len(gaps)
        record = getattr(thing, "record", None)
        if record is not None:
            claims = sum(len(statement.claims) for statement in record.statements)
            note(doing, article=record.article, statements=len(record.statements), claims=claims)
        for gap in gaps:
            note("left out", article=getattr(record, "article", ""), gap=str(gap))
        yield thing
    note(f"done {doing}", passed=passed, failed=failed, left_out=left_out)


def _seconds() -> float:
    return round(time.monotonic() - _log.begun, 3)
