"""Count how often claims read alike are right on the annotated development articles.

`python benchmarks/calibrate.py [--dev DIR] [--write]` reads the articles, judges every claim of a statement
with a cue, and prints a reliability table: what was foretold for an article from all others (left out one by
one), and how often it held, beside a constant, with Brier score and expected calibration error; the same for
the articles alone on which no rule was written, where fewer claims hold. All of them are counted: those that
the rules were written on say too much of the rules, the others are few. With --write the counts go into
src/musnad/record/confidence.tsv, where the reader looks them up. The articles are no part of this project:
where they are absent nothing is counted.

A claim counts as right when its statement is annotated (matched as score.py matches), with the same source
and polarity; when each date, quantity and place it uses is annotated with that value; and, where a finding
rests on it, when at least one of the relations this shows between statements is annotated. What the
annotation has no word on, the predicate, is judged by such relations alone.
"""

from __future__ import annotations

import argparse
import json
import statistics
import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import Any

from score import HELD_OUT, KINDS, annotated

import musnad
from musnad.collection.reading import read_drafts
from musnad.record import Claim, Record
from musnad.record.comparing import match_statements
from musnad.record.confidence import EVERYTHING, TABLE, bins_of, wilson
from musnad.record.drafting import Draft
from musnad.text.folding import fold_text

ROOT = Path(__file__).resolve().parents[1]
LEAST = 15  # claims in a bin, for its rate to say more than the next wider one's
WEIGHT = 15  # how many claims of the next wider bin a bin's own rate is weighed with
EDGES = (0.0, 0.4, 0.6, 0.7, 0.8, 0.9, 1.01)

Rates = Mapping[str, tuple[int, int]]


@dataclass(frozen=True, slots=True)
class Judged:
    """A claim of an article, its bins, and whether it is right."""

    article: str
    bins: tuple[str, ...]
    right: bool


def judge(draft: Draft, gold: Mapping[str, Any]) -> Iterator[Judged]:
    """Judge the claims of an article's statements with a cue."""
    record = draft.record
    wanted = {one["id"]: one for one in gold["statements"]}
    pairs = {
        one.id: wanted[other.id]
        for one, other in match_statements(record.text, record.statements, annotated(gold))
    }
    related = _relations(record, pairs, gold)
    for reading, statement in zip(draft.readings, record.statements, strict=True):
        if statement.cue is None:
            continue
        found = pairs.get(statement.id)
        heard = found is not None and _same_source(statement, found)
        heard = heard and found is not None and found["polarity"] == statement.polarity
        for claim in statement.claims:
            right = heard and _values_right(record, claim, gold) and related.get(claim.id, True)
            yield Judged(record.article, bins_of(reading), right)


def _same_source(statement: Any, gold: Mapping[str, Any]) -> bool:
    source = gold["source"]
    overlap = source.get("start") is not None and (
        statement.source.start < source["end"] and source["start"] < statement.source.end
    )
    return overlap or fold_text(statement.source.canonical) == fold_text(source["canonical"])


def _values_right(record: Record, claim: Claim, gold: Mapping[str, Any]) -> bool:
    said = claim.proposition
    things = {said.object, *said.members} - {None}
    checks = (
        ([one for one in record.quantities if one.id == said.quantity], "quantities", "value", "value"),
        ([one for one in record.dates if one.id == said.time], "dates", "iso", "iso"),
        (
            [one for one in record.places if one.entity in things and _inside(one, claim)],
            "places",
            "name_en",
            "name_en",
        ),
    )
    return all(
        any(
            other["start"] < mention.end
            and mention.start < other["end"]
            and _plain(getattr(mention, field)) == _plain(other.get(key))
            for other in gold[kind]
        )
        for mentions, kind, field, key in checks
        for mention in mentions
    )


def _inside(mention: Any, claim: Claim) -> bool:
    return bool(claim.evidence.start <= mention.start and mention.end <= claim.evidence.end)


def _plain(value: object) -> object:
    return fold_text(value) if isinstance(value, str) else value


def _relations(record: Record, pairs: Mapping[str, Any], gold: Mapping[str, Any]) -> dict[str, bool]:
    """Give for each claim that relates two statements whether one of these relations is annotated."""
    wanted = {(frozenset((row["a"], row["b"])), row["relation"]) for row in gold["relations"]}
    confirmed: dict[str, bool] = {}
    with musnad.open() as news:
        news.add(record)
        for finding in news.findings():
            kind = KINDS.get(finding.kind.partition("/")[0])
            for claim in finding.claims if kind is not None else ():
                others = {other.statement_id for other in finding.claims} - {claim.statement_id}
                if not others:
                    continue
                names = {pairs[name]["id"] for name in others if name in pairs}
                mine = pairs.get(claim.statement_id, {}).get("id")
                shown = any((frozenset((mine, name)), kind) in wanted for name in names)
                confirmed[claim.id] = confirmed.get(claim.id, False) or shown
    return confirmed


