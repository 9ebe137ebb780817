"""What tests share: a real SPARQL server, golden files, Debian tools, hypothesis profiles."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

import pytest
from hypothesis import settings

from sparql_server import serve_oxigraph

if TYPE_CHECKING:
    from musnad.graph.endpoint_store import EndpointStore

TESTS = Path(__file__).resolve().parent
IN_CI = os.environ.get("CI") == "true"
REWRITES_GOLDEN = os.environ.get("MUSNAD_GOLDEN") == "1"

settings.register_profile("local", deadline=None)
settings.register_profile("ci", deadline=None, max_examples=50, derandomize=True)
settings.load_profile("ci" if IN_CI else "local")


class Golden(Protocol):
    """Compare a text with the golden file of this name beside the test's others."""

    def __call__(self, name: str, text: str) -> None: ...


def pytest_configure(config: pytest.Config) -> None:
    if REWRITES_GOLDEN and IN_CI:
        raise pytest.UsageError("golden files are compared in CI, never rewritten")


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """With MUSNAD_GOLDEN=1 run only the tests that have golden files."""
    if not REWRITES_GOLDEN:
        return
    writes = [item for item in items if "golden" in getattr(item, "fixturenames", ())]
    config.hook.pytest_deselected(items=[item for item in items if item not in writes])
    items[:] = writes


def pytest_runtest_setup(item: pytest.Item) -> None:
    """Skip a test whose Debian tool is missing, where everyone can see it; in CI it must not be missing."""
    for mark in item.iter_markers("system"):
        for tool in mark.args:
            if shutil.which(tool) is None:
                message = f"{tool} is missing: run `make system`"
                if IN_CI:
                    pytest.fail(message, pytrace=False)
                pytest.skip(message)


@pytest.fixture
def golden(request: pytest.FixtureRequest) -> Golden:
    """Compare texts with files under tests/golden/<test module>/, which `make golden` rewrites."""
    folder = TESTS / "golden" / request.path.stem

    def compare(name: str, text: str) -> None:
        path = folder / name
        if REWRITES_GOLDEN:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(text.encode())
            return
        assert path.is_file(), (
            f"{path.relative_to(TESTS.parent)} is missing: run `make golden`, read the diff"
        )
        assert text == path.read_bytes().decode()

    return compare


@pytest.fixture(scope="session")
def oxigraph_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Run the real Oxigraph server on a free loopback port, over a folder, and give its address."""
    folder = tmp_path_factory.mktemp("oxigraph")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("no_proxy", "127.0.0.1")
        with serve_oxigraph(folder) as address:
            yield address


@pytest.fixture
def endpoint(oxigraph_server: str) -> EndpointStore:
    """Give the server as a store that holds nothing."""
    from musnad.graph.endpoint_store import EndpointStore  # it brings rdflib, which most tests do without

    store = EndpointStore(oxigraph_server)
    store.update("DROP ALL")
    return store
