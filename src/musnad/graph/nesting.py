"""How deeply SPARQL and graph files nest: the engine parses by recursion, and has a stack of its own size.

It overflows somewhere past a thousand levels and ends the process, which no `except` can catch; these limits
are far below that, and far above anything that a person or musnad writes.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Final

from musnad.errors import QueryTooDeep
from musnad.graph.sparql import TOKEN

DEEPEST: Final = 64  # brackets within brackets
LONGEST: Final = 1000  # operators and joining words: each of a chain is one level of the engine's tree

_STEP: Final = re.compile(
    TOKEN.pattern + r"| (?P<open><<|[{(\[]) | (?P<close>>>|[})\]]) | (?P<operator>[!+*/|&^=<>])",
    re.VERBOSE | re.DOTALL,
)
_JOINING: Final = frozenset(
    {"UNION", "OPTIONAL", "MINUS", "FILTER", "BIND", "EXISTS", "GRAPH", "SERVICE", "VALUES", "SELECT"}
)


def check_nesting(sparql: str) -> None:
    """Let a query pass that any engine can parse without running out of stack.

    Raises:
        QueryTooDeep: it nests deeper than 64 brackets, or has over 1,000 operators and joining words.
    """
    steps = list(_STEP.finditer(sparql))
    deepest, operators = _deepest(steps), sum(map(_operators, steps))
    if deepest > DEEPEST or operators > LONGEST:
        what = (
            f"it nests {deepest} brackets deep"
            if deepest > DEEPEST
            else f"it has {operators} operators and joining words"
        )
        raise QueryTooDeep(
            f"the query is too deep for the engine: {what}",
            remedy=f"Keep to {DEEPEST} brackets within one another and {LONGEST} operators; many values go "
            "into VALUES.",
        )


def nests_deeply(graph: bytes) -> bool:
    """Whether the triple terms of a graph, as Turtle, TriG or N-Quads, nest deeper than a parser can bear."""
    if graph.count(b"<<") <= DEEPEST:  # nearly always: triple terms are no part of what musnad reads
        return False
    steps = _STEP.finditer(graph.decode(errors="replace"))
    return _deepest(step for step in steps if step[0] in ("<<", ">>")) > DEEPEST


def _operators(step: re.Match[str]) -> int:
    if step["operator"]:
        return 1
    word = step["word"] or ""
    return 0 if step["local"] else word.count("-") + (word.upper() in _JOINING)


def _deepest(steps: Iterable[re.Match[str]]) -> int:
    depth = deepest = 0
    for step in steps:
        depth += bool(step["open"]) - bool(step["close"])
        deepest = max(deepest, depth)
    return deepest
