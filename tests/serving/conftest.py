"""A real server over the first article, as `musnad serve` runs it."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx
import pytest

from musnad.collection import open_collection

ROOT = Path(__file__).resolve().parents[2]
SEED = ROOT / "seeds" / "shafaq-2025-10-11"


@contextmanager
def serve(store: Path, *options: str) -> Iterator[str]:
    """Run `musnad serve` on a free port for as long as the block lasts; gives its address."""
    command = [sys.executable, "-c", "from musnad.cli import main; main()", "serve"]
    environment = os.environ | {"PYTHONPATH": str(ROOT / "src")}
    process = subprocess.Popen(
        [*command, "--store", str(store), "--port", "0", *options],
        stderr=subprocess.PIPE,
        text=True,
        env=environment,
    )
    assert process.stderr is not None
    try:
        line = process.stderr.readline()
        found = re.search(r"http://[\d.]+:\d+", line)
        if found is None:
            pytest.fail(f"musnad serve does not start: {line}{process.stderr.read()}")
        yield found[0]
    finally:
        process.terminate()
        process.communicate(timeout=20)


@pytest.fixture(scope="session")
def seed_store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Build the first article into a folder."""
    folder = tmp_path_factory.mktemp("serving") / "news.musnad"
    with open_collection(folder) as news:
        news.add(SEED)
    return folder


@pytest.fixture(scope="session")
def server(seed_store: Path) -> Iterator[str]:
    """Serve the first article; queries may take two seconds."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("no_proxy", "127.0.0.1")
        with serve(seed_store, "--timeout", "2", "--cors", "http://friend.example") as address:
            yield address


@pytest.fixture(scope="session")
def client(server: str) -> Iterator[httpx.Client]:
    """Give a client of the server that follows no redirects."""
    with httpx.Client(base_url=server, timeout=30, trust_env=False) as client:
        yield client
