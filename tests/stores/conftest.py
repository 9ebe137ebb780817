"""The stores that the compliance suite runs over."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from musnad.graph.oxigraph_store import OxigraphStore
from musnad.graph.store import Store

STORES = ("memory", "disk", "server")


@pytest.fixture(params=STORES)
def store(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Store]:
    """Give an empty store of each kind in turn."""
    if request.param == "server":
        yield request.getfixturevalue("endpoint")
        return
    with OxigraphStore(tmp_path / "store" if request.param == "disk" else None) as opened:
        yield opened
