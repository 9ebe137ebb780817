"""What a store holds, exported part by part: the same bytes as from all its quads, in little memory."""

from __future__ import annotations

import dataclasses
import tempfile
from collections.abc import Iterator
from io import BytesIO
from itertools import islice
from pathlib import Path

import pyoxigraph as ox
import pytest

from musnad.collection import Collection, open_collection
from musnad.errors import NoRoomForExport, OrphanedSpan, UnfitOption
from musnad.graph.exports import Holdings, export, nquads, turtle
from musnad.graph.exports.parts import Part
from musnad.graph.mapping import map_record
from musnad.graph.store import Store, open_store
from musnad.record import Labels, Record, Source
from musnad.terms import FINDINGS_GRAPH, OA

STREAMED = ("turtle", "trig", "nquads")


@pytest.fixture(scope="module")
def records(seed_record: Record, relayed_record: Record) -> list[Record]:
    """Give articles that share most of what they speak of, and call some of it by other names."""
    later = dataclasses.replace(
        seed_record,
        article="later",
        date="2025-10-12",
        text=f"{seed_record.text}\nlater",
        sources=(*seed_record.sources, Source("Gulf Wire", "outlet", Labels(en="Wire of the Gulf"))),
        entities=tuple(
            dataclasses.replace(
                entity, labels=dataclasses.replace(entity.labels, en=f"{entity.labels.en} (later)")
            )
            for entity in seed_record.entities
        ),
    )
    return [later, relayed_record, seed_record]


@pytest.fixture(scope="module")
def news(records: list[Record]) -> Iterator[Collection]:
    with open_collection() as collection:
        collection.put(records)
        claim = collection.claims()[0]
        collection.reject(claim.iri, by="ann", at="2026-01-01")
        yield collection


def written(given: Holdings | list[ox.Quad], form: str) -> bytes:
    stream = BytesIO()
    export(given, form, stream)
    return stream.getvalue()


@pytest.mark.parametrize("options", [{}, {"findings": False}, {"vocabulary": True}], ids=str)
@pytest.mark.parametrize("form", STREAMED)
def test_a_store_is_written_as_its_quads_are(news: Collection, form: str, options: dict[str, bool]) -> None:
    holdings = Holdings(news.store, **options)
    quads = list(holdings.quads())
    assert quads == news.quads(**options)
    assert written(holdings, form) == written(quads, form)


@pytest.mark.parametrize("form", ["trig", "nquads"])
def test_the_history_is_written_too(news: Collection, form: str) -> None:
    holdings = Holdings(news.store, history=True)
    text = written(holdings, form)
    assert b"past" in text
    assert text == written(news.quads(history=True), form)


def test_turtle_has_no_place_for_the_history(news: Collection) -> None:
    with pytest.raises(UnfitOption, match="no named graphs"):
        written(Holdings(news.store, history=True), "turtle")


def test_findings_that_are_left_out_leave_no_word(news: Collection) -> None:
    text = written(Holdings(news.store, findings=False), "turtle")
    assert b"m:wording" not in text
    assert b"m:Finding" not in text
    assert b"Gulf Wire" in text
    assert b"Wire of the Gulf" in text


def test_each_part_tells_only_what_no_part_before_it_told(news: Collection) -> None:
    names = [name for part in Holdings(news.store, vocabulary=True).parts() for name in part.names]
    assert len(names) == len(set(names))
    assert set(names) == {str(quad.subject)[1:-1] for quad in news.quads(vocabulary=True)}


@pytest.mark.parametrize("form", STREAMED)
def test_what_does_not_fit_in_memory_is_written_the_same(
    news: Collection, form: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    expected = written(Holdings(news.store), form)
    monkeypatch.setattr(turtle, "_IN_MEMORY", 1000)
    monkeypatch.setattr(turtle, "_PIECE", 700)
    monkeypatch.setattr(nquads, "_RUN", 50)
    monkeypatch.setattr(nquads, "_RUNS", 7)
    assert written(Holdings(news.store), form) == expected


@pytest.mark.parametrize("form", STREAMED)
def test_nothing_is_written_when_a_span_is_not_in_its_text(news: Collection, form: str) -> None:
    exact = next(quad for quad in news.quads() if quad.predicate.value == OA("exact"))
    graph = exact.graph_name
    assert isinstance(graph, ox.NamedNode)
    with open_store() as store:
        for name in news.store.graphs():
            store.replace({name: news.store.quads(name)})
        moved = ox.Quad(exact.subject, exact.predicate, ox.Literal("other words"), graph)
        store.replace({graph.value: [moved if q == exact else q for q in news.store.quads(graph.value)]})
        stream = BytesIO()
        with pytest.raises(OrphanedSpan, match="other words"):
            export(Holdings(store), form, stream)
        assert stream.getvalue() == b""


def test_a_full_disk_is_told(news: Collection, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(turtle, "_IN_MEMORY", 1000)
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path / "gone"))
    with pytest.raises(NoRoomForExport, match="gone"):
        written(Holdings(news.store), "turtle")


def test_no_more_than_a_part_is_asked_for_at_a_time(records: list[Record]) -> None:
    """The parts of many articles are made one by one, each while the one before is written."""
    asked: list[str] = []

    class Watched(Holdings):
        def triples(self, graph: str) -> str:
            asked.append(graph)
            return super().triples(graph)

    with open_store() as store:
        fill(store, records)
        parts: list[Part] = []
        for part in islice(Watched(store).parts(), len(records)):
            parts.append(part)
            assert len(asked) == len(parts)


def fill(store: Store, records: list[Record]) -> None:
    """Put records in without findings."""
    for record in records:
        quads = map_record(record)
        store.replace({str(quads[0].graph_name)[1:-1]: quads})
    assert FINDINGS_GRAPH not in store.graphs()
