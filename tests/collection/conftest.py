"""Collections over each kind of store: in memory, in a folder, behind a real server."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

import musnad
from musnad.collection import Collection
from musnad.graph.endpoint_store import EndpointStore


@pytest.fixture(params=["memory", "disk", "server"])
def kg(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Collection]:
    """Give an empty collection over each kind of store."""
    if request.param == "server":
        endpoint: EndpointStore = request.getfixturevalue("endpoint")
        del endpoint
        with musnad.connect(request.getfixturevalue("oxigraph_server")) as opened:
            yield opened
        return
    with musnad.open(tmp_path / "news.musnad" if request.param == "disk" else None) as opened:
        yield opened
