"""Reckon from the measured constants what a million to a billion claims need.

`python benchmarks/capacity.py` prints the table that docs/explanation/scale.md shows; `--write` puts it
there. It is made of benchmarks/results/steps.json alone, so that none of its figures is written by hand: run
steps.py first, on the machine the table is to speak of.
"""

from __future__ import annotations

import argparse
import json
import math
import re
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
RESULTS = ROOT / "benchmarks" / "results"
PAGE = ROOT / "docs" / "explanation" / "scale.md"
MARKED = re.compile(r"(<!-- capacity: [^>]*-->\n).*?(<!-- end of capacity -->)", re.DOTALL)
SIZES = (1_000_000, 10_000_000, 100_000_000, 1_000_000_000)
DAY = 86_400


def constants() -> dict[str, float]:
    """Give what was measured, by its name in the results."""
    steps = json.loads((RESULTS / "steps.json").read_text(encoding="utf-8"))
    return {name: value for name, value in steps.items() if isinstance(value, int | float)}


def reckon(claims: int, known: dict[str, float]) -> list[str]:
    """Give one row: claims, articles, what workers do, what a store does."""
    articles = claims / known["claims an article"]
    reading = articles * known["characters an article"] / 1000 * known["read, ms a 1000 characters"] / 1000
    checking = claims * (known["map, ms a claim"] + known["validate, ms a claim"]) / 1000
    loading = claims * known["load, ms a claim"] / 1000
    finding = claims * known["find, ms a claim"] / 1000
    size = claims * known["store on disk, bytes a claim"]
    return [
        f"{claims:,}",
        f"{articles:,.0f}",
        hours(reading),
        hours(checking),
        f"{math.ceil((reading + checking) / DAY):,}",
        hours(loading),
        hours(finding),
        f"{size / 1e12:,.2f} TB",
        f"{math.ceil(loading / DAY):,}",
    ]


def hours(seconds: float) -> str:
    """Write a time in hours."""
    return f"{seconds / 3600:,.1f} h" if seconds < 360_000 else f"{seconds / 3600:,.0f} h"


def table() -> str:
    """Give the table in Markdown."""
    known = constants()
    head = [
        "claims",
        "articles",
        "reading (core time)",
        "mapping and validation (core time)",
        "cores that do both in a day",
        "loading (core time of one store)",
        "findings (core time)",
        "store on disk",
        "stores that load it in a day",
    ]
    rows = [head, ["---:"] * len(head), *(reckon(claims, known) for claims in SIZES)]
    return "".join(f"| {' | '.join(row)} |\n" for row in rows)


def page(text: str) -> str:
    """Give the page with the table in its place."""
    written, number = MARKED.subn(lambda found: f"{found[1]}\n{table()}\n{found[2]}", text)
    if number != 1:
        raise SystemExit(f"{PAGE} has no place for the table")
    return written


def main() -> None:
    """Print the table, or put it into the page."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--write", action="store_true")
    if parser.parse_args().write:
        PAGE.write_text(page(PAGE.read_text(encoding="utf-8")), encoding="utf-8")
    else:
        print(table(), end="")


if __name__ == "__main__":
    main()
