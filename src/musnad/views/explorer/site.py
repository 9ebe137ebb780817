"""What all pages share: the store and what is read off it once, a request, a page."""

from __future__ import annotations

import threading
from collections import OrderedDict, defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

import pyoxigraph as ox

from musnad.collection import Table
from musnad.collection.descriptions import write_triples
from musnad.collection.table import table_of
from musnad.errors import UnknownThing
from musnad.findings import FindingsReader, Text
from musnad.graph.oxigraph_store import OxigraphStore
from musnad.graph.queries import find_query
from musnad.terms import ID, RULE
from musnad.validation import Report
from musnad.views.explorer.index import Index

PER_PAGE = 40
_REPORTS = 100


@dataclass(frozen=True, slots=True)
class Asked:
    """A request as pages see it: the name in its path, its parameters (the first of each), its language."""

    path: str
    name: str
    given: Mapping[str, str]
    language: str

    def get(self, parameter: str) -> str:
        """Give a parameter, stripped; empty where it was not given."""
        return self.given.get(parameter, "").strip()

    @property
    def page(self) -> int:
        """The page of a list that is asked for, from 1."""
        text = self.get("page")
        return max(1, int(text)) if text.isdecimal() and len(text) < 7 else 1


@dataclass(frozen=True, slots=True)
class Page:
    """A page: its template and what is put there, the query behind it, and its twins.

    The table (CSV, and JSON unless there is `data`) is the rows of the query; `turtle` gives the RDF.
    """

    template: str
    title: str
    values: Mapping[str, Any]
    query: str
    turtle: Callable[[], str]
    data: Callable[[], Any] | None = None


@dataclass
class Site:
    """The store, and readers and lists of it that pages share; all may be used by several threads."""

    store: OxigraphStore
    reader: FindingsReader = field(init=False)
    index: Index = field(init=False)

    def __post_init__(self) -> None:
        self._validating = threading.Lock()
        self._reports: dict[str, Report] = {}
        self.reader = FindingsReader(self.store)
        self.index = Index(self.store, self.reader)

    def renew(self, things: Iterable[str] | None) -> None:
        """Look at a store anew that was written to; `things` alone may be named otherwise (None: all may)."""
        self.reader = self.reader.renewed(things)
        self.index = self.index.renewed(self.reader)
        self._reports = {}

    def table(self, query: str) -> Table:
        """Give the rows of a query."""
        return table_of(self.store.query(query))

    def triples(self, names: Iterable[str]) -> str:
        """Write as Turtle what the graph says of things, and no more."""
        values = " ".join(str(ox.NamedNode(name)) for name in names)
        return write_triples(
            self.store.construct(f"CONSTRUCT {{ ?s ?p ?o }} WHERE {{ VALUES ?s {{ {values} }} ?s ?p ?o }}")
        )

    def label(self, iri: str) -> Text:
        """Give what a thing is called."""
        return self.reader.label(iri)

    def question(self, aspect: str) -> Text:
        """Give the question that an aspect asks."""
        return self.index.questions_of_aspects().get(aspect) or self.label(aspect)

    def slots_of(self, claim: str) -> list[tuple[str, Text, Text]]:
        """Give the questions that a claim answers: name, the question itself, what it is asked of."""
        lines = {line.iri: line for line in self.index.questions()}
        rows = self.reader.rows("claim-wordings", claim=claim)
        return [
            (row["slot"], self.question(row["aspect"]), self.label(lines[row["slot"]].subject))
            for row in rows
            if row["slot"] in lines
        ]

    def holders(self, positions: Iterable[str]) -> dict[str, list[str]]:
        """Give the sources that hold each of some positions, those with most claims first."""
        wanted = sorted(set(positions))
        found: dict[str, list[str]] = defaultdict(list)
        if wanted:
            for row in self.table(find_query("read/position-holders").bind_any("position", wanted)):
                found[row["position"]].append(row["source"])
        return found

    def facing(self, source: str) -> list[tuple[str, str, str]]:
        """Give finding, kind and other source wherever a source and another have sides that are compared."""
        rows = list(self.reader.rows("findings-facing-source", source=source))
        holders = self.holders(row["position"] for row in rows)
        found = {
            (row["finding"], row["kind"], other): None
            for row in rows
            for other in holders.get(row["position"], ())
            if other != source
        }
        return list(found)

    def validate(self, article: str, check: Callable[[], Report]) -> Report:
        """Give the report on an article; one at a time is made, and the latest are kept."""
        with self._validating:
            if article not in self._reports:
                if len(self._reports) >= _REPORTS:
                    self._reports.pop(next(iter(self._reports)))
                self._reports[article] = check()
            return self._reports[article]

    def kind_label(self, kind: str) -> Text:
        """Give what a kind of finding is called: the name of its rule."""
        return self.label(RULE(kind.replace("/", "-")))


def named(kind: str, digest: str) -> str:
    """Give the IRI of a thing from the kind and the digest in a page's address.

    Raises `UnknownThing` for what cannot be a name.
    """
    iri = ID(f"{kind}/{digest}")
    try:
        ox.NamedNode(iri)
    except ValueError as error:
        raise UnknownThing("this is no name of a thing", where=f"{kind}/{digest}") from error
    return iri


def bound(query: str, **parameters: str) -> str:
    """Give the text of a query in queries/read/ with parameters bound."""
    return find_query(f"read/{query}").bind(parameters)


class Cache:
    """Answers that were given before, up to so many bytes; the one asked for longest ago goes first."""

    def __init__(self, size: int) -> None:
        self._size = size
        self._held = 0
        self._answers: OrderedDict[tuple[str, ...], bytes] = OrderedDict()
        self._lock = threading.Lock()

    def get(self, key: tuple[str, ...]) -> bytes | None:
        """Give an answer that is held."""
        with self._lock:
            answer = self._answers.get(key)
            if answer is not None:
                self._answers.move_to_end(key)
            return answer

    def clear(self) -> None:
        """Hold nothing any more."""
        with self._lock:
            self._answers.clear()
            self._held = 0

    def put(self, key: tuple[str, ...], answer: bytes) -> None:
        """Hold an answer, unless it would take too much of the room."""
        if len(answer) > self._size // 8:
            return
        with self._lock:
            self._held += len(answer) - len(self._answers.pop(key, b""))
            self._answers[key] = answer
            while self._held > self._size:
                self._held -= len(self._answers.popitem(last=False)[1])
