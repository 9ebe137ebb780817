"""What tests of collections share: an empty one over each kind of store, two drafts of one story."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from pathlib import Path

import pyoxigraph as ox
import pytest

import musnad
from musnad.collection import Collection
from musnad.findings import Finding
from musnad.graph.endpoint_store import EndpointStore
from musnad.record import Record, Review, load_record

RECORDS = Path(__file__).resolve().parents[1] / "records"
FIRST, LATER = "shatt-courier-2026-03-02", "shatt-courier-2026-03-04"
WHO = {"by": "Amal Saleh", "at": "2026-11-28"}


def draft(name: str, by: str = "musnad 0") -> Record:
    record = load_record(RECORDS / f"market-blast-{name}.json")
    return replace(record, review=Review("draft", by, record.date))


def reviewed(name: str) -> Record:
    record = load_record(RECORDS / f"market-blast-{name}.json")
    return replace(record, review=Review("reviewed", "The desk", "2026-11-27"))


@pytest.fixture(scope="module")
def drafts(tmp_path_factory: pytest.TempPathFactory) -> Mapping[str, list[ox.Quad]]:
    """Give the graphs of a collection with two drafts, to start from without deriving anew each time."""
    with musnad.open() as opened:
        opened.add(draft("first-day"), draft("two-days-later"))
        return {name: list(opened.store.quads(name)) for name in opened.store.graphs()}


@pytest.fixture
def kg(drafts: Mapping[str, list[ox.Quad]]) -> Iterator[Collection]:
    """Give a collection in memory with two drafts that nobody has looked at."""
    with musnad.open() as opened:
        opened.store.replace(drafts)
        yield opened


@pytest.fixture(params=["memory", "disk", "server"])
def empty(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Collection]:
    """Give an empty collection over each kind of store."""
    if request.param == "server":
        endpoint: EndpointStore = request.getfixturevalue("endpoint")
        del endpoint
        with musnad.connect(request.getfixturevalue("oxigraph_server")) as opened:
            yield opened
        return
    with musnad.open(tmp_path / "news.musnad" if request.param == "disk" else None) as opened:
        yield opened


def sides(finding: Finding) -> str:
    held = [
        "+".join(f"{claim.article_id[-5:]}:{claim.id}" for claim in position.claims)
        for position in finding.positions
    ]
    origins = finding.independence
    return f"{finding.kind} {' × '.join(held)} [{origins.least}, {origins.most}]"
