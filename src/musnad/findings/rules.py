"""The rules at work: the query files of queries/prepare, derive and conclude, one after the other.

prepare lays out what is compared (the slots that positions answer, the pairs of answers and how their
values stand), derive holds one file per rule, conclude writes what the rules showed as findings. It
happens in a store of its own in memory, many parts of a collection at a time; parts of one shape share
what was found.
"""

from __future__ import annotations

import os
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from functools import cache, partial
from typing import Final

import pyoxigraph as ox

from musnad.findings.components import SET_ASIDE, align_things, components
from musnad.findings.facts import ASPECT, CLAIMS, OBJECT, PROPOSITION, SEVERAL, SLOT, SUBJECT, Facts, W
from musnad.findings.shapes import PAIRS, Line, Shape, Template, make_template, shape_of
from musnad.graph.oxigraph_store import OxigraphStore
from musnad.graph.queries import Query, list_queries
from musnad.graph.vocabulary import load_vocabulary
from musnad.terms import ID, RDFS, SKOS, M

BATCH: Final = 400  # positions that are worked on together
WORKERS: Final = min(4, os.cpu_count() or 1)  # batches at a time
KEPT: Final = 20_000  # shapes whose findings are remembered
LARGEST: Final = 40  # positions beyond which a part is too much its own to be met again
_ASKS: Final = f"<{W}asks>"
_COMPARES: Final = f"<{M('compares')}>"
_PREMISE: Final = f"<{M('premise')}>"
_FINDING: Final = f"<{ID('finding/')}"
_ASKED: Final = f"SELECT ?finding ?slot ?aspect WHERE {{ ?finding {_ASKS} ?slot . ?slot {ASPECT} ?aspect }}"


@dataclass(slots=True)
class _Part:
    """A part of a collection: its positions, then everything that is known of them."""

    positions: list[str]
    names: list[str]
    shape: Shape | None  # None for one that is not to be shared


@dataclass(slots=True)
class _Outcome:
    """What rules found in one part; `choices` are slots between which the order of names decided."""

    lines: list[Line] = field(default_factory=list)
    choices: list[str] = field(default_factory=list)


# What stands in place of a template where names themselves matter.
_BY_ORDER: Final = "by the order of the slots' names"
_ALONE: Final = "not to be shared"


class Rules:
    """The rules, with what they found in parts of each shape."""

    def __init__(self) -> None:
        self._templates: dict[object, Template | str] = {}

    def findings(self, facts: Facts) -> Iterator[str]:
        """Give the findings among facts, a text of N-Triples lines for each part that has any."""
        bearing = _alignments_by_thing(facts)
        waiting: dict[object, list[_Part]] = {}
        held = 0
        for positions in _tasks(facts):
            shape, names = shape_of(facts, positions, bearing)
            part = _Part(positions, names, shape if len(positions) <= LARGEST else None)
            template = self._known(part)
            if isinstance(template, Template):
                if template.text:
                    yield template.write(part.names)
                continue
            key = self._key(part) if template != _ALONE else None
            alike = waiting.setdefault(key or id(part), [])
            alike.append(part)
            held += len(positions) if len(alike) == 1 else 0
            if held >= BATCH * WORKERS:
                yield from self._work_off(facts, waiting)
                waiting, held = {}, 0
        yield from self._work_off(facts, waiting)

    def _key(self, part: _Part) -> object:
        if part.shape is not None and self._templates.get(part.shape) == _BY_ORDER:
            return part.shape, _slot_order(part.names)
        return part.shape

    def _known(self, part: _Part) -> Template | str | None:
        return None if part.shape is None else self._templates.get(self._key(part))

    def _work_off(self, facts: Facts, waiting: dict[object, list[_Part]]) -> Iterator[str]:
        """Let rules look at the first part of each shape, and give the findings of all."""
        while waiting:
            firsts = [parts[0] for parts in waiting.values()]
            again: dict[object, list[_Part]] = {}
            for part, outcome, parts in zip(firsts, _apply(facts, firsts), waiting.values(), strict=True):
                yield "".join(f"{s} {p} {o} .\n" for s, p, o in outcome.lines)
                if part.shape is None:
                    continue
                self._remember(part, outcome)
                for other in parts[1:]:
                    template = self._known(other)
                    if isinstance(template, Template):
                        yield template.write(other.names)
                    else:
                        key = id(other) if template == _ALONE else self._key(other)
                        again.setdefault(key, []).append(other)
            waiting = again

    def _remember(self, part: _Part, outcome: _Outcome) -> None:
        if len(self._templates) >= KEPT:
            self._templates.clear()
        template: Template | str | None = make_template(outcome.lines, part.names)
        if template is None or (outcome.choices and not set(outcome.choices) <= set(part.names)):
            self._templates[part.shape] = _ALONE
        elif outcome.choices:
            self._templates[part.shape] = _BY_ORDER
            self._templates[self._key(part)] = template
        else:
            self._templates[self._key(part)] = template


