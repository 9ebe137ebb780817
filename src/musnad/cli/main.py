"""The entry point: every mistake a user can make ends in a coded sentence and exit status 2."""

from __future__ import annotations

import signal
import sys

from musnad.cli.app import app
from musnad.cli.options import debugging
from musnad.errors import MusnadError

BAD_INPUT = 2


def main() -> None:
    """Run the command line."""
    if hasattr(signal, "SIGPIPE"):
        # `musnad statements | head` is no mistake.
        signal.signal(signal.SIGPIPE, signal.SIG_DFL)
    try:
        app()
    except MusnadError as error:
        if debugging():
            raise
        print(error, file=sys.stderr)  # noqa: T201
        sys.exit(BAD_INPUT)
    except KeyboardInterrupt:
        sys.exit(130)
