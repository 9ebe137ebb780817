"""The wheel: made from the sdist, installed outside the checkout, with its run-time dependencies alone."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import zipfile
from collections.abc import Iterator
from importlib.metadata import distribution
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).resolve().parents[1]
DATA = ("ontology", "shapes", "queries")


def run(*command: str | Path, cwd: Path) -> str:
    """Run a command outside the checkout and without its environment; gives what it prints."""
    environment = {name: value for name, value in os.environ.items() if not name.startswith("PYTHON")}
    done = subprocess.run(command, cwd=cwd, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Build the sdist, and the wheel from it, without asking the network for anything."""
    folder = tmp_path_factory.mktemp("dist")
    run(sys.executable, "-m", "build", "--no-isolation", "--outdir", folder, ROOT, cwd=folder)
    (path,) = folder.glob("*.whl")
    return path


@pytest.fixture(scope="module")
def installed(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Install the wheel in an environment of its own; gives the folder of its programs."""
    folder = tmp_path_factory.mktemp("elsewhere")
    run(sys.executable, "-m", "venv", "--without-pip", "environment", cwd=folder)
    programs = folder / "environment" / "bin"
    python = programs / "python"
    pip = (sys.executable, "-m", "pip", "--python", python, "install", "--quiet", "--no-deps", "--no-index")
    run(*pip, wheel, cwd=folder)
    # What the wheel asks for is lent from the environment of the tests, and nothing else is: a development
    # dependency that is needed at run time is missed here.
    lent = folder / "lent"
    lent.mkdir()
    for entry in sorted(runtime_entries()):
        (lent / entry.name).symlink_to(entry)
    (site,) = (folder / "environment" / "lib").glob("python*/site-packages")
    (site / "lent.pth").write_text(f"{lent}\n", encoding="utf-8")
    return programs


def runtime_entries() -> set[Path]:
    """Give the files and folders in site-packages that the run-time dependencies consist of."""
    entries = set()
    for name in runtime_distributions():
        found = distribution(name)
        for file in found.files or ():
            if file.parts[0] not in ("..", "__pycache__"):
                entries.add(Path(str(found.locate_file(file.parts[0]))))
    return entries


def runtime_distributions() -> Iterator[str]:
    """Give the names of everything that musnad, without extras, requires, directly or not."""
    seen: set[tuple[str, str]] = set()
    waiting = [("musnad", "")]
    while waiting:
        name, extra = waiting.pop()
        for line in distribution(name).requires or ():
            requirement = Requirement(line)
            if requirement.marker is not None and not requirement.marker.evaluate({"extra": extra}):
                continue
            key: str = canonicalize_name(requirement.name)
            found = {(key, ""), *((key, wanted) for wanted in requirement.extras)} - seen
            if (key, "") in found:
                yield key
            seen |= found
            waiting.extend(found)


@pytest.mark.parametrize("folder", DATA)
def test_wheel_holds_every_data_file(wheel: Path, folder: str) -> None:
    expected = {
        f"musnad/_data/{path.relative_to(ROOT).as_posix()}"
        for path in (ROOT / folder).rglob("*")
        if path.is_file()
    }
    with zipfile.ZipFile(wheel) as archive:
        assert {name for name in archive.namelist() if name.startswith(f"musnad/_data/{folder}/")} == expected


def test_wheel_holds_every_file_of_the_package(wheel: Path) -> None:
    package = ROOT / "src" / "musnad"
    expected = {
        path.relative_to(package.parent).as_posix()
        for path in package.rglob("*")
        if path.is_file() and "__pycache__" not in path.parts
    }
    with zipfile.ZipFile(wheel) as archive:
        names = {name for name in archive.namelist() if name.startswith("musnad/")}
    assert {name for name in names if not name.startswith("musnad/_data/")} == expected


def test_installed_package_reads_its_own_data(installed: Path, tmp_path: Path) -> None:
    ask = "import musnad.resources as r; print(r.__file__); print(*map(r.data_folder, {!r}), sep='\\n')"
    lines = run(installed / "python", "-c", ask.format(DATA), cwd=tmp_path).splitlines()
    assert len(lines) == 1 + len(DATA)
    assert all(line.startswith(str(installed.parent)) for line in lines)
    assert all(Path(line).is_dir() for line in lines[1:])


@pytest.mark.parametrize("arguments", [["--help"]], ids=" ".join)
def test_installed_command_runs(installed: Path, tmp_path: Path, arguments: list[str]) -> None:
    assert run(installed / "musnad", *arguments, cwd=tmp_path)


def test_installed_command_does_the_main_job(installed: Path, tmp_path: Path) -> None:
    shutil.copytree(ROOT / "seeds", tmp_path / "seeds")
    musnad = installed / "musnad"
    run(musnad, "build", "seeds", "--store", "news.musnad", cwd=tmp_path)
    assert "conflict/place" in run(musnad, "conflicts", "--store", "news.musnad", cwd=tmp_path)
    assert "s1c1" in run(musnad, "trace", "s1c1", "--store", "news.musnad", cwd=tmp_path)
    run(musnad, "export", "--store", "news.musnad", "--output", "news.ttl", cwd=tmp_path)
    assert (tmp_path / "news.ttl").read_text(encoding="utf-8").startswith("@prefix")
