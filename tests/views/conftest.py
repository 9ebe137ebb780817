"""Collections that the views are tried on: the first article, and one story told by four outlets."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from musnad.collection import Collection, open_collection

CHECKOUT = Path(__file__).resolve().parents[2]
SEED = CHECKOUT / "seeds" / "shafaq-2025-10-11"
BLAST = sorted((CHECKOUT / "tests" / "reading" / "records").glob("*-market-blast*.txt"))


@pytest.fixture(scope="session")
def seed() -> Iterator[Collection]:
    """Give a collection with the first article; tests only read it."""
    with open_collection() as news:
        news.add(SEED)
        yield news


@pytest.fixture(scope="session")
def blast() -> Iterator[Collection]:
    """Give a collection with a blast that three Arabic outlets and an English one report; only to be read."""
    assert len(BLAST) == 4
    with open_collection() as news:
        news.add(*BLAST)
        yield news
