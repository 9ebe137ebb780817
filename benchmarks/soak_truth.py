"""What the soak run knows to be true: what every answer must say, from the records alone."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from musnad.graph.mapping import map_record
from musnad.graph.naming import article_name
from musnad.record import Claim, Record
from musnad.terms import RDF, M

V = TypeVar("V")

Row = dict[str, Any]


class WrongAnswer(Exception):
    """An answer that is not what the records say."""


def expect(holds: bool, what: str) -> None:
    """Stop the run where an answer is wrong."""
    if not holds:
        raise WrongAnswer(what)


class Changing(Generic[V]):
    """A value that writes change: while one is under way, the one before and the one after are both right."""

    def __init__(self, value: V) -> None:
        self._lock = threading.Lock()
        self._held: list[list[Any]] = [[value, 0.0, float("inf")]]  # value, from, until

    @property
    def value(self) -> V:
        """The last value that was written."""
        with self._lock:
            value: V = self._held[-1][0]
            return value

    @contextmanager
    def becoming(self, value: V) -> Iterator[None]:
        """Write inside the block; where that fails, the value stays what it was."""
        with self._lock:
            former = self._held[-1]
            self._held.append([value, time.monotonic(), float("inf")])
        try:
            yield
        except BaseException:
            with self._lock:
                self._held[-1][2] = time.monotonic()
                self._held.append([former[0], former[1], float("inf")])
            raise
        with self._lock:
            former[2] = time.monotonic()

    def between(self, begun: float, ended: float) -> list[V]:
        """Give the values that an answer asked for and given at these moments may show."""
        with self._lock:
            return [value for value, since, until in self._held if since <= ended and until >= begun]


@dataclass(frozen=True, slots=True)
class Told:
    """One article as its record tells it: claims by IRI, and those that stand."""

    record: Record
    iri: str
    claims: dict[str, Claim]
    standing: Changing[frozenset[str]]

    @property
    def name(self) -> str:
        """The last part of its IRI, which pages have in their addresses."""
        return self.iri.rpartition("/")[2]


def told(record: Record) -> Told:
    """Take an article's answers from its record."""
    quads = map_record(record)
    kinds = {
        q.subject.value for q in quads if q.predicate.value == RDF("type") and q.object.value == M("Claim")
    }
    ids = {
        q.subject.value: q.object.value
        for q in quads
        if q.predicate.value.endswith("/identifier") and q.subject.value in kinds
    }
    own = {claim.id: claim for statement in record.statements for claim in statement.claims}
    claims = {iri: own[local] for iri, local in ids.items()}
    return Told(record, article_name(record), claims, Changing(frozenset(claims)))


def check_statements(article: Told, rows: Sequence[Row]) -> None:
    """See that an article's page shows its statements, each with the words that stand there."""
    said = {row["statement_id"]: row for row in rows}
    expect(set(said) == {s.id for s in article.record.statements}, f"{article.name}: other statements")
    for statement in article.record.statements:
        row, content = said[statement.id], statement.content
        where = f"{article.name}, {statement.id}"
        expect((row["start"], row["end"]) == (content.start, content.end), f"{where}: other characters")
        words = article.record.text[content.start : content.end]
        expect(row["content"] == content.text == words, f"{where}: other words")


def check_claim(article: Told, iri: str, page: Row) -> None:
    """See that a claim's page tells the words that carry it, its polarity and its article."""
    claim, quote = article.claims[iri], page["quote"]
    expect(page["claim"] == iri, f"{iri}: another claim")
    expect(page["polarity"] == claim.polarity, f"{iri}: another polarity")
    expect(page["article"]["id"] == article.record.article, f"{iri}: another article")
    expect((quote["start"], quote["end"]) == (claim.evidence.start, claim.evidence.end), f"{iri}: elsewhere")
    expect(quote["text"] == claim.evidence.text, f"{iri}: other words")


def check_standing(article: Told, found: frozenset[str], begun: float, ended: float) -> None:
    """See that the claims of an article are those that stood at some moment of the asking."""
    right = article.standing.between(begun, ended)
    expect(found in right, f"{article.name}: {len(found)} claims stand, right were {[len(r) for r in right]}")
