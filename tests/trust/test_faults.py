"""No room, no right, no lock, another layout: told with a code, and nothing is damaged."""

from __future__ import annotations

import ctypes
import json
import os
import resource
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pyoxigraph as ox
import pytest

from musnad.collection import open_collection
from musnad.errors import NewerLayout, NotAStore, OldLayout
from musnad.graph.layout import LAYOUT, MARK, read_layout
from musnad.graph.oxigraph_store import OxigraphStore
from musnad.graph.store import dump_nquads
from musnad.terms import PAST_GRAPHS, M
from trust.programs import run
from trust.scale import few, tried

ROOT = Path(__file__).resolve().parents[2]
SEED = ROOT / "seeds" / "shafaq-2025-10-11" / "record.json"
MARKET = ROOT / "tests" / "records"
LIMITS = few([100, 0, 1, 20, 300], 1)  # KB a file may have


def content(folder: Path) -> str:
    with OxigraphStore(folder, create=False) as store:
        return dump_nquads(store)


def files(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in sorted(folder.iterdir()) if path.is_file()}


def with_room(kilobytes: int) -> Callable[[], None]:
    """Give what bounds the files of a process: to it, the disk is full beyond that."""
    return lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (kilobytes * 1024, kilobytes * 1024))


@pytest.fixture(scope="module")
def market(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give a store of two articles; tests copy it."""
    folder = tmp_path_factory.mktemp("market") / "news.musnad"
    with open_collection(folder) as news:
        news.add(MARKET)
    return folder


@pytest.fixture
def store(market: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(market, tmp_path / "news.musnad"))


# --- no room, no right -------------------------------------------------------------------------------


@pytest.mark.parametrize("kilobytes", LIMITS)
def test_full_disk_leaves_the_store_as_it_was(store: Path, kilobytes: int) -> None:
    before = content(store)
    status, out, said = run("build", SEED, "--store", store, before=with_room(kilobytes))
    assert (status, out) == (2, b"")
    assert said.startswith("M203 ")
    assert content(store) == before
    status, _, said = run("build", SEED, "--store", store)
    assert status == 0, said
    assert len(content(store)) > len(before)
    tried("faults survived")


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Callable[[int], Path]]:
    """Give what makes a disk of so many kilobytes, or makes it larger: a file system in memory (tmpfs)."""
    place = tmp_path / "disk"
    place.mkdir()

    def mount(kilobytes: int) -> Path:
        again = "remount," if os.path.ismount(place) else ""
        command = ["mount", "-t", "tmpfs", "-o", f"{again}size={kilobytes}k", "tmpfs", str(place)]
        done = subprocess.run(command, capture_output=True, text=True, check=False)
        if done.returncode:
            pytest.skip(f"no file system can be mounted here: {done.stderr.strip()}")
        return place

    yield mount
    if os.path.ismount(place):
        subprocess.run(["umount", "--lazy", str(place)], check=True)


@pytest.mark.skipif(shutil.which("mount") is None, reason="the system has no mount")
@pytest.mark.parametrize("room", few([150, 0, 30, 400, 800], 1))  # KB beyond what is there
def test_disk_that_is_really_full_loses_nothing(
    store: Path, small_disk: Callable[[int], Path], room: int
) -> None:
    before = content(store)
    used = sum(path.stat().st_size for path in store.iterdir()) // 1024 + 64
    disk = small_disk(used + room)
    folder = Path(shutil.copytree(store, disk / "news.musnad"))
    status, out, said = run("build", SEED, "--store", folder)
    assert (status, out) == (2, b"")
    assert said.startswith("M203 ")
    backup = disk / "news.nq"
    status, _, said = run("backup", backup, "--store", folder)
    assert (status, said[:1]) == (2, "M")
    assert not [path.name for path in disk.iterdir() if path.name != "news.musnad"]
    small_disk(used + 20_000)
    assert content(folder) == before
    status, _, said = run("build", SEED, "--store", folder)
    assert status == 0, said
    assert len(content(folder)) > len(before)
    tried("faults survived")


def test_full_disk_while_a_store_is_made_leaves_nothing_in_the_way(tmp_path: Path) -> None:
    store = tmp_path / "news.musnad"
    status, _, said = run("build", MARKET, "--store", store, before=with_room(0))
    assert status == 2
    assert said.startswith("M203 ")
    assert run("build", MARKET, "--store", store)[0] == 0
    tried("faults survived")


@pytest.mark.parametrize("command", few(["backup", "export", "findings"]))
def test_full_disk_leaves_an_output_file_as_it_was(store: Path, tmp_path: Path, command: str) -> None:
    output = tmp_path / "out.nq"
    output.write_text("old", encoding="utf-8")
    given = [command, output] if command == "backup" else [command, "--output", output]
    status, _, said = run(*given, "--store", store, before=with_room(2))
    assert status == 2
    assert said.startswith("M")
    assert output.read_text(encoding="utf-8") == "old"
    assert [path.name for path in tmp_path.iterdir() if path.is_file()] == ["out.nq"]
    tried("faults survived")


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="the system has no /dev/full")
@pytest.mark.parametrize("command", few(["export", "statements", "findings", "info"]))
def test_full_disk_behind_standard_output_is_told(store: Path, command: str) -> None:
    def point_at_full_disk() -> None:
        os.dup2(os.open("/dev/full", os.O_WRONLY), 1)

    status, _, said = run(command, "--store", store, before=point_at_full_disk)
    assert status == 2
    assert said.startswith("M755 ")
    assert len(said.splitlines()) == 2
    tried("faults survived")


def without_rights() -> None:
    """Give up root's right to write where permissions say that one may not (PR_CAPBSET_DROP)."""
    if os.geteuid() == 0:
        prctl = ctypes.CDLL(None).prctl
        for capability in (1, 2):  # CAP_DAC_OVERRIDE, CAP_DAC_READ_SEARCH
            prctl(24, capability, 0, 0, 0)


@pytest.mark.parametrize(
    "command",
    few([["build", SEED], ["conflicts"], ["backup", "/dev/null"], ["migrate"]]),
    ids=lambda c: str(c[0]),
)
def test_read_only_store_is_told_and_left_alone(store: Path, command: list[object]) -> None:
    before = files(store)
    for path in (*store.iterdir(), store):
        path.chmod(0o555 if path.is_dir() else 0o444)
    status, out, said = run(*command, "--store", store, before=without_rights)
    assert (status, out) == (2, b""), said
    assert said.startswith(("M203 ", "M204 ")), said
    store.chmod(0o755)
    assert files(store) == before
    tried("faults survived")


# --- the lock -----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "command",
    few([["build", SEED], ["backup", "b.nq"], ["findings"], ["export"], ["migrate"], ["verify"]]),
    ids=lambda command: str(command[0]),
)
def test_store_that_another_process_has_is_left_to_it(
    store: Path, tmp_path: Path, command: list[object]
) -> None:
    with OxigraphStore(store, create=False) as opened:
        before = dump_nquads(opened)
        status, out, said = run(*command, "--store", store, cwd=tmp_path)
        assert (status, out) == (2, b"")
        assert said.startswith("M201 ")
        assert str(os.getpid()) in said or sys.platform != "linux"
        opened.update("INSERT DATA { GRAPH <urn:g> { <urn:a> <urn:b> <urn:c> } }")
    assert content(store).startswith(before.splitlines()[0])
    assert not (tmp_path / "b.nq").exists()
    tried("faults survived")


