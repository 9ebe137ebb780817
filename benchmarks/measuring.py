"""What the benchmarks share: repeated measurements, the machine they ran on, and where figures are kept."""

from __future__ import annotations

import json
import os
import platform
import time
from collections.abc import Callable
from importlib.metadata import version
from pathlib import Path
from statistics import median

__all__ = ["keep", "machine", "median", "peak_memory", "processor_times"]

RESULTS = Path(__file__).resolve().parent / "results"
PACKAGES = ("pyoxigraph", "rdflib", "pyshacl", "shacl", "distributed", "oxigraph")


def processor_times(work: Callable[[], object], *, runs: int = 3) -> list[float]:
    """Give the processor time of each of several runs, in seconds."""
    times = []
    for _ in range(runs):
        start = time.process_time()
        work()
        times.append(time.process_time() - start)
    return times


def peak_memory() -> float:
    """Give the largest resident size of this process so far, in MB."""
    # The system's count (`ru_maxrss`) of a process begins with that of the one that started it.
    status = Path("/proc/self/status").read_text(encoding="ascii")
    return int(status.partition("VmHWM:")[2].split()[0]) / 1024


def machine() -> dict[str, object]:
    """Tell what the figures were measured on, and how busy it was."""
    return {
        "cores": os.cpu_count(),
        "load": round(os.getloadavg()[0], 1),
        "system": platform.platform(),
        "python": platform.python_version(),
        "packages": {name: version(name) for name in PACKAGES},
    }


def keep(name: str, figures: dict[str, object]) -> None:
    """Write figures to benchmarks/results, with the machine they were measured on."""
    RESULTS.mkdir(exist_ok=True)
    text = json.dumps({"machine": machine(), **figures}, indent=2, ensure_ascii=False)
    (RESULTS / f"{name}.json").write_text(f"{text}\n", encoding="utf-8")
