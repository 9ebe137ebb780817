"""Building by lots: the same store as at once, whatever stops it on the way, and nothing done twice."""

from __future__ import annotations

import json
import signal
import subprocess
import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import AbstractContextManager, nullcontext
from dataclasses import replace
from pathlib import Path
from typing import TypeVar

import pytest

from musnad.collection import Built, Collection, build, building, concluding, open_collection
from musnad.collection.preparing import make_ready
from musnad.errors import InvalidRecord, MusnadError
from musnad.graph.endpoint_store import EndpointStore
from musnad.graph.oxigraph_store import OxigraphStore
from musnad.graph.queries import list_queries
from musnad.graph.store import Store, dump_nquads
from musnad.record import dump_record, parse_record
from musnad.speech.lexicon import LEXICA
from musnad.terms import FINDINGS_GRAPH
from record.small_record import small_record

T = TypeVar("T")
RECORD = parse_record(json.dumps(small_record()))
PORT = "2024-05-01 وكالة الساحل- البصرة\n\nقال مدير الميناء، فهد السالمي، إن السفن غادرت أمس."
LOT = 3

# A build in a process of its own that the system ends, as it does when memory runs out, after some lots.
KILLED = """
import os, signal, sys
from pathlib import Path
from musnad.collection import build, building, open_collection
from musnad.graph.oxigraph_store import OxigraphStore
building.LOT = {lot}
put, lots = OxigraphStore.load, 0
def load(store, graphs):
    global lots
    put(store, graphs)
    lots += 1
    if lots == {after}:
        os.kill(os.getpid(), signal.SIGKILL)
OxigraphStore.load = load
build([Path(sys.argv[1])], lambda: open_collection(sys.argv[2]), there=Path(sys.argv[2]).exists())
"""


class Watching:
    """Keeps what a build shows."""

    def __init__(self) -> None:
        self.shown: list[tuple[str, int, int | None]] = []

    def over(self, things: Iterable[T], total: Callable[[], int | None], doing: str) -> Iterator[T]:
        number = 0
        for thing in things:
            number += 1
            yield thing
        self.shown.append((doing, number, total()))

    def busy(self, doing: str) -> AbstractContextManager[None]:
        self.shown.append((doing, 0, None))
        return nullcontext()