@cache
def the_rules() -> Rules:
    """Give the rules, which keep what they have found of each shape while the program runs."""
    return Rules()


def _tasks(facts: Facts) -> Iterator[list[str]]:
    """Give the positions to look at: those that can meet together, and those of several claims alone."""
    for positions in components(facts):
        for position in positions:
            if facts.value(position, CLAIMS) == SEVERAL or facts.value(position, SET_ASIDE):
                yield [position]
        if len(positions) > 1:
            yield positions


def _slot_order(names: Sequence[str]) -> tuple[int, ...]:
    slots = [(name, number) for number, name in enumerate(names) if name.startswith(f"<{ID('slot/')}")]
    return tuple(number for _, number in sorted(slots))


def _alignments_by_thing(facts: Facts) -> dict[str, list[str]]:
    """Give the alignments that may bear on a thing: all those of its group."""
    joined = align_things(facts)
    groups: defaultdict[str, list[str]] = defaultdict(list)
    things: dict[str, str] = {}
    for alignment in facts.alignments:
        for end in (facts.value(alignment, SUBJECT), facts.value(alignment, OBJECT)):
            if end:
                group = things[end] = joined.of(end)
                if groups[group][-1:] != [alignment]:
                    groups[group].append(alignment)
    return {thing: groups[group] for thing, group in things.items()}


# --- one batch ---------------------------------------------------------------------------------------


def _apply(facts: Facts, parts: Sequence[_Part]) -> list[_Outcome]:
    """Let rules look at parts, those that would meet apart from one another."""
    outcomes: dict[int, _Outcome] = {}
    alone = [part for part in parts if len(part.positions) == 1]
    met = [part for part in parts if len(part.positions) > 1]
    batches = [lot for batch in (met, *_apart(facts, alone)) for lot in _lots(batch)]
    # Nearly all is done in the engine, which lets other threads run meanwhile.
    with ThreadPoolExecutor(WORKERS) as pool:
        for batch, found in zip(batches, pool.map(partial(_apply_together, facts), batches), strict=True):
            outcomes.update(zip(map(id, batch), found, strict=True))
    return [outcomes[id(part)] for part in parts]


def _lots(parts: Sequence[_Part]) -> Iterator[list[_Part]]:
    """Give parts in lots of so many positions."""
    lot: list[_Part] = []
    held = 0
    for part in parts:
        lot.append(part)
        held += len(part.positions)
        if held >= BATCH:
            yield lot
            lot, held = [], 0
    if lot:
        yield lot


def _apart(facts: Facts, alone: Sequence[_Part]) -> Iterator[list[_Part]]:
    """Give single positions in batches in which no two are about one subject."""
    left = list(alone)
    while left:
        batch: dict[str, _Part] = {}
        rest = []
        for part in left:
            slot = facts.value(facts.value(part.positions[0], PROPOSITION) or "", SLOT) or ""
            if batch.setdefault(facts.value(slot, SUBJECT) or "", part) is not part:
                rest.append(part)
        yield list(batch.values())
        left = rest


