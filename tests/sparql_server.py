"""A real SPARQL server for tests: Oxigraph's own, from PyPI, on a free loopback port."""

from __future__ import annotations

import socket
import subprocess
import sys
import time
from pathlib import Path
from urllib.error import URLError
from urllib.request import urlopen

import pytest


class serve_oxigraph:  # noqa: N801 - used as the `with` statement reads
    """Run `oxigraph serve` over a folder for as long as the block lasts; gives its address."""

    def __init__(self, folder: Path, *options: str) -> None:
        self.folder = folder
        self.options = options

    def __enter__(self) -> str:
        for _ in range(3):  # somebody may take the free port before the server does
            port = _free_port()
            if self._start(port):
                return f"http://127.0.0.1:{port}"
        pytest.fail(f"oxigraph serve does not start: {self._log.read_text(encoding='utf-8')}")

    def __exit__(self, *_: object) -> None:
        self._process.terminate()
        self._process.wait(timeout=20)

    @property
    def _log(self) -> Path:
        return self.folder / "server.log"

    def _start(self, port: int) -> bool:
        program = Path(sys.executable).with_name("oxigraph")
        data = self.folder / "data"
        with self._log.open("wb") as log:
            self._process = subprocess.Popen(
                [program, "serve", "--location", data, "--bind", f"127.0.0.1:{port}", *self.options],
                stdout=log,
                stderr=subprocess.STDOUT,
            )
        deadline = time.monotonic() + 20
        while time.monotonic() < deadline and self._process.poll() is None:
            try:
                with urlopen(f"http://127.0.0.1:{port}/", timeout=1):
                    return True
            except URLError:
                time.sleep(0.05)
        self.__exit__()
        return False


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
