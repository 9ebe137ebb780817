"""Commands run in this process: their exit status, what they print, and where they say it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

CHECKOUT = Path(__file__).resolve().parents[2]
SEED = CHECKOUT / "seeds" / "shafaq-2025-10-11"
RECORDS = CHECKOUT / "tests" / "records"


@dataclass(frozen=True, slots=True)
class Result:
    """What a command leaves: exit status, standard output, standard error."""

    status: int
    out: str
    err: str


Run = Callable[..., Result]


@pytest.fixture
def musnad(capfdbinary: pytest.CaptureFixture[bytes], monkeypatch: pytest.MonkeyPatch) -> Run:
    """Run `musnad` with these arguments, away from the environment's own store."""
    monkeypatch.delenv("MUSNAD_STORE", raising=False)
    monkeypatch.delenv("MUSNAD_DEBUG", raising=False)

    def run_command(*arguments: object) -> Result:
        from musnad.cli.main import run

        capfdbinary.readouterr()
        status = run([str(argument) for argument in arguments])
        out, err = capfdbinary.readouterr()
        result = Result(status, out.decode(), err.decode())
        assert "Traceback" not in result.err
        return result

    return run_command


@pytest.fixture(scope="session")
def seed_store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give a store with the first article; tests only read it."""
    from musnad.collection import open_collection

    folder = tmp_path_factory.mktemp("seed") / "news.musnad"
    with open_collection(folder) as news:
        news.add(SEED)
    return folder


@pytest.fixture(scope="session")
def market_store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give a store with two articles of other matter; tests only read it."""
    from musnad.collection import open_collection

    folder = tmp_path_factory.mktemp("market") / "news.musnad"
    with open_collection(folder) as news:
        news.add(RECORDS)
    return folder
