"""Stores of every kind behind the commands, exit statuses, and what goes wrong with either."""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Any

import pytest
import SPARQLWrapper

from cli.conftest import RECORDS, SEED, Run
from musnad.collection import open_collection
from musnad.graph.endpoint_store import EndpointStore
from musnad.graph.store import dump_nquads

READERS = ["agreements", "conflicts", "findings", "statements", "info", "export"]
ALL_READERS = [[reader] for reader in READERS] + [["query", "conflicts"], ["trace", "s3c4"], ["validate"]]
ids = " ".join


@pytest.mark.parametrize("arguments", ALL_READERS, ids=ids)
def test_missing_store_is_bad_input(musnad: Run, tmp_path: Path, arguments: list[str]) -> None:
    result = musnad(*arguments, "--store", tmp_path / "none.musnad")
    assert (result.status, result.out) == (2, "")
    assert result.err.startswith("M202 ")
    assert "there is no such folder" in result.err
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("arguments", ALL_READERS, ids=ids)
@pytest.mark.parametrize("kind", ["file", "folder of other things"])
def test_what_is_no_store_is_bad_input(musnad: Run, tmp_path: Path, arguments: list[str], kind: str) -> None:
    place = tmp_path / "file.txt"
    place.touch()
    result = musnad(*arguments, "--store", place if kind == "file" else tmp_path)
    assert (result.status, result.out) == (2, "")
    assert result.err.startswith("M202 ")
    assert [path.name for path in tmp_path.iterdir()] == ["file.txt"]


@pytest.mark.parametrize("arguments", [*ALL_READERS, ["build", str(SEED)]], ids=lambda a: a[0])
@pytest.mark.parametrize(
    ("address", "code"),
    [("ftp://127.0.0.1/x", "M208"), ("http://127.0.0.1:9", "M211")],
    ids=["ftp", "closed port"],
)
def test_address_that_nobody_answers_is_bad_input(
    musnad: Run, arguments: list[str], address: str, code: str
) -> None:
    result = musnad(*arguments, "--store", address)
    assert (result.status, result.out) == (2, "")
    assert result.err.startswith(f"{code} ")


def test_locked_store_names_who_has_it(musnad: Run, tmp_path: Path) -> None:
    store = tmp_path / "news.musnad"
    with open_collection(store):
        result = musnad("build", SEED, "--store", store)
    assert (result.status, result.out) == (2, "")
    assert result.err.startswith("M201 ")
    assert str(os.getpid()) in result.err


@pytest.fixture
def empty_store(tmp_path: Path) -> Path:
    with open_collection(tmp_path / "empty.musnad"):
        pass
    return tmp_path / "empty.musnad"


@pytest.mark.parametrize("command", ["agreements", "conflicts", "findings", "statements"])
@pytest.mark.parametrize("form", ["table", "csv", "json"])
def test_empty_store_has_empty_answers(musnad: Run, empty_store: Path, command: str, form: str) -> None:
    result = musnad(command, "--store", empty_store, "--format", form)
    assert result.status == 0
    if form == "json":
        assert json.loads(result.out) == []
    else:
        assert len(result.out.splitlines()) == (1 if form == "csv" else 0)


def test_empty_store_counts_nothing(musnad: Run, empty_store: Path) -> None:
    (counts,) = json.loads(musnad("info", "--store", empty_store, "--format", "json").out)
    assert set(counts.values()) == {0}
    assert musnad("trace", "s1c1", "--store", empty_store).err.startswith("M501 ")
    assert musnad("query", "conflicts", "--store", empty_store, "--format", "json").out == "[]\n"
    assert musnad("export", "--store", empty_store, "-f", "nquads").out == ""


@pytest.mark.parametrize(
    ("kind", "status"),
    [
        ("conflict", 1),
        ("conflict/place", 1),
        ("tension", 1),
        ("agreement", 0),
        ("conflict/pla", 0),
        ("nonsense", 0),
    ],
)
def test_fail_on_a_kind(musnad: Run, seed_store: Path, kind: str, status: int) -> None:
    plain = musnad("conflicts", "--store", seed_store)
    result = musnad("conflicts", "--store", seed_store, "--fail-on", kind)
    assert plain.status == 0
    assert result.status == status
    assert result.out == plain.out


def test_no_findings_of_a_kind_is_said(musnad: Run, seed_store: Path) -> None:
    result = musnad("findings", "--kind", "nonsense", "--store", seed_store)
    assert (result.status, result.out, result.err) == (0, "", "no findings of this kind\n")


