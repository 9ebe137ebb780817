"""Cases of validation: a graph in order, one small update whose name says why, and what is then found.

`record.ttl`, `findings.ttl`, `decision.ttl` and `terms.ttl` are in order. In the folder of a shapes file's
name, or of a check query's name under check/, each `<outcome>.<why>.ru` is a SPARQL update of one of them,
and `expected.json` holds what is found after it. The outcome is `valid` (nothing), `invalid` (a violation) or
`warning` (something lighter).
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import pyoxigraph as ox

from musnad.terms import compact
from musnad.validation.shapes import ShapeResult

HERE = Path(__file__).resolve().parent
EXAMPLE = "https://example.org/"
GRAPH = ox.NamedNode(f"{EXAMPLE}graph")
OUTCOMES = ("valid", "invalid", "warning")

Found = dict[str, str]


@dataclass(frozen=True, slots=True)
class Case:
    """One update of a graph in order, and what is found after it."""

    folder: str
    name: str
    update: str
    expected: tuple[tuple[tuple[str, str], ...], ...]

    @property
    def subject(self) -> str:
        """The shapes file or check query that the folder is named after."""
        return self.folder.rpartition("/")[2]

    @property
    def outcome(self) -> str:
        return self.name.partition(".")[0]

    def quads(self) -> list[ox.Quad]:
        """Give the graph after the update, as the one named graph `GRAPH`."""
        store = ox.Store()
        for name in base_names(self.folder):
            store.load(path=HERE / f"{name}.ttl")
        store.update(self.update)
        return [ox.Quad(quad.subject, quad.predicate, quad.object, GRAPH) for quad in store]


def base_names(folder: str) -> tuple[str, ...]:
    """Give the graphs that the cases of a folder start from."""
    return {
        "finding": ("findings",),
        "ontology": ("terms",),
        "review": ("decision",),
        "check/finding-position-unheld": ("record", "findings"),
        "check/finding-rule-undeclared": ("record", "findings"),
    }.get(folder, ("record",))


@cache
def list_cases(folder: str) -> tuple[Case, ...]:
    """List the cases of a folder; the graph as it stands is the first, and valid."""
    path = HERE / folder
    expected = json.loads((path / "expected.json").read_text(encoding="utf-8"))
    files = sorted(path.glob("*.ru"))
    assert set(expected) == {file.stem for file in files if not file.stem.startswith("valid.")}
    cases = [Case(folder, "valid.as-it-stands", "", ())]
    for file in files:
        found = tuple(tuple(sorted(row.items())) for row in expected.get(file.stem, ()))
        cases.append(Case(folder, file.stem, file.read_text(encoding="utf-8"), found))
    return tuple(cases)


def describe(result: ShapeResult) -> tuple[tuple[str, str], ...]:
    """Give what a case states of a result, in the form of expected.json."""
    focus = "_:" if result.focus.startswith("_:") else result.focus.replace(EXAMPLE, "ex:")
    row = {
        "focus": focus,
        "path": result.path,
        "shape": compact(result.shape),
        "severity": result.severity,
    }
    return tuple(sorted(row.items()))