def count(judged: Iterable[Judged]) -> Rates:
    """Give right and judged claims by bin."""
    rates: dict[str, tuple[int, int]] = {EVERYTHING: (0, 0)}
    for one in judged:
        for name in one.bins:
            right, number = rates.get(name, (0, 0))
            rates[name] = right + one.right, number + 1
    return {name: rate for name, rate in rates.items() if rate[1] >= LEAST or name == EVERYTHING}


def foretell(rates: Rates, one: Judged) -> float:
    """Give what counts of other claims say of one."""
    return drawn(rates, [name for name in one.bins if name in rates])


def drawn(rates: Rates, bins: Sequence[str]) -> float:
    """Give the rate of the first of some bins, each drawn towards the wider ones after it."""
    right, judged = rates[bins[0]]
    if len(bins) == 1:
        return (right + 0.5) / (judged + 1)
    return (right + WEIGHT * drawn(rates, bins[1:])) / (judged + WEIGHT)


def reliability(title: str, told: Sequence[tuple[float, bool]], constant: Sequence[float]) -> Iterator[str]:
    """Give the table of what was foretold against what held."""
    yield f"\n{title}: {len(told)} claims, {sum(right for _, right in told)} right\n"
    yield "| foretold | claims | mean foretold | right |"
    yield "|---|---|---|---|"
    gap = 0.0
    for low, high in pairwise(EDGES):
        inside = [(value, right) for value, right in told if low <= value < high]
        if inside:
            mean, held = statistics.mean(v for v, _ in inside), statistics.mean(r for _, r in inside)
            gap += abs(mean - held) * len(inside) / len(told)
            yield f"| {low:.1f} to {min(high, 1.0):.1f} | {len(inside)} | {mean:.2f} | {held:.2f} |"
    brier = statistics.mean((value - right) ** 2 for value, right in told)
    plain = statistics.mean((value - right) ** 2 for value, (_, right) in zip(constant, told, strict=True))
    yield f"\nBrier score {brier:.3f} (a constant: {plain:.3f}); expected calibration error {gap:.3f}"


def main() -> int:
    """Judge, print, and write where asked."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--dev", type=Path, default=ROOT.parent / "shared" / "dev")
    parser.add_argument("--write", action="store_true", help="put the counts where the reader looks them up")
    arguments = parser.parse_args()
    gold: Path = arguments.dev / "gold"
    if not gold.is_dir():
        print(f"skipped: no development articles at {arguments.dev}")
        return 0
    judged: dict[str, list[Judged]] = {}
    for text in sorted((arguments.dev / "articles").glob("*.txt")):
        (draft,) = read_drafts([text])
        if isinstance(draft, Exception):
            raise draft
        if text.stem != "seed" and (gold / f"{text.stem}.json").is_file():
            data = json.loads((gold / f"{text.stem}.json").read_text("utf-8"))
            judged[text.stem] = list(judge(draft, data))
    told: list[tuple[str, float, bool, float]] = []
    for name, claims in sorted(judged.items()):
        rest = count(one for other, found in judged.items() if other != name for one in found)
        told += [(name, foretell(rest, one), one.right, drawn(rest, [EVERYTHING])) for one in claims]
    for title, chosen in (
        ("All articles", told),
        ("Those no rule was written on", [row for row in told if row[0] in HELD_OUT]),
    ):
        for line in reliability(title, [row[1:3] for row in chosen], [row[3] for row in chosen]):
            print(line)
    rates = count(one for claims in judged.values() for one in claims)
    wider = {one.bins[0]: one.bins for claims in judged.values() for one in claims}
    wider |= {bins[1]: bins[1:] for bins in tuple(wider.values())} | {EVERYTHING: (EVERYTHING,)}
    rows = [
        (
            name,
            number,
            right,
            round(drawn(rates, [one for one in wider[name] if one in rates]), 2),
            *wilson(right, number),
        )
        for name, (right, number) in sorted(rates.items())
    ]
    print("\n| bin | judged | right | confidence | low | high |\n|---|---|---|---|---|---|")
    for row in rows:
        print(f"| {' | '.join(map(str, row))} |")
    if arguments.write:
        lines = [
            "\t".join(map(str, row))
            for row in (("bin", "judged", "right", "confidence", "low", "high"), *rows)
        ]
        TABLE.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
