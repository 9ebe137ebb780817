"""The entry point: every mistake a user can make ends in a coded sentence and exit status 2."""

from __future__ import annotations

import errno
import os
import signal
import sys
from collections.abc import Sequence
from contextlib import suppress
from io import TextIOWrapper

from musnad.cli.app import app
from musnad.cli.options import BAD_INPUT, complain, debugging
from musnad.errors import MusnadError, UnwritableStream

# What the system says when what lies behind standard output takes no more; files have errors of their own.
_FULL = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EFBIG, errno.EIO, errno.EROFS})
INTERRUPTED = 130  # 128 and the signal's number, as shells count


def main() -> None:
    """Run the command line and leave with its exit status."""
    if hasattr(signal, "SIGPIPE"):
        # `musnad statements | head` is no mistake.
        signal.signal(signal.SIGPIPE, signal.SIG_DFL)
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):
            # Data is UTF-8 whatever the terminal says; half a page of Arabic is worth nothing.
            stream.reconfigure(encoding="utf-8")
    sys.exit(run(sys.argv[1:]))


def _unwritable(error: OSError) -> UnwritableStream:
    return UnwritableStream(
        f"the output could not be written to its end ({error.strerror})",
        where="standard output",
        remedy="Make room where it goes, and run this again; what was written is only a part.",
    )


def _give_up_output() -> None:
    """Let go of what could not be written, so that Python does not try again at the end."""
    with suppress(OSError, ValueError):
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def run(arguments: Sequence[str]) -> int:
    """Run one command and give its exit status: 0, 1 for what was looked for, 2 for bad input."""
    try:
        try:
            app(list(arguments), prog_name="musnad")
        finally:
            sys.stdout.flush()
    except SystemExit as exit_:
        return exit_.code if isinstance(exit_.code, int) else 0
    except MusnadError as error:
        if debugging():
            raise
        complain(error)
        return BAD_INPUT
    except OSError as error:
        if error.errno not in _FULL or debugging():
            raise
        _give_up_output()
        complain(_unwritable(error))
        return BAD_INPUT
    except KeyboardInterrupt:
        return INTERRUPTED
    return 0
