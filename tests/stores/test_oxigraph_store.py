"""The embedded store: its folder, its lock, and what it says when either fails."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

import pytest
from pyoxigraph import Literal, NamedNode, Quad

from musnad.errors import (
    InvalidLocation,
    NotAStore,
    StoreClosed,
    StoreDamaged,
    StoreLocked,
    StoreNotWritable,
)
from musnad.graph import oxigraph_store
from musnad.graph.oxigraph_store import OxigraphStore
from musnad.graph.store import open_store

G = "http://example.org/g"
QUAD = Quad(
    NamedNode("http://example.org/a"), NamedNode("http://example.org/p"), Literal("نعم"), NamedNode(G)
)


def test_folder_keeps_what_was_put(tmp_path: Path) -> None:
    with open_store(tmp_path / "deep" / "store") as store:
        store.replace({G: [QUAD]})
    with open_store(str(tmp_path / "deep" / "store"), create=False) as store:
        assert list(store.quads()) == [QUAD]


def test_memory_is_empty_at_each_opening() -> None:
    with open_store() as store:
        store.replace({G: [QUAD]})
    with open_store() as store:
        assert store.count() == 0


def test_empty_folder_becomes_a_store(tmp_path: Path) -> None:
    with open_store(tmp_path) as store:
        assert store.graphs() == []


def test_closed_store_says_so(tmp_path: Path) -> None:
    store = OxigraphStore(tmp_path / "store")
    store.close()
    with pytest.raises(StoreClosed, match="M205"):
        store.query("SELECT * WHERE { ?s ?p ?o }")
    with pytest.raises(StoreClosed):
        store.update("DROP ALL")


def test_lock_of_this_process_is_told(tmp_path: Path) -> None:
    with open_store(tmp_path / "store"), pytest.raises(StoreLocked, match="M201"):
        open_store(tmp_path / "store")


def test_lock_of_another_process_names_it(tmp_path: Path) -> None:
    hold = (
        "import pathlib, sys; from musnad.graph.store import open_store\n"
        "with open_store(pathlib.Path(sys.argv[1])): print('open', flush=True); sys.stdin.read()"
    )
    with subprocess.Popen(
        [sys.executable, "-c", hold, str(tmp_path / "store")],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    ) as holder:
        assert holder.stdout is not None
        assert holder.stdin is not None
        assert holder.stdout.readline() == "open\n"
        with pytest.raises(StoreLocked) as caught:
            open_store(tmp_path / "store")
        holder.stdin.close()
    told = str(caught.value)
    assert str(tmp_path / "store") in told
    assert "oxigraph serve" in told
    # Only Linux lists who holds a lock.
    assert f"process {holder.pid} (" in told or not Path("/proc/locks").exists()


@pytest.mark.parametrize("create", [True, False])
def test_file_is_no_store(tmp_path: Path, create: bool) -> None:
    (tmp_path / "file").write_text("text", encoding="utf-8")
    with pytest.raises(NotAStore, match="this is a file"):
        open_store(tmp_path / "file", create=create)


@pytest.mark.parametrize("create", [True, False])
def test_folder_of_other_things_is_left_alone(tmp_path: Path, create: bool) -> None:
    (tmp_path / "notes.txt").write_text("text", encoding="utf-8")
    with pytest.raises(NotAStore, match="other things"):
        open_store(tmp_path, create=create)
    assert [path.name for path in tmp_path.iterdir()] == ["notes.txt"]


def test_missing_store_is_not_made_for_reading(tmp_path: Path) -> None:
    with pytest.raises(NotAStore, match="no such folder"):
        open_store(tmp_path / "store", create=False)
    assert not (tmp_path / "store").exists()
    with pytest.raises(NotAStore, match="empty"):
        open_store(tmp_path, create=False)


def test_folder_that_cannot_be_made_is_told(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("text", encoding="utf-8")
    with pytest.raises(StoreNotWritable, match="M203"):
        open_store(tmp_path / "file" / "store")


def test_damaged_store_is_told(tmp_path: Path) -> None:
    with open_store(tmp_path / "store") as store:
        store.replace({G: [QUAD]})
    (tmp_path / "store" / "CURRENT").write_text("no manifest", encoding="ascii")
    with pytest.raises(StoreDamaged, match="M204"):
        open_store(tmp_path / "store")


def test_failed_evaluation_is_told() -> None:
    with open_store() as store, pytest.raises(Exception, match="M301"):
        store.query("SELECT * WHERE { FILTER(<http://example.org/unknown>(1)) }")


@pytest.mark.parametrize("location", ["ftp://example.org/", "file:///tmp/store", "http://"])
def test_other_addresses_are_refused(location: str) -> None:
    with pytest.raises(InvalidLocation, match="M208"):
        open_store(location)


def test_update_address_goes_with_an_endpoint_only(tmp_path: Path) -> None:
    with pytest.raises(InvalidLocation, match="M208"):
        open_store(tmp_path, update_url="http://127.0.0.1:7878/update")


def test_much_is_loaded_in_several_transactions(monkeypatch: pytest.MonkeyPatch) -> None:
    """A transaction takes some twenty times the memory of its text, so that a lot may need several."""
    names = [f"urn:g{number}" for number in range(5)]
    graphs = {name: f'<urn:s> <urn:p> "{name}" <{name}> .\n'.encode() for name in names}
    monkeypatch.setattr(oxigraph_store, "_LARGEST_LOAD", 2 * len(graphs["urn:g0"]))
    parts: list[list[str]] = []
    load = OxigraphStore._load

    def watched(self: OxigraphStore, part: Mapping[str, bytes], *, whole: bool) -> None:
        parts.append(list(part))
        load(self, part, whole=whole)

    monkeypatch.setattr(OxigraphStore, "_load", watched)
    with OxigraphStore() as store:
        store.load(graphs)
        assert store.graphs() == names
        assert len(store.query("SELECT * WHERE { <urn:s> <urn:p> ?o }")) == 5
    assert parts == [names[:2], names[2:4], names[4:]]