# --- layouts ------------------------------------------------------------------------------------------


@pytest.fixture
def old_store(market: Path, tmp_path: Path) -> Path:
    """Give a store as the first musnad made them: named graphs alone, and no mark."""
    with OxigraphStore(market, create=False) as store:
        quads = list(store.quads())
    folder = tmp_path / "old.musnad"
    engine = ox.Store(folder)
    engine.bulk_extend([*quads, ox.Quad(ox.NamedNode("urn:s"), ox.NamedNode("urn:p"), ox.Literal("astray"))])
    del engine
    return folder


@pytest.fixture
def store_without_digests(market: Path, tmp_path: Path) -> Path:
    """Give a store of layout 1, whose graphs note no hashes, with a reading that is kept from the past."""
    folder = Path(shutil.copytree(market, tmp_path / "first.musnad"))
    with open_collection(folder) as news:
        claim = news.claims()[0].iri
        news.reject(claim, by="Amal Saleh", at="2026-11-28")
    with OxigraphStore(folder, create=False) as store:
        graphs = {name: list(store.quads(name)) for name in store.graphs()}
    noted = (M("textDigest"), M("recordDigest"), M("graphDigest"))
    old = [q for quads in graphs.values() for q in quads if q.predicate.value not in noted]
    assert (
        len(old) == sum(map(len, graphs.values())) - 7
    )  # two of each of three readings, one of the findings
    shutil.rmtree(folder)
    engine = ox.Store(folder)
    seen = [q for q in old if not str(q.graph_name).startswith(f"<{PAST_GRAPHS}")]
    engine.bulk_extend([*old, *{ox.Quad(q.subject, q.predicate, q.object) for q in seen}])
    del engine
    (folder / MARK).write_text('{"layout": 1}\n', encoding="utf-8")
    return folder


