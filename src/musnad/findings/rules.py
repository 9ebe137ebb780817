"""The rules at work: the query files of queries/prepare, derive and conclude, one after the other.

prepare lays out what is compared (the slots that positions answer, the pairs of answers and how their
values stand), derive holds one file per rule, conclude writes what the rules showed as findings. No rule
looks beyond two positions and what is known around them, so each pair that can meet is looked at, many
together in a store of their own in memory; pairs of one shape share what was found.
"""

from __future__ import annotations

import os
from collections import defaultdict, deque
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, field
from functools import cache
from typing import Final

import pyoxigraph as ox

from musnad.findings.components import alignments_by_thing, meetings
from musnad.findings.facts import ASPECT, SLOT, Facts, W, as_rows
from musnad.findings.shapes import Profile, Profiler, Shape, shape_of_one, shape_of_two
from musnad.findings.templates import Line, Template, make_template
from musnad.graph.oxigraph_store import OxigraphStore
from musnad.graph.queries import Query, list_queries
from musnad.graph.vocabulary import load_vocabulary
from musnad.terms import ID, RDFS, SKOS, M

BATCH: Final = 400  # positions that are worked on together
WORKERS: Final = min(4, os.cpu_count() or 1)  # batches at a time
KEPT: Final = 20_000  # shapes whose findings are remembered
TOLD: Final = 100_000  # things that are remembered as told
_COMPARES: Final = f"<{M('compares')}>"
_REFERS: Final = frozenset((_COMPARES, f"<{M('premise')}>", SLOT))
_ASKED: Final = f"SELECT ?finding ?slot ?aspect WHERE {{ ?finding <{W}asks> ?slot . ?slot {ASPECT} ?aspect }}"
_RELATIONS: Final = ("conclude/30-relations", ("finding", "one", "relation", "other"))
# What stands in place of a template where names themselves matter.
_BY_ORDER: Final = "by the order of the slots' names"
_ALONE: Final = "not to be shared"


@dataclass(slots=True)
class _Task:
    """One position that is looked at by itself, or two that may meet, with the names around them.

    All that is known of `deep` names is looked at, of the others what they are; tasks of one `key` have the
    same findings.
    """

    positions: tuple[str, ...]
    names: list[str]
    deep: list[str]
    shape: Shape
    key: object = None


@dataclass(slots=True)
class _Outcome:
    """What rules found in one task; `choices` are slots between which the order of names decided."""

    lines: list[Line] = field(default_factory=list)
    choices: list[str] = field(default_factory=list)


class Rules:
    """The rules, with what they found in tasks of each shape."""

    def __init__(self) -> None:
        self._profiler = Profiler()
        self._templates: dict[object, Template | str] = {}

    def findings(self, facts: Facts) -> Iterator[str]:
        """Give the findings among facts, as texts of N-Triples lines; a line may come more than once."""
        known: set[str] = set()
        alike: dict[object, list[_Task]] = {}
        with _Batches(facts) as batches:
            for task in self._tasks(facts):
                if text := self._take(task, alike, batches, known):
                    yield text
                if batches.full:
                    yield from self._settle(alike, batches, known)
            while batches.left:
                yield from self._settle(alike, batches, known)

    def _tasks(self, facts: Facts) -> Iterator[_Task]:
        """Give what to look at: pairs that can meet, and positions of several claims by themselves."""
        bearing = alignments_by_thing(facts)
        for positions, pairs in meetings(facts):
            profiles: dict[str, Profile] = {}
            for position in positions:
                several = position in facts.held or position in facts.aside
                if several or len(positions) > 1:
                    profile = profiles[position] = self._profiler.profile(facts, position, bearing)
                if several:
                    yield _Task((position,), profile.names, profile.deep, shape_of_one(profile))
            for one, other in pairs:
                shape, names = shape_of_two(profiles[one], profiles[other])
                yield _Task((one, other), names, profiles[one].deep + profiles[other].deep, shape)

    def _take(
        self, task: _Task, alike: dict[object, list[_Task]], batches: _Batches, known: set[str]
    ) -> str | None:
        """Give the findings of a task if its shape is known, or put it to work, or to wait for its like."""
        task.key = task.shape
        template = self._templates.get(task.key)
        if template == _BY_ORDER:
            task.key = task.shape, _slot_order(task.names)
            template = self._templates.get(task.key)
        if isinstance(template, Template):
            if len(known) > TOLD:
                known.clear()
            return template.write(task.names, known)
        if template == _ALONE:
            task.key = object()
        if task.key in alike:
            alike[task.key].append(task)
        else:
            alike[task.key] = []
            batches.add(task)
        return None

    def _settle(self, alike: dict[object, list[_Task]], batches: _Batches, known: set[str]) -> Iterator[str]:
        """Give the findings of the batch that was first put to work, and of what waited for it."""
        for task, outcome in batches.next():
            yield "".join(f"{s} {p} {o} .\n" for s, p, o in outcome.lines)
            self._remember(task, outcome)
            for other in alike.pop(task.key):
                if text := self._take(other, alike, batches, known):
                    yield text

    def _remember(self, task: _Task, outcome: _Outcome) -> None:
        if len(self._templates) >= KEPT:
            self._templates.clear()
        template = make_template(outcome.lines, task.names)
        if template is None or not set(outcome.choices) <= set(task.names):
            self._templates[task.shape] = _ALONE
        elif outcome.choices:
            self._templates[task.shape] = _BY_ORDER
            self._templates[task.shape, _slot_order(task.names)] = template
        else:
            self._templates[task.shape] = template


