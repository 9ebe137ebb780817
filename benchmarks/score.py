"""Score the reader against the annotated development articles.

`python benchmarks/score.py [--dev DIR] [--per-article]` reads every article of DIR/articles (with its
.meta.json: outlet, date, lang, title), writes predictions into build/score/ and runs DIR/score.py: on all,
on the articles used for development, and on those that were held out until the relations were worked on.
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
from collections.abc import Container, Iterable, Mapping
from itertools import combinations, product
from pathlib import Path
from typing import Any

import musnad
from musnad.errors import MusnadError
from musnad.findings import Finding
from musnad.record import Record, Statement, dump_record
from musnad.record.comparing import match_statements
from musnad.record.drafting import draft_record
from musnad.record.model import Modality, Mode, Polarity, SourceMention, Span
from musnad.speech import read_statements
from musnad.text.intake import read_articles

Place = tuple[str, str]
NOWHERE = Span("", 0, 0)
PLAIN: tuple[Mode, Polarity, Modality] = ("indirect", "affirmed", "asserted")

ROOT = Path(__file__).resolve().parents[1]
HELD_OUT = frozenset(
    {"ar09", "ar14", "ar18", "ar33", "ar36", "ar39", "ar42", "en09", "en32", "en35", "en38", "en41"}
)


KINDS = {"conflict": "conflict", "tension": "conflict", "agreement": "agree"}


def predict(path: Path) -> tuple[Record, dict[str, object]]:
    """Read one article as `musnad read` does, build it alone, and add the relations its findings show."""
    article = next(iter(read_articles(path)))
    if isinstance(article, MusnadError):
        raise article
    record = draft_record(article)
    data: dict[str, object] = json.loads(dump_record(record))
    with musnad.open() as kg:
        kg.add(record)
        data["relations"] = [
            {"a": one[1], "b": other[1], "relation": kind}
            for one, other, kind in relations(kg.findings(), cued_statements([record]))
        ]
    return record, data


def relations(findings: Iterable[Finding], cued: Container[Place]) -> list[tuple[Place, Place, str]]:
    """Give findings as relations between statements: conflicts and tensions conflict, agreements agree.

    Only statements with a cue count, as score.py leaves the others out on both sides. A finding between two
    positions relates each statement of the one to each of the other, one of a single position every two.
    """
    found = set()
    for finding in findings:
        kind = KINDS.get(finding.kind.partition("/")[0])
        sides = [
            {(claim.article_id, claim.statement_id) for claim in position.claims}
            for position in finding.positions
        ]
        pairs = product(*sides) if len(sides) == 2 else combinations(sorted(sides[0]), 2)
        if kind is not None:
            found |= {
                (min(pair), max(pair), kind)
                for pair in pairs
                if pair[0] != pair[1] and pair[0] in cued and pair[1] in cued
            }
    return sorted(found)


def cued_statements(records: Iterable[Record]) -> set[Place]:
    """Give the statements that are not the outlet's own text."""
    return {(record.article, one.id) for record in records for one in record.statements if one.cue}


def score_across(records: Mapping[str, Record], dev: Path) -> None:
    """Print how well relations across articles are found when all are built together, by language.

    Predicted statements stand for the annotated ones they match as score.py matches them. Every relation
    predicted between two articles counts, whether or not these two were annotated together.
    """
    gold = {name: json.loads((dev / "gold" / f"{name}.json").read_text("utf-8")) for name in records}
    matched = {
        (name, one.id): (name, other.id)
        for name, record in records.items()
        for one, other in match_statements(record.text, record.statements, annotated(gold[name]))
        if one.cue
    }
    with musnad.open() as kg:
        for record in records.values():
            kg.add(record)
        found = relations(kg.findings(), cued_statements(records.values()))
    names = {record.article: name for name, record in records.items()}
    wanted = {
        (frozenset((tuple(row["a"].split(":")), tuple(row["b"].split(":")))), row["relation"])
        for row in json.loads((dev / "gold" / "_cross.json").read_text("utf-8"))["relations"]
    }
    predicted = {
        (frozenset((matched.get((names[a], one), (names[a], f"?{one}")) for a, one in pair)), kind)
        for *pair, kind in found
        if pair[0][0] != pair[1][0]
    }
    print("\n#### relations across articles, all built together")
    for language in ("ar", "en"):
        right, said = (
            {row for row in rows if next(iter(row[0]))[0].startswith(language)}
            for rows in (wanted, predicted)
        )
        hits = len(right & said)
        precision, recall = hits / max(1, len(said)), hits / max(1, len(right))
        f1 = 2 * precision * recall / max(1e-9, precision + recall)
        print(
            f"== {language}: gold {len(right)} pred {len(said)} P {precision:.3f} R {recall:.3f} F1 {f1:.3f}"
        )
        clusters = sorted({tuple(sorted(name for name, _ in pair)) for pair, _ in right})
        for cluster in clusters:
            of = [
                {row for row in rows if {name for name, _ in row[0]} == set(cluster)}
                for rows in (right, said)
            ]
            print(f"   {' '.join(cluster)}: gold {len(of[0])} pred {len(of[1])} right {len(of[0] & of[1])}")


def annotated(gold: Mapping[str, Any]) -> list[Statement]:
    """Give the statements of an annotated article as far as matching needs them."""
    nobody = SourceMention("", 0, 0, "", "outlet")
    return [
        Statement(one["id"], nobody, _span(one["cue"]), _span(one["content"]) or NOWHERE, *PLAIN)
        for one in gold["statements"]
    ]


def _span(found: Mapping[str, Any] | None) -> Span | None:
    return Span(found["text"], found["start"], found["end"]) if found else None


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
    read = {article.stem: predict(article) for article in articles}
    records = {name: record for name, (record, _) in read.items()}
    seconds = time.perf_counter() - began
    for name, (_, prediction) in read.items():
        target = predictions / f"{name}.json"
        target.write_text(json.dumps(prediction, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
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
    score_across({name: record for name, record in records.items() if name != "seed"}, dev)
    return 0


if __name__ == "__main__":
    sys.exit(main())
