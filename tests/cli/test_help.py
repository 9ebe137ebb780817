"""Help: there for every command, quick, and ending in an example that runs."""

from __future__ import annotations

import re
import shlex
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import typer.main

from cli.conftest import CHECKOUT, Run
from musnad.cli.app import app

GROUP: Any = typer.main.get_command(app)
COMMANDS = sorted(GROUP.commands)
HEAVY = (
    "rdflib",
    "pyshacl",
    "pyoxigraph",
    "networkx",
    "SPARQLWrapper",
    "cattrs",
    "jsonschema",
    "edtf",
    "pandas",
    "matplotlib",
    "yaml",
)


def test_every_journey_has_its_commands() -> None:
    assert set(COMMANDS) >= {
        "agreements", "build", "conflicts", "export", "findings", "info", "plot", "query", "read", "serve",
        "statements", "trace", "validate",
    }  # fmt: skip


@pytest.mark.parametrize("command", COMMANDS)
def test_help_describes_every_option_and_ends_in_an_example(musnad: Run, command: str) -> None:
    result = musnad(command, "--help")
    assert result.status == 0
    assert result.err == ""
    last = result.out.strip().splitlines()[-1]
    assert last.startswith(f"  Example: musnad {command} ")
    for parameter in GROUP.commands[command].params:
        assert parameter.help, parameter.name


# `serve` runs until somebody stops it: tests/serving runs its example.
@pytest.mark.parametrize("command", ["", *(name for name in COMMANDS if name != "serve")])
def test_example_of_the_help_runs(
    musnad: Run, command: str, seed_store: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shutil.copytree(seed_store, tmp_path / "news.musnad")
    (tmp_path / "seeds").symlink_to(CHECKOUT / "seeds")
    seed = next((CHECKOUT / "seeds").glob("*/article.txt"))
    shutil.copy(seed, tmp_path)
    shutil.copy(seed.with_name("record.json"), tmp_path / "reviewed.json")
    monkeypatch.chdir(tmp_path)
    if command == "restore":
        assert musnad("backup", "news.nq.gz").status == 0
    epilog = (GROUP.commands[command] if command else GROUP).epilog or ""
    program, *arguments = shlex.split(epilog.removeprefix("Example: "))
    assert program == "musnad"
    result = musnad(*arguments)
    assert result.status == 0, result.err
    assert result.out or result.err


def test_no_command_shows_the_help(musnad: Run) -> None:
    result = musnad()
    assert result.status == 2
    assert "Usage: musnad" in result.out + result.err


def test_version_is_that_of_the_package(musnad: Run) -> None:
    result = musnad("--version")
    assert result.status == 0
    assert re.fullmatch(r"musnad \d+\.\d+\.\d+\S*\n", result.out)


def test_help_imports_nothing_heavy() -> None:
    code = (
        "import sys; from musnad.cli.main import run; assert run(['--help']) == 0; "
        f"print([name for name in {HEAVY!r} if name in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.splitlines()[-1] == "[]"


def test_program_runs_by_its_name(seed_store: Path, tmp_path: Path) -> None:
    program = Path(sys.executable).with_name("musnad")
    store = tmp_path / "news.musnad"
    shutil.copytree(seed_store, store)
    # A terminal that says it knows ASCII alone still gets the article's letters.
    done = subprocess.run(
        [program, "statements", "--store", store],
        capture_output=True,
        check=True,
        env={"PYTHONIOENCODING": "ascii"},
    )
    assert "ستبقى فقط قاعدتين" in done.stdout.decode()
    assert done.stderr == b""
    failed = subprocess.run(
        [program, "info", "--store", tmp_path / "missing"], capture_output=True, text=True, check=False
    )
    assert failed.returncode == 2
    assert failed.stdout == ""
    assert failed.stderr.startswith("M202 ")


def test_reference_is_what_the_help_says() -> None:
    script = CHECKOUT / "scripts" / "write_cli_reference.py"
    done = subprocess.run([sys.executable, script, "--check"], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
