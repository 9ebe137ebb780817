"""A backup proves itself, comes back as it was, and is refused when a bit of it is not what was backed up."""

from __future__ import annotations

import gzip
import random
from hashlib import sha256
from pathlib import Path
from unittest import mock

import pyoxigraph as ox
import pytest
from hypothesis import given
from hypothesis import strategies as st

from musnad.collection import open_collection, sorting
from musnad.collection.keeping import back_up, check_backup, restore_backup
from musnad.errors import DamagedBackup, StoreInUse
from musnad.graph.endpoint_store import EndpointStore
from musnad.graph.oxigraph_store import OxigraphStore
from musnad.graph.store import Store, dump_nquads
from trust.programs import run
from trust.scale import THOROUGH, examples, few, tried

ROOT = Path(__file__).resolve().parents[2]
MARKET = ROOT / "tests" / "records"
EVERYTHING = "CONSTRUCT { ?s ?p ?o } WHERE { ?s ?p ?o }"


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("kept") / "news.musnad"
    with open_collection(folder) as news:
        news.add(MARKET)
    return folder


@pytest.fixture(scope="module")
def backup(store: Path) -> Path:
    path = store.with_name("backup.nq")
    with OxigraphStore(store, create=False) as opened:
        back_up(opened, path)
    return path


def same(one: Store, other: Store) -> bool:
    return dump_nquads(one) == dump_nquads(other) and one.construct(EVERYTHING) == other.construct(EVERYTHING)


@pytest.mark.parametrize("name", few(["news.nq.gz", "news.nq"], 1))
def test_what_is_restored_is_what_was_backed_up(store: Path, tmp_path: Path, name: str) -> None:
    status, out, said = run("backup", name, "--store", store, cwd=tmp_path)
    assert (status, out) == (0, b"")
    digest = said.rpartition("sha256 ")[2].strip()
    status, out, said = run("restore", name, "--store", "again.musnad", cwd=tmp_path)
    assert (status, out) == (0, b"")
    assert said.endswith(f"sha256 {digest}\n")
    with OxigraphStore(store, create=False) as one, OxigraphStore(tmp_path / "again.musnad") as other:
        assert same(one, other)
        assert sha256(dump_nquads(other).encode()).hexdigest() == digest
    assert [path.name for path in tmp_path.glob(".*")] == []


def test_same_content_gives_the_same_bytes(store: Path, backup: Path, tmp_path: Path) -> None:
    with OxigraphStore(store, create=False) as opened:
        for name in ("one.nq.gz", "other.nq.gz"):
            back_up(opened, tmp_path / name)
    packed = (tmp_path / "one.nq.gz").read_bytes()
    assert packed == (tmp_path / "other.nq.gz").read_bytes()
    assert gzip.decompress(packed) == backup.read_bytes()
    assert len(list(ox.parse(backup.read_bytes(), format=ox.RdfFormat.N_QUADS))) == check_backup(backup).quads


def test_endpoint_is_backed_up_while_its_server_has_the_folder(
    endpoint: EndpointStore, backup: Path, tmp_path: Path
) -> None:
    restore_backup(backup, endpoint)
    assert back_up(endpoint, tmp_path / "online.nq") == check_backup(backup)
    assert (tmp_path / "online.nq").read_bytes() == backup.read_bytes()


def test_backup_of_a_store_in_use_is_taken_by_who_uses_it(store: Path, backup: Path, tmp_path: Path) -> None:
    with open_collection(store) as news:
        assert run("backup", "b.nq", "--store", store, cwd=tmp_path)[0] == 2
        back_up(news.store, tmp_path / "online.nq")
    assert (tmp_path / "online.nq").read_bytes() == backup.read_bytes()


def test_store_that_holds_something_is_not_restored_into(backup: Path) -> None:
    with OxigraphStore() as store:
        store.update("INSERT DATA { GRAPH <urn:g> { <urn:a> <urn:b> <urn:c> } }")
        with pytest.raises(StoreInUse):
            restore_backup(backup, store)
        assert store.count() == 1


@examples(20)
@given(st.lists(st.binary(max_size=3).filter(lambda line: b"\n" not in line), max_size=60))
def test_lines_in_any_number_of_runs_come_in_order(lines: list[bytes]) -> None:
    ended = [line + b"\n" for line in lines]
    with mock.patch.multiple(sorting, RUN=4, RUNS=3):
        assert list(sorting.sort_lines(ended)) == sorted(ended)


def test_backup_in_many_runs_has_the_same_bytes(store: Path, backup: Path, tmp_path: Path) -> None:
    with OxigraphStore(store, create=False) as opened, mock.patch.multiple(sorting, RUN=100, RUNS=5):
        back_up(opened, tmp_path / "runs.nq")
    assert (tmp_path / "runs.nq").read_bytes() == backup.read_bytes()
    assert [path.name for path in tmp_path.iterdir()] == ["runs.nq"]


def test_every_change_of_a_byte_is_found(backup: Path, tmp_path: Path) -> None:
    data, chance = backup.read_bytes(), random.Random(6)
    damaged = tmp_path / "damaged.nq"
    for _ in range(400 if THOROUGH else 40):
        at = chance.randrange(len(data))
        damaged.write_bytes(data[:at] + bytes([data[at] ^ (1 << chance.randrange(8))]) + data[at + 1 :])
        with pytest.raises(DamagedBackup):
            check_backup(damaged)
        tried("changes found")


@pytest.mark.parametrize(
    "content",
    [
        b"", b"#", b"not a backup\n", b"\x1f\x8b", b"\x1f\x8b\x08\x00", gzip.compress(b"x")[:-5],
        gzip.compress(b"\0" * 10_000_000),
        b"# musnad backup: layout 99, 0 quads, sha256 " + sha256(b"").hexdigest().encode() + b"\n",
        b"# musnad backup: layout 1, 0 quads, sha256 " + b"0" * 64 + b"\n",
    ],
)  # fmt: skip
def test_what_is_no_backup_is_refused_before_a_folder_is_made(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "b.nq").write_bytes(content)
    with pytest.raises(DamagedBackup):
        check_backup(tmp_path / "b.nq")
    tried("requests refused")


@pytest.mark.parametrize(
    "quads",
    ["<urn:a> <urn:b> <urn:c> .\n", "<urn:a> <urn:b> _:b <urn:g> .\n", "nonsense\n",
     "<urn:a> <urn:b> " + "<<( <urn:a> <urn:b> " * 50_000 + "<urn:d>" + " )>>" * 50_000 + " <urn:g> .\n"],
    ids=["no graph", "blank node", "no quads", "nested"],
)  # fmt: skip
def test_hash_that_fits_does_not_make_hostile_quads_good(tmp_path: Path, quads: str) -> None:
    path = tmp_path / "hostile.nq"
    digest = sha256(quads.encode()).hexdigest()
    path.write_text(f"# musnad backup: layout 1, 1 quads, sha256 {digest}\n{quads}", encoding="utf-8")
    status, out, said = run("restore", path, "--store", tmp_path / "s.musnad")
    assert (status, out) == (2, b"")
    assert said.startswith(("M753 ", "M207 "))
    with OxigraphStore(tmp_path / "s.musnad") as store:
        assert store.count() == 0
    tried("requests refused")
