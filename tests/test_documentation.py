"""The pages of docs/ are true: their commands run, in order, in one folder, and print what they show."""

from __future__ import annotations

import re
import shlex
import subprocess
from pathlib import Path

import pytest

from musnad.cli.main import run

ROOT = Path(__file__).resolve().parents[1]
DOCS = ROOT / "docs"
FIRST = [DOCS / name for name in ("tutorial.md", "tutorial.ar.md", "index.ar.md")]
PAGES = [*FIRST, *sorted((DOCS / "how-to").glob("*.md"))]
FENCE = re.compile(r"^```(?P<language>\w+)(?: title=\"(?P<title>[^\"]+)\")?\n(?P<body>.*?)^```$", re.M | re.S)


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.stem)
def test_page_runs(
    page: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfdbinary: pytest.CaptureFixture[bytes]
) -> None:
    (tmp_path / "seeds").symlink_to(ROOT / "seeds")
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("MUSNAD_STORE", raising=False)
    ran = 0
    for fence in FENCE.finditer(page.read_text(encoding="utf-8")):
        if fence["title"]:
            path = tmp_path / fence["title"]
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(fence["body"], encoding="utf-8")
            continue
        for part in re.split(r"^\$ ", fence["body"], flags=re.MULTILINE)[1:]:
            command, _, output = part.partition("\n")
            program, *arguments = shlex.split(command)
            capfdbinary.readouterr()
            if program == "musnad":
                assert run(arguments) == 0, command
            else:
                subprocess.run([program, *arguments], check=True)
            printed = capfdbinary.readouterr().out.decode()
            ran += 1
            if output.strip():
                assert printed.rstrip("\n") == output.rstrip("\n"), command
    assert ran or page.stem == "use-an-endpoint"  # whose commands need a server


def test_every_page_is_listed_in_the_site() -> None:
    settings = (ROOT / "mkdocs.yml").read_text(encoding="utf-8")
    pages = {
        path.relative_to(DOCS).as_posix() for path in DOCS.rglob("*.md") if not path.name.endswith(".ar.md")
    }
    # `- FOLDER/*` stands for all pages of a folder.
    folders = {Path(name) for name in re.findall(r"^ *- ([\w.-]+)/\*", settings, re.MULTILINE)}
    unlisted = [p for p in pages if f": {p}\n" not in settings and Path(p).parent not in folders]
    assert sorted(unlisted) == []
