"""What all pages share: the store and what is read off it once, a request, a page."""

from __future__ import annotations

import threading
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import pyoxigraph as ox

from musnad.collection import Table
from musnad.collection.descriptions import write_triples
from musnad.collection.table import table_of
from musnad.errors import UnknownThing
from musnad.findings import Claim, Finding, FindingsReader, Independence, Text, count_origins
from musnad.findings.keeping import Kept
from musnad.graph.naming import content_name
from musnad.graph.oxigraph_store import OxigraphStore
from musnad.graph.queries import find_query
from musnad.terms import ID, RULE, M
from musnad.validation import Report
from musnad.views.explorer.index import Index

PER_PAGE = 40
_REPORTS, _HOLDERS, _COMPARED, _ORIGINS = 100, 100_000, 100_000, 5_000
"""What is kept for the next page: reports of articles, sources that hold positions, findings as positions see
them, and how independent a claim is with all that agrees with it."""


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


@dataclass(frozen=True, slots=True)
class Compared:
    """A finding as one of the positions it compares sees it: its kind, and the position on the other side."""

    finding: str
    kind: str
    other: str


@dataclass
class Site:
    """The store, and readers and lists of it that pages share; all may be used by several threads."""

    store: OxigraphStore
    reader: FindingsReader = field(init=False)
    index: Index = field(init=False)

    def __post_init__(self) -> None:
        self._validating = threading.Lock()
        self.reader = FindingsReader(self.store)
        self.index = Index(self.store, self.reader)
        self._keep_anew()

    def _keep_anew(self) -> None:
        self._reports: Kept[str, Report] = Kept(_REPORTS)
        self._holders: Kept[str, list[str]] = Kept(_HOLDERS, len)
        self._compared: Kept[str, tuple[Compared, ...]] = Kept(_COMPARED, lambda found: len(found) + 1)
        self._origins: Kept[frozenset[str], Independence] = Kept(_ORIGINS)

    def renew(self, things: Iterable[str] | None) -> None:
        """Look at a store anew that was written to; `things` alone may be named otherwise (None: all may)."""
        self.reader = self.reader.renewed(things)
        self.index = self.index.renewed(self.reader)
        self._keep_anew()

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
        lines = self.index.questions()
        found = (lines.named(row["slot"]) for row in self.reader.rows("claim-wordings", claim=claim))
        return [
            (line.iri, self.question(line.aspect), self.label(line.subject))
            for line in found
            if line is not None
        ]

    def wordings(self, claims: Iterable[str]) -> dict[str, Text]:
        """Give what each of some claims says, in words."""
        query = find_query("read/claim-wordings").bind_any("claim", claims)
        return {row["claim"]: Text(row["wording_en"], row["wording_ar"]) for row in self.table(query)}

    def holders(self, positions: Iterable[str]) -> dict[str, list[str]]:
        """Give the sources that hold each of some positions, those with most claims first."""
        return self._holders.fill(positions, self._read_holders)

    def _read_holders(self, positions: list[str]) -> dict[str, list[str]]:
        found: dict[str, list[str]] = defaultdict(list)
        # Positions that thousands take are those whose claims are at hand: counted here, not by the engine.
        for position, claims in self.reader.at_hand(positions).items():
            counts = Counter(claim.source for claim in claims)
            found[position] = sorted(counts, key=lambda source: (-counts[source], source))
        unread = [position for position in positions if position not in found]
        if unread:
            for row in self.table(find_query("read/position-holders").bind_any("position", unread)):
                found[row["position"]].append(row["source"])
        return found

    def compared(self, positions: Iterable[str]) -> dict[str, tuple[Compared, ...]]:
        """Give the findings that compare each of some positions, in the order of their kinds."""
        return self._compared.fill(positions, self._read_compared)

    def _read_compared(self, positions: list[str]) -> dict[str, tuple[Compared, ...]]:
        found: dict[str, list[Compared]] = {position: [] for position in positions}
        for row in self.table(find_query("read/findings-of-positions").bind_any("position", positions)):
            found[row["position"]].append(Compared(row["finding"], row["kind"], row["other"]))
        return {position: tuple(compared) for position, compared in found.items()}

    def origins(self, claim: Claim, agreeing: Sequence[Finding]) -> Independence:
        """Count the independent origins of a claim together with what agrees with it."""
        # Claims of one position agree with the same: what is counted hangs on the findings alone.
        key = frozenset(finding.iri for finding in agreeing) or frozenset({claim.iri})
        known = self._origins.get(key)
        if known is None:
            claims = {claim.iri: claim} | {other.iri: other for found in agreeing for other in found.claims}
            hands = self.reader.hands_of(other.statement for other in claims.values())
            known = count_origins(claims.values(), hands)
            self._origins.put(key, known)
        return known

    def facing(self, source: str) -> list[tuple[str, str, str]]:
        """Give finding, kind and other source wherever a source and another have sides that are compared."""
        stances = self.reader.rows("stances-of-source", source=source)
        positions = [
            content_name("position", row["proposition"], row["polarity"], row["modality"]) for row in stances
        ]
        compared = dict.fromkeys(one for found in self.compared(positions).values() for one in found)
        holders = self.holders({one.other for one in compared})
        return [
            (one.finding, one.kind, other)
            for one in compared
            for other in holders.get(one.other, ())
            if other != source
        ]

    def validate(self, article: str, check: Callable[[], Report]) -> Report:
        """Give the report on an article; one at a time is made, and the latest are kept."""
        with self._validating:
            report = self._reports.get(article)
            if report is None:
                report = check()
                self._reports.put(article, report)
            return report

    def kind_label(self, kind: str) -> Text:
        """Give what a kind of finding is called: the name of its rule."""
        return self.label(RULE(kind.replace("/", "-")))


def position_of(claim: Claim) -> str:
    """Name the position that a claim takes, as queries/prepare/10-positions.rq does."""
    return content_name("position", claim.proposition, M(claim.polarity), M(claim.modality))


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
