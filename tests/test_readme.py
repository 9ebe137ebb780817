"""The README's commands run, in order, in one folder; where it shows what they print, they print that."""

from __future__ import annotations

import os
import re
import shlex
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
BLOCKS = re.findall(r"^```console\n(.*?)^```$", (ROOT / "README.md").read_text(encoding="utf-8"), re.M | re.S)


def shown_commands() -> list[tuple[str, str]]:
    """Give the commands after `$` with the output shown beneath each, empty where none is."""
    shown: list[tuple[str, str]] = []
    for block in BLOCKS:
        for line in block.splitlines(keepends=True):
            if line.startswith("$ "):
                shown.append((line[2:].strip(), ""))
            elif shown and block.startswith("$ "):
                command, output = shown[-1]
                shown[-1] = (command, output + line)
    return shown


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the seeds in it, where the commands are run one after the other."""
    folder = tmp_path_factory.mktemp("readme")
    (folder / "seeds").symlink_to(ROOT / "seeds")
    return folder


def test_readme_shows_the_three_journeys() -> None:
    verbs = {command.split()[1] for command, _ in shown_commands()}
    assert {"build", "findings", "conflicts", "trace", "export"} <= verbs


@pytest.mark.parametrize(("command", "output"), shown_commands(), ids=lambda value: value[:40] or "-")
def test_readme_command_runs(folder: Path, command: str, output: str) -> None:
    program = Path(sys.executable).with_name("musnad")
    run = subprocess.run(
        [program, *shlex.split(command)[1:]],
        cwd=folder,
        env=os.environ | {"PYTHONUTF8": "1"},
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )
    assert run.returncode == 0, run.stderr
    if output:
        assert run.stdout == output


def test_readme_python_runs(folder: Path) -> None:
    code = re.findall(
        r"^```python\n(.*?)^```$", (ROOT / "README.md").read_text(encoding="utf-8"), re.M | re.S
    )[0]
    code = code.replace('"news.musnad"', '"python.musnad"').replace('"news.ttl"', '"python.ttl"')
    run = subprocess.run(
        [sys.executable, "-c", code],
        cwd=folder,
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )
    assert run.returncode == 0, run.stderr
    assert (folder / "python.ttl").is_file()
