"""What a query or a graph file may not do: nest too deeply, or ask other servers.

The engine parses by recursion, on a stack that overflows somewhere past a thousand levels and ends the
process, which no `except` can catch; the limits are far below that, and far above what anybody writes.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Final

from musnad.errors import OutsideQuery, QueryTooDeep
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
_INSIDE_BRACKETS: Final = re.compile(r"\).*\bservice\b", re.IGNORECASE | re.DOTALL)
_ESCAPE: Final = re.compile(r"\\u([0-9A-Fa-f]{4})|\\U(0010[0-9A-Fa-f]{4}|000[0-9A-Fa-f]{5})")


def check_outreach(sparql: str) -> None:
    """Let a query or update pass that asks no other server and reads no other file.

    Oxigraph carries SERVICE and LOAD out, whatever they name, and has no switch for it.

    Raises:
        OutsideQuery: it has SERVICE or LOAD, written out or in escapes.
    """
    # SPARQL 1.1, 19.2: escapes are expanded before anything else is read.
    plain = _ESCAPE.sub(lambda found: chr(int(found[1] or found[2], 16)), sparql)
    for text in {sparql, plain}:
        for step in _STEP.finditer(text):
            # A number needs no space after it, as in `?s ?p 1SERVICE …`; and what looks like an IRI may be a
            # comparison with a comment after it, as in `?a<?b)SERVICE#>`.
            word = "" if step["local"] else (step["word"] or "").upper()
            hidden = step[0].startswith("<") and _INSIDE_BRACKETS.search(step[0])
            if word.endswith(("SERVICE", "LOAD")) or hidden:
                raise OutsideQuery(
                    "the query asks for something outside the store (SERVICE or LOAD)",
                    remedy="Ask that server by its address, as --store; put files in with `musnad build`.",
                )


def check_nesting(sparql: str) -> None:
    """Let a query pass that the engine can parse without running out of stack.

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
