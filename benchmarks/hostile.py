"""Measure what hostile texts cost to read: seconds and memory for 100 KB and for 1 MB of each.

`python benchmarks/hostile.py [--sizes 100,1000] [--only NAME]…` reads each text of tests/trust/hostile.yaml,
articles without a full stop and ordinary ones, each in a process of its own, and writes the table to
benchmarks/results/hostile.md (with --only: prints it only). Sizes are thousands of code points,
seconds are of the processor, memory is the most that the process held. The goal is a second for 100 KB; the
ordinary articles, read in the same run, tell how fast the machine was.
"""

from __future__ import annotations

import argparse
import json
import re
import resource
import subprocess
import sys
import time
from datetime import date
from pathlib import Path

from measuring import machine
from sample_articles import make_text_of

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "tests"))

from trust.hostile import Pattern, hostile_patterns

RESULTS = Path(__file__).resolve().parent / "results" / "hostile.md"
DAY = date(2025, 10, 11)
LANGUAGES = ("ar", "en")
ORDINARY = "an ordinary article"
SIZES = (100, 1000)
PATIENCE = 600  # seconds for one text


def texts() -> list[tuple[str, str]]:
    """List every text by language and name, the ordinary ones first."""
    own = [(language, name) for name in (ORDINARY, "no full stop") for language in LANGUAGES]
    return own + [(pattern.language, pattern.name) for pattern in hostile_patterns()]


def make_text(language: str, name: str, size: int) -> str:
    """Give a text in `size` code points."""
    patterns = {(pattern.language, pattern.name): pattern for pattern in hostile_patterns()}
    pattern: Pattern | None = patterns.get((language, name))
    if pattern is not None:
        return pattern.text(size)
    text = make_text_of(language, size)
    return text if name == ORDINARY else " ".join(re.sub(r"[.!?؟…]+", "", text).split())


def read_one(language: str, name: str, size: int) -> dict[str, float]:
    """Read a text in this process; give processor seconds, MB and statements."""
    from musnad.record.drafting import draft_article
    from musnad.text.article import Article

    text = make_text(language, name, size)
    draft_article(Article("warm", make_text_of(language, 3000), DAY, "Wire", language), read_on=DAY)
    begun = time.process_time()
    record = draft_article(Article("hostile", text, DAY, "Wire", language), read_on=DAY).record
    seconds = time.process_time() - begun
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    return {
        "seconds": seconds * 100_000 / len(text),
        "megabytes": memory,
        "statements": len(record.statements),
    }


def measure(language: str, name: str, size: int) -> dict[str, float] | None:
    """Read a text in a fresh process; none when it takes longer than anybody waits."""
    command = [sys.executable, __file__, "--one", language, name, str(size)]
    try:
        done = subprocess.run(command, stdout=subprocess.PIPE, check=True, timeout=PATIENCE)
    except subprocess.TimeoutExpired:
        return None
    result: dict[str, float] = json.loads(done.stdout)
    return result


def main() -> None:
    """Measure and write."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--sizes", help="thousands of code points, e.g. 10,100")
    parser.add_argument("--only", action="append", help="texts whose name holds this; may be repeated")
    parser.add_argument("--one", nargs=3, help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.one:
        language, name, size = options.one
        print(json.dumps(read_one(language, name, int(size))))
        return
    sizes = tuple(map(int, options.sizes.split(","))) if options.sizes else SIZES
    chosen = [
        (language, name)
        for language, name in texts()
        if not options.only or name == ORDINARY or any(part in name for part in options.only)
    ]
    lines = [
        "| text | | statements | " + " | ".join(f"{size} KB: s per 100 KB | MB" for size in sizes) + " |",
        "|---|---|---|" + "---|---|" * len(sizes),
    ]
    print("\n".join(lines))
    worst: dict[int, tuple[float, str]] = {}
    ordinary: dict[tuple[str, int], float] = {}
    for language, name in chosen:
        cells, statements = [], "–"
        for size in sizes:
            result = measure(language, name, size * 1000)
            if result is None:
                cells += [f"> {PATIENCE}", "–"]
                worst[size] = (float("inf"), name)
                continue
            seconds = result["seconds"]
            cells += [f"{seconds:.2f}", f"{result['megabytes']:.0f}"]
            statements = f"{result['statements']:,.0f}"
            if name == ORDINARY:
                ordinary[language, size] = seconds
            worst[size] = max(worst.get(size, (0.0, "")), (seconds, f"{name} ({language})"))
        line = f"| {name} | {language} | {statements} | {' | '.join(cells)} |"
        lines.append(line)
        print(line, flush=True)
    told = machine()
    heading = [
        "# What hostile texts cost",
        "",
        "Written by `python benchmarks/hostile.py`: processor seconds for 100,000 code points, each text",
        f"in a process of its own. {told['cores']} cores, load {told['load']}, Python {told['python']}.",
        "",
        *(
            f"- {size} KB: the dearest is *{name}*, {seconds:.2f} s for 100 KB; an ordinary article takes "
            + " and ".join(f"{ordinary[language, size]:.2f} ({language})" for language in LANGUAGES)
            for size, (seconds, name) in worst.items()
        ),
        "",
    ]
    print("\n".join(heading))
    if not options.only:
        RESULTS.write_text("\n".join([*heading, *lines]) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