def _apply_together(facts: Facts, parts: Sequence[_Part]) -> list[_Outcome]:
    if not parts:
        return []
    nodes = dict.fromkeys(name for part in parts for name in part.names)
    with OxigraphStore() as store:
        store.load_lines(vocabulary_lines())
        # In company a position is not compared with itself.
        company = len(parts[0].positions) > 1
        store.load_lines("".join(facts.lines(nodes, but=CLAIMS if company else "")))
        for query in _steps("prepare", "derive"):
            work(store, query)
        lines: dict[Line, None] = {}
        asked: list[tuple[str, str, str]] = []
        for query in _steps("conclude"):
            if "working" in query.header.tags:
                work(store, query)
                asked = [tuple(map(str, row)) for row in store.stream(_ASKED)]  # type: ignore[misc]
                continue
            triples = store.construct(query.text)
            lines.update(dict.fromkeys((str(t.subject), str(t.predicate), str(t.object)) for t in triples))
    return _share_out(facts, parts, lines, asked)


def _share_out(
    facts: Facts, parts: Sequence[_Part], lines: Iterable[Line], asked: Iterable[tuple[str, str, str]]
) -> list[_Outcome]:
    """Give each part its lines, with the slots between which the order of names chose."""
    home = {position: number for number, part in enumerate(parts) for position in part.positions}
    claimed: defaultdict[str, set[int]] = defaultdict(set)
    for position, number in home.items():
        claimed[facts.value(position, PROPOSITION) or ""].add(number)
    about: defaultdict[str, list[Line]] = defaultdict(list)
    outcomes = [_Outcome() for _ in parts]
    for line in lines:
        if line[1] in PAIRS:
            for number in claimed[line[0]] & claimed[line[2]]:
                outcomes[number].lines.append(line)
        else:
            about[line[0]].append(line)
    number_of: dict[str, int] = {}
    for finding, known in about.items():
        if not finding.startswith(_FINDING):
            continue
        number = number_of[finding] = next(home[o] for _, p, o in known if p == _COMPARES)
        found = outcomes[number].lines
        found += known
        for _, predicate, value in known:
            if predicate in (_COMPARES, _PREMISE, SLOT):
                found += about.get(value, ())
    choices: defaultdict[tuple[str, str], list[str]] = defaultdict(list)
    for finding, slot, aspect in asked:
        choices[finding, aspect].append(slot)
    for (finding, _), slots in choices.items():
        if len(slots) > 1:
            outcomes[number_of[finding]].choices += slots
    for outcome in outcomes:
        outcome.lines = list(dict.fromkeys(outcome.lines))
    return outcomes


@cache
def _steps(*folders: str) -> tuple[Query, ...]:
    """Give the queries that look at parts, in the order of their names."""
    return tuple(
        query
        for folder in folders
        for query in list_queries(folder)
        if not {"whole", "events"} & set(query.header.tags)
    )


# What rules ask of the vocabulary.
_ASKED_OF_TERMS: Final = frozenset(
    (
        *(M(name) for name in ("answers", "valueKind", "cardinality", "temporality", "entails", "excludes")),
        *(M(name) for name in ("wholeAndParts", "lastPhaseCompletes", "findingKind", "ruleVersion")),
        *(SKOS("broader"), RDFS("subClassOf")),
    )
)
_ASKED_CLASSES: Final = frozenset((M("Predicate"), M("Rule")))


@cache
def vocabulary_lines() -> str:
    """Give what rules ask of the vocabulary, as lines of N-Triples."""
    return "".join(
        f"{quad.triple} .\n"
        for quad in load_vocabulary().quads
        if quad.predicate.value in _ASKED_OF_TERMS
        or (isinstance(quad.object, ox.NamedNode) and quad.object.value in _ASKED_CLASSES)
    )


def work(store: OxigraphStore, query: Query) -> None:
    """Run a CONSTRUCT into the store; one tagged `repeat` gives only what is new, until nothing is."""
    if "repeat" not in query.header.tags:
        # The engine writes what it constructs by itself.
        store.update(query.text.replace("CONSTRUCT", "INSERT", 1))
        return
    while triples := store.construct(query.text):
        store.extend(ox.Quad(t.subject, t.predicate, t.object) for t in triples)