@pytest.mark.parametrize(
    "arguments",
    [
        ["nonsense"],
        ["conflicts", "--nonsense"],
        ["conflicts", "--format", "pdf"],
        ["conflicts", "--lang", "fr"],
        ["build"],
        ["trace"],
        ["query", "a", "b"],
        ["info", "extra"],
    ],
    ids=ids,
)
def test_wrong_usage_is_2_and_says_how_it_is_used(musnad: Run, arguments: list[str]) -> None:
    result = musnad(*arguments)
    assert (result.status, result.out) == (2, "")
    assert "Usage: musnad" in result.err


@pytest.mark.parametrize("command", ["statements", "findings", "info", "query", "export"])
def test_unwritable_output_is_told(musnad: Run, seed_store: Path, tmp_path: Path, command: str) -> None:
    form = ["-f", "turtle"] if command == "export" else []
    for place in (tmp_path / "no" / "out.txt", tmp_path):
        result = musnad(command, "--store", seed_store, "-o", place, *form)
        assert (result.status, result.out) == (2, "")
        assert result.err.startswith("M704 ")
    assert list(tmp_path.iterdir()) == []


def test_export_to_standard_output_or_a_file(musnad: Run, seed_store: Path, tmp_path: Path) -> None:
    printed = musnad("export", "--store", seed_store, "-f", "turtle")
    assert musnad("export", "--store", seed_store, "-f", "turtle", "-o", "-").out == printed.out
    file = tmp_path / "news.ttl"
    written = musnad("export", "--store", seed_store, "-o", file)
    assert (written.status, written.out) == (0, "")
    assert file.read_bytes().decode() == printed.out
    assert str(file) in written.err
    assert musnad("export", "--store", seed_store, "-f", "pdf").err.startswith("M701 ")
    assert musnad("export", "--store", seed_store, "-o", tmp_path / "news.pdf").err.startswith("M701 ")


def test_store_may_come_from_the_environment(
    musnad: Run, seed_store: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("MUSNAD_STORE", str(seed_store))
    assert musnad("info").status == 0


# --- a SPARQL endpoint ------------------------------------------------------------------------------


@pytest.fixture
def requests(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Note every request that goes through SPARQLWrapper."""
    sent: list[str] = []
    send = SPARQLWrapper.SPARQLWrapper.query

    def note(wrapper: Any) -> Any:
        sent.append(wrapper.queryString)
        return send(wrapper)

    monkeypatch.setattr(SPARQLWrapper.SPARQLWrapper, "query", note)
    return sent


def test_endpoint_answers_as_a_folder_does(
    musnad: Run, oxigraph_server: str, endpoint: EndpointStore, requests: list[str], seed_store: Path
) -> None:
    result = musnad("build", SEED, "--store", oxigraph_server)
    assert result.status == 0, result.err
    assert any("INSERT DATA" in request for request in requests)
    with open_collection(seed_store, create=False) as news:
        assert dump_nquads(endpoint) == dump_nquads(news.store)
    for command in (
        ["conflicts", "--format", "json"],
        ["agreements", "--lang", "ar"],
        ["findings", "--format", "csv"],
        ["statements"],
        ["trace", "s3c4"],
        ["query", "conflicts", "--format", "csv"],
        ["query", "claims-about", "-p", "name=أربيل"],
        ["info", "--format", "json"],
        ["export", "-f", "turtle"],
    ):
        before = len(requests)
        remote = musnad(*command, "--store", oxigraph_server)
        assert len(requests) > before
        assert remote.status == 0, remote.err
        assert remote.out == musnad(*command, "--store", seed_store).out


def test_endpoint_is_left_as_it_was_by_a_broken_record(
    musnad: Run, oxigraph_server: str, endpoint: EndpointStore, tmp_path: Path
) -> None:
    assert musnad("build", RECORDS, "--store", oxigraph_server).status == 0
    before = dump_nquads(endpoint)
    broken = json.loads((SEED / "record.json").read_text(encoding="utf-8"))
    broken["statements"][0]["polarity"] = "perhaps"
    path = tmp_path / "broken.json"
    path.write_text(json.dumps(broken), encoding="utf-8")
    assert musnad("build", path, "--store", oxigraph_server).status == 2
    assert dump_nquads(endpoint) == before
