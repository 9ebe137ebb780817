"""Score the reader against the annotated development articles.

`python benchmarks/score.py [--dev DIR] [--per-article]` reads every article of DIR/articles (with its
.meta.json: outlet, date, lang, title), writes predictions into build/score/ and runs DIR/score.py: on all,
on the articles used for development, and on those held out (never looked at, only measured).
The articles are the outlets' and not part of this project: where the folder is absent, that is said and
nothing is scored.
"""

from __future__ import annotations

import argparse
import json
import shutil
import subprocess
import sys
import time
from collections.abc import Iterable, Iterator
from itertools import combinations
from pathlib import Path

import musnad
from musnad.errors import MusnadError
from musnad.findings import Finding
from musnad.record import dump_record
from musnad.record.drafting import draft_record
from musnad.speech import read_statements
from musnad.text.article import read_articles

ROOT = Path(__file__).resolve().parents[1]
HELD_OUT = frozenset(
    {"ar09", "ar14", "ar18", "ar33", "ar36", "ar39", "ar42", "en09", "en32", "en35", "en38", "en41"}
)


def predict(path: Path) -> dict[str, object]:
    """Read one article as `musnad read` does, build it alone, and add the relations its findings show."""
    article = next(iter(read_articles(path)))
    if isinstance(article, MusnadError):
        raise article
    record = draft_record(article)
    data: dict[str, object] = json.loads(dump_record(record))
    with musnad.open() as kg:
        kg.add(record)
        data["relations"] = list(relations(kg.findings()))
    return data


def relations(findings: Iterable[Finding]) -> Iterator[dict[str, str]]:
    """Give findings as relations between statements: conflicts and tensions conflict, agreements agree."""
    kinds = {"conflict": "conflict", "tension": "conflict", "agreement": "agree"}
    seen: set[tuple[str, str, str]] = set()
    for finding in findings:
        kind = kinds.get(finding.kind.partition("/")[0])
        for one, other in combinations(sorted({claim.statement_id for claim in finding.claims}), 2):
            if kind and (one, other, kind) not in seen:
                seen.add((one, other, kind))
                yield {"a": one, "b": other, "relation": kind}


def main() -> int:
    """Predict, score, and print three tables."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--dev", type=Path, default=ROOT.parent / "shared" / "dev")
    parser.add_argument("--out", type=Path, default=ROOT / "build" / "score")
    parser.add_argument("--per-article", action="store_true")
    arguments = parser.parse_args()
    dev: Path = arguments.dev
    if not (dev / "score.py").is_file():
        print(f"skipped: no development articles at {dev}")
        return 0
    predictions: Path = arguments.out / "predictions"
    predictions.mkdir(parents=True, exist_ok=True)
    articles = sorted((dev / "articles").glob("*.txt"))
    read_statements("قال مصدر إن الباب مغلق."), read_statements("He said the door was shut.")
    began = time.perf_counter()
    records = {article.stem: predict(article) for article in articles}
    seconds = time.perf_counter() - began
    for name, record in records.items():
        target = predictions / f"{name}.json"
        target.write_text(json.dumps(record, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    print(f"{len(articles)} articles read in {seconds:.2f} s ({len(articles) / seconds:.0f} a second)")
    for title, chosen in (
        ("development", {name for name in records if name not in HELD_OUT}),
        ("held out", set(HELD_OUT)),
        ("all", set(records)),
    ):
        gold = arguments.out / title.replace(" ", "-")
        shutil.rmtree(gold, ignore_errors=True)
        gold.mkdir(parents=True)
        for name in sorted(chosen):
            if (dev / "gold" / f"{name}.json").is_file():
                shutil.copy(dev / "gold" / f"{name}.json", gold)
        command = [sys.executable, str(dev / "score.py"), str(gold), str(predictions)]
        command += [
            "--articles",
            str(dev / "articles"),
            *(["--per-article"] if arguments.per_article else []),
        ]
        print(f"\n#### {title}", flush=True)
        code = subprocess.run(command, check=False).returncode
        if code:
            return code
    return 0


if __name__ == "__main__":
    sys.exit(main())
