"""The command line: `musnad VERB …`; data goes to standard output, words to standard error."""

from musnad.cli.main import main

__all__ = ["main"]
