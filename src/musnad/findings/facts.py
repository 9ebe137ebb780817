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
CLASS: Final = f"<{RDF('type')}>"
ALIGNMENT: Final = f"<{M('Alignment')}>"
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
# Of these rules ask only what they say of things of one class.
_KNOWN_OF: Final = {GEO("sfWithin"): f"<{M('Place')}>", M("unit"): f"<{M('Slot')}>"}
_CLASSES: Final = tuple(M(name) for name in ("Proposition", "Slot", "Place", "Event", "Alignment"))
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
# What events are aligned by, part by part: all of it at once takes an engine a hundred times as long.
_EVENTS: Final = tuple(
    (f"<{part}>", f"SELECT ?event ?value WHERE {{ ?event <{SCHEMA('startDate')}> ?day ; <{part}> ?value }}")
    for part in (SCHEMA("startDate"), RDF("type"), GEO("sfWithin"))
)
_TEMPLATE: Final = re.compile(r"CONSTRUCT\s*\{.*?\}\s*WHERE", re.DOTALL)
_LITERAL: Final = re.compile(r'"([^"]*)"\^\^<')


def plain_value(text: str) -> str:
    """Give what stands between the quotes of a number or day."""
    found = _LITERAL.match(text)
    return found[1] if found else text


class Facts:
    """The facts of a store that rules read: `about[node]` is predicate, value, predicate, value and so on."""

    def __init__(self) -> None:
        self.about: defaultdict[str, list[str]] = defaultdict(list)
        self.positions: dict[str, str] = {}  # each position's proposition
        self.held: dict[str, int] = {}  # how many claims hold a position, where it is more than one
        self.aside: set[str] = set()  # positions of questions that have too many
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
        known = iter(self.about.get(node, ()))
        for name, value in zip(known, known, strict=True):
            if name == predicate:
                return value
        return None

    def values(self, node: str, predicate: str) -> list[str]:
        """Give all values of a predicate."""
        known = iter(self.about.get(node, ()))
        return [value for name, value in zip(known, known, strict=True) if name == predicate]

    def lines(self, nodes: Iterable[str]) -> Iterator[str]:
        """Write what is known of nodes as lines of N-Triples."""
        for node in nodes:
            known = self.about.get(node, ())
            for i in range(0, len(known), 2):
                yield f"{node} {known[i]} {known[i + 1]} .\n"

    def classes(self, nodes: Iterable[str]) -> Iterator[str]:
        """Write only what nodes are."""
        for node in nodes:
            for value in self.values(node, CLASS):
                yield f"{node} {CLASS} {value} .\n"


def read_facts(store: Store) -> Facts:
    """Take what rules read out of a store that holds article graphs."""
    facts = Facts()
    read_positions(store, facts)
    read_things(store, facts)
    return facts


def read_things(store: Store, facts: Facts) -> None:
    """Read what propositions say, and what is known of the things that they speak of."""
    text, about = facts.text, facts.about
    for name in _CLASSES:
        cls = text(f"<{name}>")
        for (node,) in store.stream(f"SELECT ?node WHERE {{ ?node <{RDF('type')}> {cls} }}"):
            about[text(node)] += (CLASS, cls)
    for name in _COLUMNS:
        column = f"<{name}>"
        of = _KNOWN_OF.get(name)
        for node, value in store.column(name):
            known = about[text(node)]
            if of is None or of in known:
                known += (column, text(value))
    facts.alignments = sorted(text(alignment) for (alignment,) in store.stream(_ALIGNMENTS))


def read_positions(store: Store, facts: Facts) -> None:
    """Read what is held, and how many hold it."""
    names = ("position", *_POSITION)
    for row in store.stream(as_rows("prepare/10-positions", names)):
        position = facts.text(row[0])
        facts.positions[position] = facts.text(row[1])
        about = facts.about[position]
        about += (CLASS, f"<{M('Position')}>")
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


def read_events(store: Store, facts: Facts) -> tuple[dict[str, list[str]], list[str]]:
    """Give what is known of each dated event, and of places, as lines of N-Triples."""
    events: defaultdict[str, list[str]] = defaultdict(list)
    for part, query in _EVENTS:
        for event, value in store.stream(query):
            events[str(event)].append(f"{event} {part} {value} .\n")
    label, within = f"<{RDFS('label')}>", f"<{GEO('sfWithin')}>"
    names = (
        f"SELECT DISTINCT ?place ?name WHERE {{ ?event <{SCHEMA('startDate')}> ?day ; {within} ?place . "
        f"?place {label} ?name }}"
    )
    places = [f"{node} {label} {name} .\n" for node, name in store.stream(names)]
    place = f"<{M('Place')}>"
    # A copy: positions may be read meanwhile, by another thread.
    places += facts.lines([node for node, known in dict(facts.about).items() if place in known])
    return events, places


def read_told(store: Store, events: Iterable[object]) -> Iterator[str]:
    """Give which articles tell of events, as lines of N-Triples."""
    wanted = set(events)
    if wanted:
        told = as_rows("prepare/24-events-told", ("event", "article"))
        rows = (
            f"{event} <{W}toldIn> {article} .\n" for event, article in store.stream(told) if event in wanted
        )
        yield from dict.fromkeys(rows)
