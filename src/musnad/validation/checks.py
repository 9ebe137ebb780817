"""Check queries: what core SHACL cannot say, as SPARQL over a store; each row is a problem."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Final, cast

import pyoxigraph as ox

from musnad.errors import InvalidQueryFile
from musnad.graph.parameters import Wording
from musnad.graph.queries import Query, list_queries
from musnad.graph.sparql import Term
from musnad.graph.store import Store
from musnad.resources import data_folder
from musnad.terms import compact
from musnad.validation.report import SEVERITIES, Severity
from musnad.validation.shapes import ShapeResult
from musnad.validation.whereabouts import node_text

COLUMNS: Final = ("focus", "path", "value")
"""What every check query returns: the node at fault, the property and the value concerned."""


@dataclass(frozen=True, slots=True)
class Check:
    """A check query and how grave its rows are."""

    query: Query
    severity: Severity

    @property
    def message(self) -> Wording:
        """What a row means and what to do about it, from the query's header."""
        problem, remedy = self.query.header.problem, self.query.header.remedy
        assert problem
        assert remedy  # the reader of headers demands both of a check query
        return Wording(f"{problem.en} {remedy.en}", f"{problem.ar} {remedy.ar}")

    def run(self, store: Store) -> Iterator[ShapeResult]:
        """Give a result for each row."""
        for focus, path, value in store.query(self.query.bind()):
            yield ShapeResult(
                focus=_text(focus),
                path=compact(_text(path)),
                value=_text(value),
                shape=self.query.name,
                severity=self.severity,
                message=self.message,
            )


@cache
def load_checks() -> tuple[Check, ...]:
    """Read queries/check/ and its severities.

    Raises:
        InvalidQueryFile: a query returns other columns than `COLUMNS`, or the queries and the names in
            severities.tsv are not the same.
    """
    path = data_folder("queries") / "check" / "severities.tsv"
    rows = [line.split("\t") for line in path.read_text(encoding="utf-8").splitlines()[1:]]
    severities = dict(row for row in rows if len(row) == 2 and row[1] in SEVERITIES)
    queries = list_queries("check")
    names = {query.name for query in queries}
    if len(severities) != len(rows) or names != set(severities):
        strangers = sorted(names ^ set(severities))
        raise InvalidQueryFile(
            f"the check queries and their severities differ: {', '.join(strangers) or 'a line is broken'}",
            where=str(path),
            remedy="Give each query of the folder one line: its name, a tab, violation, warning or info.",
        )
    for query in queries:
        if query.header.returns != COLUMNS:
            raise InvalidQueryFile(
                f"a check query returns {', '.join(COLUMNS)}", where=f"queries/check/{query.name}.rq"
            )
    return tuple(Check(query, cast(Severity, severities[query.name])) for query in queries)


def run_checks(store: Store) -> set[ShapeResult]:
    """Run every check query over the union of a store's graphs."""
    return {result for check in load_checks() for result in check.run(store)}


def _text(term: Term | None) -> str:
    if term is None:
        return ""
    return term.value if isinstance(term, ox.Literal) else node_text(term)
