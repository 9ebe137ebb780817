"""`musnad plot`: four pictures, two forms, and what is said of what cannot be drawn."""

from __future__ import annotations

from pathlib import Path

import pytest

from cli.conftest import Run


@pytest.fixture
def in_empty_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


@pytest.mark.parametrize(
    "arguments", [("chain", "s13c3"), ("matrix",), ("timeline", "where do withdrawn US forces"), ("network",)]
)
def test_each_kind_is_drawn(
    musnad: Run, seed_store: Path, tmp_path: Path, arguments: tuple[str, ...]
) -> None:
    path = tmp_path / "picture.svg"
    result = musnad("plot", *arguments, "--store", seed_store, "--output", path, "--lang", "ar")
    assert (result.status, result.out) == (0, "")
    assert result.err.startswith(f"drew {path}: ")
    assert path.read_bytes().startswith(b"<?xml")
    assert list(tmp_path.iterdir()) == [path]


def test_form_follows_the_ending_unless_it_is_named(musnad: Run, seed_store: Path, tmp_path: Path) -> None:
    store = ("--store", seed_store)
    musnad("plot", "matrix", *store, "--output", tmp_path / "a.PNG")
    assert (tmp_path / "a.PNG").read_bytes().startswith(b"\x89PNG")
    musnad("plot", "matrix", *store, "--output", tmp_path / "b.dat", "--format", "svg")
    assert (tmp_path / "b.dat").read_bytes().startswith(b"<?xml")
    result = musnad("plot", "matrix", *store)
    assert result.out.startswith("<?xml")
    assert result.out.rstrip().endswith("</svg>")


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("matrix", "--output", "a.pdf"), "M730 a.pdf: "),
        (("timeline", "how deep is the sea"), "M731 "),
        (("timeline", "forces"), "M732 "),
        (("chain", "s99c9"), "M501 "),
        (("chain",), "name a claim"),
        (("timeline",), "name a question"),
        (("network", "s1c1"), "takes none"),
        (("pie",), "'pie' is not one of"),
    ],
)
@pytest.mark.usefixtures("in_empty_folder")
def test_what_cannot_be_drawn_is_said_and_nothing_written(
    musnad: Run, seed_store: Path, arguments: tuple[str, ...], said: str
) -> None:
    result = musnad("plot", *arguments, "--store", seed_store)
    assert (result.status, result.out) == (2, "")
    assert said in result.err
    assert list(Path().iterdir()) == []


def test_empty_store_has_nothing_to_draw(musnad: Run, tmp_path: Path) -> None:
    from musnad.collection import open_collection

    open_collection(tmp_path / "empty").close()
    result = musnad("plot", "network", "--store", tmp_path / "empty")
    assert result.status == 2
    assert result.err.startswith("M733 ")