@pytest.fixture(autouse=True)
def small_lots(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(building, "LOT", LOT)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Give a folder of four records in files, three in JSON Lines, and four articles."""
    inside = tmp_path / "articles"
    inside.mkdir()
    records = [
        replace(RECORD, article=f"camps-{number}", url=f"https://news.example/{number}")
        for number in range(7)
    ]
    for record in records[:4]:
        (inside / f"{record.article}.json").write_text(dump_record(record), encoding="utf-8")
    lines = (json.dumps(json.loads(dump_record(record)), ensure_ascii=False) for record in records[4:])
    (inside / "more.jsonl").write_text("\n".join(lines) + "\n", encoding="utf-8")
    for number in range(4):
        (inside / f"port-{number}.txt").write_text(f"{PORT} {'نعم ' * number}", encoding="utf-8")
    return inside


def build_into(
    store: Path, *given: Path, watching: Watching | None = None, told: list[MusnadError] | None = None
) -> Built:
    return build(
        given,
        lambda: open_collection(store),
        there=store.exists(),
        shown=watching,
        tell=([] if told is None else told).append,
    )


def content_of(store: Path) -> str:
    with open_collection(store, create=False) as news:
        return dump_nquads(news.store)


def current_content_of(store: Path) -> str:
    with open_collection(store, create=False) as news:
        return "".join(f"{quad} .\n" for quad in news.quads(vocabulary=True))


def test_lots_make_the_store_that_one_transaction_makes(folder: Path, tmp_path: Path) -> None:
    by_lots = build_into(tmp_path / "lots.musnad", folder)
    with open_collection(tmp_path / "once.musnad") as news:
        news.add(folder)
        info = news.info()
    assert content_of(tmp_path / "lots.musnad") == content_of(tmp_path / "once.musnad")
    assert (by_lots.articles, by_lots.claims, by_lots.kept) == (11, info["claims"], 0)


@pytest.mark.parametrize("after", [1, 3])
def test_build_that_was_killed_goes_on_where_it_stopped(folder: Path, tmp_path: Path, after: int) -> None:
    store = tmp_path / "news.musnad"
    script = KILLED.format(lot=LOT, after=after)
    ended = subprocess.run([sys.executable, "-c", script, folder, store], check=False, capture_output=True)
    assert ended.returncode == -signal.SIGKILL, ended.stderr.decode()
    with open_collection(store) as news:
        assert news.unfinished
        assert len(news.store.graphs()) == LOT * after
        assert news.findings() == []
    resumed = build_into(store, folder)
    assert (resumed.articles, resumed.kept) == (11 - LOT * after, LOT * after)
    build_into(tmp_path / "whole.musnad", folder)
    assert content_of(store) == content_of(tmp_path / "whole.musnad")


def test_kill_before_the_findings_is_mended_too(folder: Path, tmp_path: Path) -> None:
    build_into(tmp_path / "whole.musnad", folder)
    before = content_of(tmp_path / "whole.musnad")
    with open_collection(tmp_path / "whole.musnad") as news:
        news.begin()
        assert news.unfinished
    again = build_into(tmp_path / "whole.musnad", folder)
    assert (again.articles, again.kept) == (0, 11)
    assert content_of(tmp_path / "whole.musnad") == before


def test_what_the_store_has_is_not_read_again(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    store = tmp_path / "news.musnad"
    build_into(store, folder)
    before = content_of(store)

    def read(*_: object, **__: object) -> None:
        raise AssertionError("an article is read again")

    monkeypatch.setattr("musnad.collection.pieces.draft_article", read)
    again = build_into(store, folder)
    assert (again.articles, again.kept, again.failed) == (0, 11, 0)
    assert content_of(store) == before


def test_changed_record_takes_the_place_of_its_former_self(folder: Path, tmp_path: Path) -> None:
    store = tmp_path / "news.musnad"
    build_into(store, folder)
    path = folder / "camps-2.json"
    record = parse_record(path.read_text(encoding="utf-8"))
    fewer = replace(record, statements=record.statements[:1])
    path.write_text(dump_record(fewer), encoding="utf-8")
    changed = build_into(store, folder)
    assert (changed.articles, changed.kept) == (1, 10)
    build_into(tmp_path / "anew.musnad", folder)
    # Beside what it now holds the store keeps the reading that gave way.
    assert current_content_of(store) == current_content_of(tmp_path / "anew.musnad")
    assert content_of(store) != current_content_of(store)


def test_wrong_record_in_a_late_lot_changes_nothing(folder: Path, tmp_path: Path) -> None:
    lines = (folder / "more.jsonl").read_text(encoding="utf-8").splitlines()
    broken = [json.loads(line) for line in lines]
    broken[0]["statements"][0]["content"]["start"] += 1
    broken[2]["statements"][0]["claims"][0]["proposition"]["predicate"] = "security:evaporates"
    (folder / "more.jsonl").write_text("\n".join(map(json.dumps, broken)), encoding="utf-8")
    with pytest.raises(InvalidRecord) as caught:
        build_into(tmp_path / "news.musnad", folder)
    assert not (tmp_path / "news.musnad").exists()
    told = str(caught.value)
    assert "more.jsonl, line 1" in told
    assert "security:evaporates" in told


def test_two_readings_of_one_article_in_different_lots_are_refused(folder: Path, tmp_path: Path) -> None:
    record = parse_record((folder / "camps-0.json").read_text(encoding="utf-8"))
    twin = replace(record, statements=record.statements[:1])
    (folder / "twin.json").write_text(dump_record(twin), encoding="utf-8")
    with pytest.raises(InvalidRecord, match="reads the same article"):
        build_into(tmp_path / "news.musnad", folder)
    (folder / "twin.json").write_text(dump_record(record), encoding="utf-8")
    assert build_into(tmp_path / "news.musnad", folder).articles == 11


def test_reviewed_reading_is_kept_and_told(folder: Path, tmp_path: Path) -> None:
    store = tmp_path / "news.musnad"
    build_into(store, folder)
    before = content_of(store)
    record = parse_record((folder / "camps-0.json").read_text(encoding="utf-8"))
    draft = replace(record, review=replace(record.review, status="draft"))
    (folder / "camps-0.json").write_text(dump_record(draft), encoding="utf-8")
    told: list[MusnadError] = []
    again = build_into(store, folder, told=told)
    assert (again.articles, again.kept, again.refused) == (0, 10, 1)
    assert [error.code for error in told] == ["M503"]
    assert content_of(store) == before


def test_progress_tells_what_is_done_and_how_much_there_is(folder: Path, tmp_path: Path) -> None:
    watching = Watching()
    build_into(tmp_path / "news.musnad", folder, watching=watching)
    assert watching.shown == [
        ("checking records", 7, 7),
        ("storing records", 7, 7),
        ("reading", 4, 4),
        ("deriving the findings", 0, None),
    ]


def test_standard_input_may_hold_many_records(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    records = [json.loads(path.read_text(encoding="utf-8")) for path in sorted(folder.glob("*.json"))]
    lines = "\n".join(json.dumps(record) for record in records)
    with (tmp_path / "piped").open("w+", encoding="utf-8") as piped:
        piped.write(f"{lines}\n")
        piped.seek(0)
        monkeypatch.setattr(sys, "stdin", piped)
        built = build(["-"], lambda: open_collection(tmp_path / "news.musnad"), there=False)
    assert built.articles == 4


def test_store_whose_build_was_stopped_says_so(folder: Path, tmp_path: Path) -> None:
    with Collection(open_collection(tmp_path / "x.musnad").store) as news:
        assert not news.unfinished
        news.add(RECORD)
        assert not news.unfinished
        news.begin()
        assert news.unfinished
        news.conclude()
        assert not news.unfinished
        assert FINDINGS_GRAPH in news.store.graphs()


def test_findings_that_were_cut_off_are_derived_anew(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """With some of the findings in, the store says that it lacks others, and the next build ends it."""
    build_into(tmp_path / "a.musnad", folder)
    expected = content_of(tmp_path / "a.musnad")
    monkeypatch.setattr(concluding, "LOT", 2000)

    class Stopped(Exception):
        pass

    loads = 0

    def load(self: OxigraphStore, graphs: dict[str, bytes], *, whole: bool = True) -> None:
        nonlocal loads
        loads += 1
        assert all(len(quads) < 60_000 for quads in graphs.values())
        if loads == 4:
            raise Stopped
        real(self, graphs, whole=whole)

    real = OxigraphStore.load
    monkeypatch.setattr(OxigraphStore, "load", load)
    with open_collection(tmp_path / "a.musnad") as news:
        news.begin()
        with pytest.raises(Stopped):
            news.conclude()
        assert FINDINGS_GRAPH in news.store.graphs()
        assert news.unfinished
    assert content_of(tmp_path / "a.musnad") != expected
    build_into(tmp_path / "a.musnad", folder)
    assert loads > 10
    assert content_of(tmp_path / "a.musnad") == expected


def test_server_holds_what_a_folder_does(
    folder: Path, tmp_path: Path, oxigraph_server: str, endpoint: EndpointStore
) -> None:
    """The same build, stopped and gone on with, the same findings, and the same rows of queries."""
    build_into(tmp_path / "news.musnad", folder)
    lots = list(load_some_lots(endpoint, folder))
    assert len(lots) == 2
    with open_collection(oxigraph_server) as there, open_collection(tmp_path / "news.musnad") as here:
        assert there.unfinished
        resumed = build([folder], lambda: nullcontext(there), there=True)
        assert (resumed.articles, resumed.kept) == (11 - 2 * LOT, 2 * LOT)
        assert dump_nquads(there.store) == dump_nquads(here.store)
        assert there.findings() == here.findings() != []
        for query in list_queries("compare"):
            if not any(parameter.required for parameter in query.header.params):
                assert there.query(query.name) == here.query(query.name)
        assert build([folder], lambda: nullcontext(there), there=True).kept == 11


def load_some_lots(store: Store, folder: Path) -> Iterator[None]:
    """Put the first two lots in as a build does that is then stopped."""
    records = [parse_record(path.read_text(encoding="utf-8")) for path in sorted(folder.glob("*.json"))]
    lines = (folder / "more.jsonl").read_text(encoding="utf-8").splitlines()
    ready = [make_ready(record) for record in [*records, *map(parse_record, lines)]]
    for start in (0, LOT):
        store.load({one.name: one.quads for one in ready[start : start + LOT]})
        yield


def test_who_reads_with_other_language_data_reads_again(folder: Path, tmp_path: Path) -> None:
    lexicon = tmp_path / "lexicon"
    (lexicon / "en").mkdir(parents=True)
    table = lexicon / "en" / "units.tsv"
    _, header, row = (LEXICA / "en" / "units.tsv").read_text(encoding="utf-8").splitlines()[:3]
    store = tmp_path / "news.musnad"

    def build_with(*lines: str) -> tuple[int, int]:
        table.write_text("\n".join((header, *lines)) + "\n", encoding="utf-8")
        built = build([folder], lambda: open_collection(store), there=store.exists(), lexicon=lexicon)
        return built.articles, built.kept

    assert build_into(store, folder).articles == 11
    rest = row.removeprefix("person\tpeople persons")
    assert rest != row
    assert build_with(f"zorkmid\tzorkmids{rest}") == (4, 7)
    assert build_with(f"zorkmid\tzorkmids{rest}") == (0, 11)
    assert build_with(f"quatloo\tquatloos{rest}") == (4, 7)
    with open_collection(store) as news:
        labels = news.sparql(
            "SELECT DISTINCT ?by { ?r a <https://w3id.org/musnad#Reading> ; "
            "<http://www.w3.org/ns/prov#wasAssociatedWith>/<http://www.w3.org/2000/01/rdf-schema#label> ?by }"
        )
    assert any(" with lexicon " in row["by"] for row in labels)
