"""The tests' own machinery: golden files, Debian tools, and the script that installs them."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

TESTS = Path(__file__).resolve().parent

CASES = """\
import pathlib
import pytest
import conftest

conftest.TESTS = pathlib.Path(__file__).parent


def test_text_is_golden(golden):
    golden("text.txt", "نعم\\n")


@pytest.mark.system("no-such-program")
def test_program_runs():
    pass
"""


def run_cases(folder: Path, **environment: str) -> str:
    """Run the cases with these tests' conftest; gives what pytest prints."""
    (folder / "test_cases.py").write_text(CASES, encoding="utf-8")
    inherited = {name: value for name, value in os.environ.items() if name not in ("CI", "MUSNAD_GOLDEN")}
    command = [
        sys.executable,
        "-m",
        "pytest",
        "-p",
        "conftest",
        "-p",
        "no:cacheprovider",
        "-rA",
        "--tb=short",
    ]
    done = subprocess.run(
        [*command, "--rootdir", folder, "-c", os.devnull, folder],
        env=inherited | environment | {"PYTHONPATH": str(TESTS)},
        cwd=folder,
        capture_output=True,
        text=True,
        check=False,
    )
    return done.stdout + done.stderr


def test_golden_file_is_written_then_compared(tmp_path: Path) -> None:
    file = tmp_path / "golden" / "test_cases" / "text.txt"
    assert "run `make golden`" in run_cases(tmp_path)
    assert not file.exists()
    assert "1 passed, 1 deselected" in run_cases(tmp_path, MUSNAD_GOLDEN="1")
    assert file.read_bytes() == "نعم\n".encode()
    assert "1 passed, 1 skipped" in run_cases(tmp_path)
    file.write_text("لا\n", encoding="utf-8")
    assert "1 failed, 1 skipped" in run_cases(tmp_path)


def test_golden_files_are_not_rewritten_in_ci(tmp_path: Path) -> None:
    assert "never rewritten" in run_cases(tmp_path, MUSNAD_GOLDEN="1", CI="true")
    assert not (tmp_path / "golden").exists()


def test_missing_program_is_skipped_in_sight_and_fails_in_ci(tmp_path: Path) -> None:
    run_cases(tmp_path, MUSNAD_GOLDEN="1")
    message = "no-such-program is missing: run `make system`"
    printed = run_cases(tmp_path)
    assert message in printed
    assert "1 passed, 1 skipped" in printed
    printed = run_cases(tmp_path, CI="true")
    assert message in printed
    assert "1 passed" in printed
    assert "1 error" in printed


def test_system_script_tells_an_ordinary_user_what_is_missing(tmp_path: Path) -> None:
    (tmp_path / "id").write_text("#!/bin/sh\necho 1000\n", encoding="ascii")
    (tmp_path / "id").chmod(0o755)
    for program in ("bash", "dirname"):
        found = shutil.which(program)
        assert found is not None
        (tmp_path / program).symlink_to(found)
    done = subprocess.run(
        [tmp_path / "bash", TESTS.parent / ".ci" / "system-packages"],
        env={"PATH": str(tmp_path), "PYTHON": sys.executable},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0
    assert "Missing: raptor2-utils chromium." in done.stderr
    assert "sudo apt-get install raptor2-utils" in done.stderr


@pytest.mark.parametrize("script", ["run", "system-packages"])
def test_script_can_be_run(script: str) -> None:
    assert os.access(TESTS.parent / ".ci" / script, os.X_OK)
