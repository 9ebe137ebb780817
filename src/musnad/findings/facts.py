"""What the rules read, taken out of a store once: positions, and all that is known of what they say.

A node or value is its text as N-Triples write it, each text held once, so that facts are cheap to keep,
to compare and to write. What claims say is counted by queries/prepare/10-positions.rq; from here on
nothing costs by claims.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from functools import cache
from typing import Final

from musnad.graph.queries import find_query
from musnad.graph.store import Store
from musnad.terms import ARTICLE_GRAPHS, GEO, ID, RDF, RDFS, SCHEMA, XSD, M

W: Final = "https://w3id.org/musnad/working#"
OWN: Final = f"<{ID}"  # how the text of a thing begins that is named from its content
A: Final = f"<{RDF('type')}>"
PROPOSITION: Final = f"<{M('proposition')}>"
SLOT: Final = f"<{M('slot')}>"
ASPECT: Final = f"<{M('aspect')}>"
SUBJECT: Final = f"<{RDF('subject')}>"
PREDICATE: Final = f"<{RDF('predicate')}>"
OBJECT: Final = f"<{RDF('object')}>"
CLAIMS: Final = f"<{W}claims>"

# What is known of propositions, slots, quantities, times and places: a column of the store each.
_COLUMNS: Final = (
    *(M(name) for name in ("slot", "member", "closed", "quantity", "time", "lastPhase")),
    *(M(name) for name in ("aspect", "place", "phase", "unit", "role", "validFrom", "validUntil")),
    *(M(name) for name in ("approximation", "tolerancePolicy", "edtf", "startEarliest", "endLatest")),
    *(RDF(name) for name in ("subject", "predicate", "object")),
    *(SCHEMA(name) for name in ("minValue", "maxValue")),
    GEO("sfWithin"),
    M("adminLevel"),
)
_CLASSES: Final = frozenset(M(name) for name in ("Proposition", "Slot", "Place", "Event", "Alignment"))
# The variables of 10-positions.rq that become facts of a position, and the predicates they stand with.
_POSITION: Final = {
    "proposition": PROPOSITION,
    "polarity": f"<{M('polarity')}>",
    "modality": f"<{M('modality')}>",
    "force": f"<{W}force>",
    "holders": f"<{W}holders>",
    "claims": CLAIMS,
    "sole": f"<{W}soleHolder>",
    "first": f"<{W}firstSaid>",
    "last": f"<{W}lastSaid>",
}
# Those that musnad derived before stand in the findings graph.
_ALIGNMENTS: Final = f"""
SELECT DISTINCT ?alignment WHERE {{
  GRAPH ?graph {{ ?alignment a <{M("Alignment")}> }}
  FILTER(STRSTARTS(STR(?graph), "{ARTICLE_GRAPHS}"))
}}
"""
_EVENTS: Final = f"""
SELECT ?event ?part ?value WHERE {{
  ?event <{SCHEMA("startDate")}> ?day ; ?part ?value .
  VALUES ?part {{ {A} <{SCHEMA("startDate")}> <{GEO("sfWithin")}> }}
}}
"""
_TEMPLATE: Final = re.compile(r"CONSTRUCT\s*\{.*?\}\s*WHERE", re.DOTALL)


class Facts:
    """The facts of a store that rules read: `about[node]` is predicate, value, predicate, value and so on."""

    def __init__(self) -> None:
        self.about: defaultdict[str, list[str]] = defaultdict(list)
        self.positions: list[str] = []
        self.held: dict[str, int] = {}  # how many claims hold a position
        self.alignments: list[str] = []
        self._texts: dict[str, str] = {}

    def text(self, term: object) -> str:
        """Give the text of a term, one and the same for equal terms."""
        text = str(term)
        return self._texts.setdefault(text, text)

    def add(self, node: str, predicate: str, value: str) -> None:
        """Note that `node` has `value` for `predicate`."""
        self.about[node] += (predicate, value)

    def value(self, node: str, predicate: str) -> str | None:
        """Give the first value of a predicate, None where there is none."""
        facts = self.about.get(node, ())
        return next((facts[i + 1] for i in range(0, len(facts), 2) if facts[i] == predicate), None)

    def values(self, node: str, predicate: str) -> list[str]:
        """Give all values of a predicate."""
        facts = self.about.get(node, ())
        return [facts[i + 1] for i in range(0, len(facts), 2) if facts[i] == predicate]

    def lines(self, nodes: Iterable[str], *, but: str = "") -> Iterator[str]:
        """Write what is known of nodes as lines of N-Triples, except for what one predicate says."""
        for node in nodes:
            facts = self.about.get(node, ())
            for i in range(0, len(facts), 2):
                if facts[i] != but:
                    yield f"{node} {facts[i]} {facts[i + 1]} .\n"


def read_facts(store: Store) -> Facts:
    """Take what rules read out of a store that holds article graphs."""
    facts = Facts()
    text, about = facts.text, facts.about
    classes = {f"<{name}>" for name in _CLASSES}
    for node, cls in store.column(RDF("type")):
        if (kind := text(cls)) in classes:
            about[text(node)] += (A, kind)
    for name in _COLUMNS:
        column = f"<{name}>"
        for node, value in store.column(name):
            about[text(node)] += (column, text(value))
    facts.alignments = sorted(text(alignment) for (alignment,) in store.stream(_ALIGNMENTS))
    _read_positions(store, facts)
    return facts


def _read_positions(store: Store, facts: Facts) -> None:
    names = ("position", *_POSITION)
    for row in store.stream(as_rows("prepare/10-positions", names)):
        position = facts.text(row[0])
        facts.positions.append(position)
        about = facts.about[position]
        about += (A, f"<{M('Position')}>")
        for predicate, term in zip(_POSITION.values(), row[1:], strict=True):
            if term is None:
                continue
            value = facts.text(term)
            if predicate in (CLAIMS, f"<{W}holders>") and value not in ONE_OR_NONE:
                if predicate == CLAIMS:
                    facts.held[position] = int(term.value)  # type: ignore[union-attr]
                # Rules ask for one or for more than one, and no further.
                value = SEVERAL
            about += (predicate, value)


SEVERAL: Final = f'"2"^^<{XSD("integer")}>'
ONE_OR_NONE: Final = frozenset(f'"{count}"^^<{XSD("integer")}>' for count in (0, 1))


@cache
def as_rows(name: str, variables: tuple[str, ...]) -> str:
    """Give the SELECT of some variables over the WHERE of the CONSTRUCT of this name."""
    query = find_query(name)
    return _TEMPLATE.sub(f"SELECT {' '.join(f'?{name}' for name in variables)} WHERE", query.text, count=1)


def read_events(store: Store, facts: Facts) -> list[str]:
    """Give what is known of dated events and of places, as lines of N-Triples; nothing without an event."""
    lines = [f"{event} {part} {value} .\n" for event, part, value in store.stream(_EVENTS)]
    if not lines:
        return lines
    label, within = f"<{RDFS('label')}>", f"<{GEO('sfWithin')}>"
    names = (
        f"SELECT DISTINCT ?place ?name WHERE {{ ?event <{SCHEMA('startDate')}> ?day ; {within} ?place . "
        f"?place {label} ?name }}"
    )
    lines += (f"{node} {label} {name} .\n" for node, name in store.stream(names))
    place = f"<{M('Place')}>"
    lines += facts.lines(node for node, known in facts.about.items() if place in known)
    return lines


def read_told(store: Store, events: Iterable[object]) -> Iterator[str]:
    """Give which articles tell of events, as lines of N-Triples."""
    wanted = set(events)
    if wanted:
        told = as_rows("prepare/24-events-told", ("event", "article"))
        rows = (
            f"{event} <{W}toldIn> {article} .\n" for event, article in store.stream(told) if event in wanted
        )
        yield from dict.fromkeys(rows)
