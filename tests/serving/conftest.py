"""A real server over the first article, as `musnad serve` runs it."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any

import httpx
import pytest

from musnad.collection import open_collection
from serving.reviewing import Desk

ROOT = Path(__file__).resolve().parents[2]
SEED = ROOT / "seeds" / "shafaq-2025-10-11"


@dataclass(frozen=True)
class Served:
    """A server that lets review: its address, the one to sign in at once, the token for scripts."""

    address: str
    once: str
    token: str


@contextmanager
def serve_review(store: Path, *options: str) -> Iterator[Served]:
    """Run `musnad serve --review` on a free port for as long as the block lasts."""
    with start(store, "--review", "--by", "Amal Saleh", *options) as (address, said):
        once, token = (said.readline().split()[-1] for _ in range(2))
        yield Served(address, once, token)


@contextmanager
def serve(store: Path, *options: str) -> Iterator[str]:
    """Run `musnad serve` on a free port for as long as the block lasts; gives its address."""
    with start(store, *options) as (address, _):
        yield address


@contextmanager
def start(store: Path, *options: str) -> Iterator[tuple[str, IO[str]]]:
    """Run `musnad serve` on a free port; gives its address, and what it goes on to say."""
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
        yield found[0], process.stderr
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


@pytest.fixture(scope="session")
def draft_store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Read the first article into a store: drafts of the machine."""
    folder = tmp_path_factory.mktemp("review") / "news.musnad"
    with open_collection(folder) as news:
        news.read(SEED / "article.txt", outlet="Shafaq News", date="2025-10-11")
    return folder


@pytest.fixture(scope="module")
def desk(draft_store: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    """Serve the drafts for review, in a store of the module's own."""
    folder = tmp_path_factory.mktemp("desk") / "news.musnad"
    shutil.copytree(draft_store, folder)
    with serve_review(folder) as served:
        headers = {"Authorization": f"Bearer {served.token}"}
        options: dict[str, Any] = {"base_url": served.address, "timeout": 60, "trust_env": False}
        with httpx.Client(**options) as people, httpx.Client(**options, headers=headers) as script:
            answer = people.get(served.once)
            assert (answer.status_code, answer.headers["Location"]) == (303, "/review")
            yield Desk(served.address, served.once, served.token, people, script)
