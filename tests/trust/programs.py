"""The `musnad` program in a process of its own: to be killed, starved, or run as on another machine."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable, Mapping
from pathlib import Path

_PROGRAM = (sys.executable, "-c", "from musnad.cli import main; main()")


def start(
    *arguments: object,
    cwd: Path | None = None,
    environment: Mapping[str, str] | None = None,
    before: Callable[[], None] | None = None,
) -> subprocess.Popen[bytes]:
    """Start `musnad` with these arguments; `before` runs in the new process before the program does."""
    return subprocess.Popen(
        [*_PROGRAM, *map(str, arguments)],
        cwd=cwd,
        env={**os.environ, **(environment or {})},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        preexec_fn=before,  # noqa: PLW1509 - no threads run here, and limits are set in no other way
    )


def run(
    *arguments: object,
    cwd: Path | None = None,
    environment: Mapping[str, str] | None = None,
    before: Callable[[], None] | None = None,
) -> tuple[int, bytes, str]:
    """Run `musnad` to its end and give its exit status, standard output and standard error."""
    process = start(*arguments, cwd=cwd, environment=environment, before=before)
    out, err = process.communicate()
    said = err.decode()
    assert "Traceback" not in said, said
    return process.returncode, out, said
