"""Measure the reader on single Arabic newswire sentences with attributions taken from a treebank.

`python benchmarks/padt.py [--file F] [--errors]`: predictions are matched one-to-one to the annotated
attributions by cue; an attribution is right when the cue overlaps, the content has an intersection over
union of at least 0.8, and the first word of the source (where one is annotated) is in the predicted source.
Every third sentence is held out. The file is not part of this project; where it is absent, that is said.
"""

from __future__ import annotations

import argparse
import json
import sys
from dataclasses import replace
from pathlib import Path
from typing import Any

from musnad.speech import Statement, read_statements
from musnad.text.spans import Span

ROOT = Path(__file__).resolve().parents[1]


def overlap(a: tuple[int, int], b: tuple[int, int]) -> int:
    """Give how many code points two spans share."""
    return max(0, min(a[1], b[1]) - max(a[0], b[0]))


def joined(statements: list[Statement]) -> list[Statement]:
    """Join the statements of one cue: the treebank has one attribution a cue, we split at a repeated أن."""
    first: dict[Span, Statement] = {}
    for statement in statements:
        cue = statement.cue
        if cue is None:
            continue
        known = first.get(cue)
        if known is None:
            first[cue] = statement
        else:
            whole = Span(known.content.start, statement.content.end, "")
            first[cue] = replace(known, content=whole)
    return list(first.values())


def right(gold: dict[str, Any], found: Statement) -> tuple[bool, bool]:
    """Give whether content and source head are right."""
    span = (gold["content"]["start"], gold["content"]["end"])
    mine = (found.content.start, found.content.end)
    shared = overlap(span, mine)
    union = max(span[1], mine[1]) - min(span[0], mine[0])
    content = shared / union >= 0.8
    source = gold.get("source")
    if not source:
        return content, True
    head = (source["start"], source["start"] + len(source["text"].split()[0]))
    mention = found.source.mention
    return content, mention is not None and overlap(head, (mention.start, mention.end)) > 0


def main() -> int:
    """Measure and print one line for development and held-out sentences each, and one for all."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--file", type=Path, default=ROOT.parent / "shared" / "dev" / "padt-dev.jsonl")
    parser.add_argument("--errors", action="store_true", help="print the development sentences read wrongly")
    arguments = parser.parse_args()
    if not arguments.file.is_file():
        print(f"skipped: no sentences at {arguments.file}")
        return 0
    rows = [json.loads(line) for line in arguments.file.read_text(encoding="utf-8").splitlines() if line]
    for title, chosen in (
        ("development", [row for at, row in enumerate(rows) if at % 3 != 2]),
        ("held out", [row for at, row in enumerate(rows) if at % 3 == 2]),
        ("all", rows),
    ):
        total = cues = contents = sources = whole = 0
        for row in chosen:
            found = joined([s for s in read_statements(row["text"], language="ar") if s.cue is not None])
            used: set[str] = set()
            for gold in row["statements"]:
                total += 1
                cue = (gold["cue"]["start"], gold["cue"]["end"])
                matches = [
                    (right(gold, s), s)
                    for s in found
                    if s.cue and s.id not in used and overlap(cue, (s.cue.start, s.cue.end))
                ]
                matches.sort(key=lambda match: -sum(match[0]))
                if matches:
                    (content, source), best = matches[0]
                    used.add(best.id)
                    cues += 1
                    contents += content
                    sources += source
                    whole += content and source
                    if content and source:
                        continue
                if arguments.errors and title == "development":
                    print(row["id"], row["text"])
                    print(
                        "   gold",
                        gold["source"] and gold["source"]["text"],
                        "<",
                        gold["cue"]["text"],
                        ">",
                        gold["content"]["text"],
                    )
                    for s in found:
                        mention = s.source.mention.text if s.source.mention else None
                        print("   read", mention, "<", s.cue and s.cue.text, ">", s.content.text)
        print(
            f"{title}: {total} attributions, cue {cues / total:.3f}, content {contents / total:.3f}, "
            f"source head {sources / total:.3f}, all right {whole / total:.3f}"
        )
    return 0


if __name__ == "__main__":
    sys.exit(main())
