"""What a command says of its work: with --verbose, and as JSON lines; the data stays the same."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from cli.conftest import RECORDS, SEED, Run


def lines(text: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in text.splitlines()]


def test_quiet_command_says_its_result_alone(musnad: Run, tmp_path: Path) -> None:
    result = musnad("build", RECORDS, "--store", tmp_path / "s")
    assert result.status == 0
    assert len(result.err.splitlines()) == 1


def test_verbose_command_says_what_it_does_and_how_long_it_takes(musnad: Run, tmp_path: Path) -> None:
    result = musnad("-v", "read", SEED / "article.txt")
    plain = musnad("read", SEED / "article.txt")
    assert result.out == plain.out
    said = result.err.splitlines()
    assert said[0].startswith("[   ")
    assert "reading: article article, statements " in said[0]
    assert "done reading: passed 1, failed 0, left_out " in result.err
    assert said[-1] == plain.err.splitlines()[-1]


def test_json_lines_are_objects_with_level_and_message(musnad: Run, tmp_path: Path) -> None:
    (tmp_path / "empty.txt").write_text("", encoding="utf-8")
    result = musnad("--log", "json", "--verbose", "read", SEED / "article.txt", tmp_path / "empty.txt")
    assert result.status == 2
    said = lines(result.err)
    assert {line["level"] for line in said} == {"debug", "info", "error"}
    assert all(line["message"] and line["seconds"] >= 0 for line in said)
    (error,) = [line for line in said if line["level"] == "error"]
    assert (error["code"], error["where"]) == ("M602", str(tmp_path / "empty.txt"))
    assert error["what"]
    assert error["remedy"]
    (done,) = [line for line in said if line["message"] == "done reading"]
    assert (done["passed"], done["failed"]) == (2, 1)
    assert json.loads(result.out)["statements"]


@pytest.mark.parametrize("command", [["info"], ["conflicts"], ["build", "nothing-there"]], ids=lambda c: c[0])
def test_errors_are_json_lines_too(musnad: Run, tmp_path: Path, command: list[str]) -> None:
    result = musnad("--log", "json", *command, "--store", tmp_path / "none")
    assert (result.status, result.out) == (2, "")
    (line,) = lines(result.err)
    assert line["level"] == "error"
    assert line["code"] in ("M101", "M202")


def test_options_of_one_command_do_not_stay_for_the_next(musnad: Run, tmp_path: Path) -> None:
    musnad("--log", "json", "-v", "info", "--store", tmp_path / "none")
    assert musnad("info", "--store", tmp_path / "none").err.startswith("M202 ")