def test_store_without_digests_is_migrated_to_what_a_build_gives(
    store_without_digests: Path, market: Path, tmp_path: Path
) -> None:
    assert run("info", "--store", store_without_digests)[2].startswith("M751 ")
    backup = tmp_path / "first.nq"
    assert run("backup", backup, "--store", store_without_digests)[0] == 0
    assert "layout 1 became 2" in run("migrate", "--store", store_without_digests)[2]
    status, out, said = run("verify", "--store", store_without_digests)
    assert status == 0, out.decode() + said
    fresh = Path(shutil.copytree(market, tmp_path / "fresh.musnad"))
    with open_collection(fresh) as news:
        news.reject(news.claims()[0].iri, by="Amal Saleh", at="2026-11-28")
    assert content(store_without_digests) == content(fresh)
    # A backup of it, taken before, comes back as the migrated store.
    assert backup.read_bytes().startswith(b"# musnad backup: layout 1, ")
    status, _, said = run("restore", backup, "--store", tmp_path / "again.musnad")
    assert status == 0, said
    assert content(tmp_path / "again.musnad") == content(fresh)


@pytest.mark.parametrize(
    "command", few([["build", SEED], ["verify"], ["conflicts"], ["info"]]), ids=lambda c: str(c[0])
)
def test_old_layout_is_told_and_left_alone(old_store: Path, command: list[object]) -> None:
    before = files(old_store)
    status, out, said = run(*command, "--store", old_store)
    assert (status, out) == (2, b"")
    assert said.startswith("M751 ")
    assert f"musnad migrate --store {old_store}" in said
    assert files(old_store) == before
    tried("faults survived")


def test_migration_gives_the_store_that_a_build_gives(old_store: Path, market: Path) -> None:
    assert read_layout(old_store) == 0
    status, out, said = run("migrate", "--store", old_store)
    assert (status, out) == (0, b"")
    assert "layout 0 became 2" in said
    assert read_layout(old_store) == LAYOUT == 2
    everything = "CONSTRUCT { ?s ?p ?o } WHERE { ?s ?p ?o }"
    with OxigraphStore(old_store, create=False) as old, OxigraphStore(market, create=False) as new:
        assert dump_nquads(old) == dump_nquads(new)
        assert old.construct(everything) == new.construct(everything)
    assert run("conflicts", "--store", old_store)[1] == run("conflicts", "--store", market)[1]
    assert "has layout 2 already" in run("migrate", "--store", old_store)[2]


def test_migration_that_finds_no_room_leaves_the_old_store(old_store: Path) -> None:
    status, _, said = run("migrate", "--store", old_store, before=with_room(20))
    assert status == 2
    assert said.startswith("M203 ")
    with pytest.raises(OldLayout):
        OxigraphStore(old_store, create=False)
    assert run("migrate", "--store", old_store)[0] == 0
    tried("faults survived")


def test_newer_layout_is_told_and_left_alone(store: Path) -> None:
    (store / MARK).write_text(json.dumps({"layout": LAYOUT + 1}), encoding="utf-8")
    before = files(store)
    commands: list[list[object]] = [["build", SEED], ["migrate"], ["conflicts"], ["backup", "b.nq"]]
    for command in few(commands):
        status, _, said = run(*command, "--store", store, cwd=store.parent)
        assert status == 2
        assert said.startswith("M752 ")
    with pytest.raises(NewerLayout):
        OxigraphStore(store)
    assert files(store) == before
    tried("faults survived")


@pytest.mark.parametrize(
    "mark", [b"", b"{}", b"[]", b'{"layout": "x"}', b"\xff", b'{"layout": null}', b"{" * 5000]
)
def test_mark_that_says_nothing_is_an_old_layout(store: Path, mark: bytes) -> None:
    (store / MARK).write_bytes(mark)
    with pytest.raises(OldLayout):
        OxigraphStore(store)


def test_making_of_a_store_that_was_stopped_is_gone_on_with(tmp_path: Path, market: Path) -> None:
    """What a kill can leave: the mark alone, or the engine's first files without its last."""
    for leftovers in ([], [f"{MARK}.part"], ["LOCK", "LOG", "IDENTITY", "MANIFEST-000001", "000001.dbtmp"]):
        folder = tmp_path / f"store{len(leftovers)}"
        folder.mkdir()
        if leftovers != [f"{MARK}.part"]:
            shutil.copy(market / MARK, folder / MARK)
        for name in leftovers:
            (folder / name).write_bytes(b"")
        with pytest.raises(NotAStore, match="stopped before its end"):
            OxigraphStore(folder, create=False)
        with open_collection(folder) as news:
            news.add(MARKET)
        assert content(folder) == content(market)
