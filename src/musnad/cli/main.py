"""The entry point: every mistake a user can make ends in a coded sentence and exit status 2."""

from __future__ import annotations

import signal
import sys
from collections.abc import Sequence
from io import TextIOWrapper

from musnad.cli.app import app
from musnad.cli.options import BAD_INPUT, debugging, say
from musnad.errors import MusnadError

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


def run(arguments: Sequence[str]) -> int:
    """Run one command and give its exit status: 0, 1 for what was looked for, 2 for bad input."""
    try:
        app(list(arguments), prog_name="musnad")
    except SystemExit as exit_:
        return exit_.code if isinstance(exit_.code, int) else 0
    except MusnadError as error:
        if debugging():
            raise
        say(str(error))
        return BAD_INPUT
    except KeyboardInterrupt:
        return INTERRUPTED
    return 0
