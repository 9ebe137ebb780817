"""Write docs/cli.md from the help of the commands: `python scripts/write_cli_reference.py [--check]`.

With `--check` nothing is written; the exit status is 1 if the page is not what would be written.
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

import typer.main
from typer.testing import CliRunner

from musnad.cli.app import app

PAGE = Path(__file__).resolve().parents[1] / "docs" / "cli.md"
WIDTH = 100
HEAD = """\
# Commands

This page is written from the commands' own help by `python scripts/write_cli_reference.py`; a test tells when
it is out of date.

Data goes to standard output, words for the reader to standard error, so what
`musnad statements --format csv > said.csv` writes is rows and nothing else. Exit statuses:

| status | meaning |
|---|---|
| 0 | done; findings commands end so whatever they find |
| 1 | `validate` found a violation; `--fail-on KIND` met a finding of that kind |
| 2 | bad input or usage; nothing was changed. A message that begins with a code is explained in \
[errors.md](errors.md) |

`--store` takes a folder or the address of a SPARQL 1.1 endpoint (`http://127.0.0.1:7878`); the environment
variable `MUSNAD_STORE` stands in for it. `musnad --debug …` shows a traceback with an error.
"""


def page() -> str:
    """Give the page: the program's own help, then that of each command, in the order of the help."""
    group: Any = typer.main.get_command(app)
    parts = [HEAD, section("musnad")]
    parts += [section("musnad", name) for name in group.list_commands(None)]
    return "\n".join(parts)


def section(*command: str) -> str:
    """Give one command's heading and help."""
    # The environment decides what defaults the help shows, so it gets none of it.
    runner = CliRunner(env={"MUSNAD_STORE": None})
    result = runner.invoke(app, [*command[1:], "--help"], prog_name=command[0], terminal_width=WIDTH)
    if result.exit_code:
        raise SystemExit(f"{' '.join(command)} --help ends with {result.exit_code}: {result.output}")
    help_text = "\n".join(line.rstrip() for line in result.output.strip("\n").splitlines())
    return f"## {' '.join(command)}\n\n```text\n{help_text}\n```\n"


def main() -> int:
    """Write the page, or compare it."""
    text = page()
    if "--check" in sys.argv[1:]:
        if PAGE.is_file() and PAGE.read_text(encoding="utf-8") == text:
            return 0
        sys.stderr.write(f"{PAGE} is out of date: run python scripts/write_cli_reference.py\n")
        return 1
    PAGE.write_text(text, encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