@cache
def the_rules() -> Rules:
    """Give the rules, which keep what they have found of each shape while the program runs."""
    return Rules()


def _slot_order(names: Sequence[str]) -> tuple[int, ...]:
    slots = [(name, number) for number, name in enumerate(names) if name.startswith(f"<{ID('slot/')}")]
    return tuple(number for _, number in sorted(slots))


# --- batches -----------------------------------------------------------------------------------------


class _Batches:
    """Tasks at work, some hundreds in one store, several stores at a time."""

    def __init__(self, facts: Facts) -> None:
        self._facts = facts
        self._lot: list[_Task] = []
        self._held = 0
        self._working: deque[tuple[list[_Task], Future[list[_Outcome]]]] = deque()
        # Nearly all is done in the engine, which lets the thread that gives out tasks go on meanwhile.
        self._pool = ThreadPoolExecutor(WORKERS)

    def __enter__(self) -> _Batches:
        return self

    def __exit__(self, *_: object) -> None:
        self._pool.shutdown(cancel_futures=True)

    def add(self, task: _Task) -> None:
        """Put a task to work, as soon as there are enough."""
        self._lot.append(task)
        self._held += len(task.positions)
        if self._held >= BATCH:
            self._start()

    def _start(self) -> None:
        self._working.append((self._lot, self._pool.submit(_apply, self._facts, self._lot)))
        self._lot, self._held = [], 0

    @property
    def full(self) -> bool:
        """Whether enough is at work, so that what is done had better be taken first."""
        return len(self._working) > 2 * WORKERS

    @property
    def left(self) -> bool:
        """Whether there is anything at work or to be put to work."""
        return bool(self._lot or self._working)

    def next(self) -> Iterator[tuple[_Task, _Outcome]]:
        """Give the tasks that were first put to work, and what was found."""
        if not self._working:
            self._start()
        lot, future = self._working.popleft()
        yield from zip(lot, future.result(), strict=True)


def _apply(facts: Facts, tasks: Sequence[_Task]) -> list[_Outcome]:
    """Let rules look at tasks, all in one store; what is found between two tasks belongs to neither."""
    deep = dict.fromkeys(name for task in tasks for name in task.deep)
    others = dict.fromkeys(name for task in tasks for name in task.names if name not in deep)
    lines: dict[Line, None] = {}
    with OxigraphStore() as store:
        store.load_lines(vocabulary_lines() + "".join(facts.lines(deep)) + "".join(facts.classes(others)))
        for query in (*_steps("prepare"), *_steps("derive"), *_steps("conclude")):
            if "conclude" not in query.header.tags or "working" in query.header.tags:
                work(store, query)
            elif "relations" not in query.header.tags:
                triples = store.construct(query.text)
                lines.update(
                    dict.fromkeys((str(t.subject), str(t.predicate), str(t.object)) for t in triples)
                )
        asked = [tuple(map(str, row)) for row in store.stream(_ASKED)]
        relations = [tuple(map(str, row)) for row in store.stream(as_rows(*_RELATIONS))]
    about: defaultdict[str, list[Line]] = defaultdict(list)
    for line in lines:
        about[line[0]].append(line)
    compared: defaultdict[frozenset[str], list[str]] = defaultdict(list)
    for finding, told in about.items():
        if positions := frozenset(value for _, predicate, value in told if predicate == _COMPARES):
            compared[positions].append(finding)
    choices: defaultdict[tuple[str, str], list[str]] = defaultdict(list)
    for finding, slot, aspect in asked:
        choices[finding, aspect].append(slot)
    between: defaultdict[str, list[str]] = defaultdict(list)
    for (finding, _), slots in choices.items():
        if len(slots) > 1:
            between[finding] += slots
    relates: dict[str, Line] = {
        finding: (one, relation, other) for finding, one, relation, other in relations
    }
    return [_outcome(compared[frozenset(task.positions)], about, between, relates) for task in tasks]


def _outcome(
    findings: Sequence[str],
    about: Mapping[str, Sequence[Line]],
    between: Mapping[str, Sequence[str]],
    relates: Mapping[str, Line],
) -> _Outcome:
    """Gather the findings of one task, with all that they refer to."""
    lines: dict[Line, None] = {}
    choices: list[str] = []
    for finding in findings:
        lines.update(dict.fromkeys(about[finding]))
        for _, predicate, value in about[finding]:
            if predicate in _REFERS:
                lines.update(dict.fromkeys(about.get(value, ())))
        if finding in relates:
            lines[relates[finding]] = None
        choices += between.get(finding, ())
    return _Outcome(list(lines), choices)


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
