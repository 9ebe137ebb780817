"""The queue of drafts: claims that no person has reviewed, sorted by doubt or by weight, and filtered."""

from __future__ import annotations

import operator
import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any, Final, Literal

from musnad.errors import UnknownFilter
from musnad.findings import Claim, FindingsReader, Text
from musnad.graph.store import Store
from musnad.terms import M, compact, expand
from musnad.text.folding import fold

__all__ = ["FIELDS", "Drafts", "Order", "QueuedClaim", "QueuedStatement", "list_queue", "list_statements"]

Order = Literal["doubt", "weight"]


@dataclass(frozen=True, slots=True)
class QueuedClaim:
    """A claim that waits for a reviewer.

    `says` is the claim in words, `predicate` an IRI, `confidence` (0 to 1) how sure the reading is. `kinds`
    are the kinds of the findings that the claim takes part in, one for each finding.
    """

    claim: Claim
    says: Text
    predicate: str
    confidence: float
    kinds: tuple[str, ...]

    @property
    def weight(self) -> int:
        """The number of findings that the claim takes part in."""
        return len(self.kinds)


@dataclass(frozen=True, slots=True)
class QueuedStatement:
    """A statement without claims that waits for a reviewer: `content` is what is reported, `cue` how.

    `source` is an IRI; `start` and `end` are those of the content, in code points of the article.
    """

    iri: str
    id: str
    article: str
    article_id: str
    outlet: str
    day: date
    source: str
    source_name: Text
    source_kind: str
    cue: str | None
    content: str
    start: int
    end: int

    @property
    def name(self) -> str:
        """The article's id and the statement's, as a person types them."""
        return f"{self.article_id}:{self.id}"


def list_statements(
    reader: FindingsReader, statements: Iterable[str] | None = None, *, article: str | None = None
) -> list[QueuedStatement]:
    """Give the statements without claims that no person has reviewed, in the order of the articles.

    `statements` are the IRIs of those that are wanted, where not all are; `article` is that of an article.
    """
    rows = (
        reader.rows("bare-statements", article=article)
        if statements is None
        else reader.rows_for("bare-statements", "statement", statements)
    )
    return [
        QueuedStatement(
            iri=row["statement"],
            id=row["statement_id"],
            article=row["article"],
            article_id=row["article_id"],
            outlet=row["outlet"],
            day=row["day"],
            source=row["source"],
            source_name=reader.label(row["source"]),
            source_kind=row["source_kind"].removeprefix(M),
            cue=row["cue"],
            content=row["content"],
            start=row["start"],
            end=row["end"],
        )
        for row in rows
    ]


def list_queue(store: Store, *, order: Order = "doubt", where: Iterable[str] = ()) -> list[QueuedClaim]:
    """Give the drafts of a store that meet every condition, in order: see `Drafts.pick`."""
    where = list(where)
    for text in where:
        _condition(text)  # what is none is told before the store is read
    return Drafts(FindingsReader(store)).pick(order=order, where=where)


class Drafts:
    """The drafts of a store as they were when they were read, and as they are after `renew`."""

    def __init__(self, reader: FindingsReader) -> None:
        self._drafts: dict[str, QueuedClaim] = {}
        self._positions: dict[str, list[_Position]] = {}
        self._kinds: dict[_Position, dict[str, str]] = defaultdict(dict)
        self._sorted: dict[str, list[QueuedClaim]] = {}
        self._put_findings(reader.rows("finding-positions"))
        self._put_drafts(reader.claims(), reader.rows("draft-claims"))

    def renew(
        self, reader: FindingsReader, articles: Iterable[str], *, gone: Iterable[str], come: Iterable[str]
    ) -> None:
        """Take in what became of some articles (IRIs), and the findings (IRIs) that went and came with it."""
        touched = {position for finding in gone for position in self._positions.pop(finding, ())}
        for finding in gone:
            for position in touched:
                self._kinds[position].pop(finding, None)
        touched |= self._put_findings(reader.rows_for("finding-positions", "finding", come))
        articles = set(articles)
        self._drafts = {
            iri: self._placed(one) if _position(one.claim) in touched else one
            for iri, one in self._drafts.items()
            if one.claim.article not in articles
        }
        for article in articles:
            claims = reader.claims(article=article)
            self._put_drafts(claims, reader.rows("draft-claims", article=article))
        self._sorted = {}

    def __len__(self) -> int:
        return len(self._drafts)

    def get(self, claim: str) -> QueuedClaim | None:
        """Give a draft by the IRI of its claim."""
        return self._drafts.get(claim)

    def pick(self, *, order: Order = "doubt", where: Iterable[str] = ()) -> list[QueuedClaim]:
        """Give the drafts that meet every condition, in order.

        By `doubt` the least sure come first, by `weight` those in most findings; then it is the other of the
        two that decides, and then the order of the articles. A condition is FIELD OPERATOR VALUE, such as
        `confidence<0.8`; see `FIELDS`. Raises `UnknownFilter`.
        """
        tests = [_condition(text) for text in where]
        if order not in self._sorted:
            self._sorted[order] = sorted(self._drafts.values(), key=_ORDERS[order])
        return [one for one in self._sorted[order] if all(test(one) for test in tests)]

    def _put_findings(self, rows: Iterable[Mapping[str, Any]]) -> set[_Position]:
        touched = set()
        for row in rows:
            position = (row["proposition"], row["polarity"].removeprefix(M), row["modality"].removeprefix(M))
            self._kinds[position][row["finding"]] = row["kind"]
            self._positions.setdefault(row["finding"], []).append(position)
            touched.add(position)
        return touched

    def _put_drafts(self, claims: Iterable[Claim], rows: Iterable[Mapping[str, Any]]) -> None:
        told = {row["claim"]: row for row in rows}
        for claim in claims:
            if claim.iri in told:
                row = told[claim.iri]
                says = Text(row["wording_en"], row["wording_ar"])
                one = QueuedClaim(claim, says, row["predicate"], float(row["confidence"]), ())
                self._drafts[claim.iri] = self._placed(one)

    def _placed(self, one: QueuedClaim) -> QueuedClaim:
        kinds = self._kinds.get(_position(one.claim), {})
        return replace(one, kinds=tuple(sorted(kinds.values())))


_Position = tuple[str, str, str]
"""Proposition, polarity and modality: what findings compare."""


def _position(claim: Claim) -> _Position:
    return claim.proposition, claim.polarity, claim.modality


def _place(one: QueuedClaim) -> tuple[Any, ...]:
    return one.claim.article, one.claim.start, one.claim.end, one.claim.iri


_ORDERS: Final[Mapping[Order, Callable[[QueuedClaim], Any]]] = {
    "doubt": lambda one: (one.confidence, -one.weight, *_place(one)),
    "weight": lambda one: (-one.weight, one.confidence, *_place(one)),
}


def _names(one: QueuedClaim) -> Iterator[str]:
    yield from (one.claim.source, one.claim.source_name.en, one.claim.source_name.ar)


FIELDS: Final[Mapping[str, tuple[str, Callable[[QueuedClaim], Any]]]] = {
    "article": ("name", lambda one: one.claim.article_id),
    "outlet": ("words", lambda one: [one.claim.outlet]),
    "day": ("order", lambda one: one.claim.day.isoformat()),
    "statement": ("name", lambda one: one.claim.statement_id),
    "source": ("words", lambda one: list(_names(one))),
    "source_kind": ("name", lambda one: one.claim.source_kind),
    "predicate": ("name", lambda one: compact(one.predicate)),
    "polarity": ("name", lambda one: one.claim.polarity),
    "modality": ("name", lambda one: one.claim.modality),
    "says": ("words", lambda one: [one.says.en, one.says.ar, one.claim.quote]),
    "finding": ("kind", lambda one: one.kinds),
    "confidence": ("number", lambda one: one.confidence),
    "weight": ("number", lambda one: one.weight),
}
"""What conditions can be about. Names must be equal and words contained, whatever their spelling; `finding`
is a kind of finding or its first part; days and numbers also take `<`, `<=`, `>` and `>=`."""

_CONDITION: Final = re.compile(r"\s*(?P<field>\w+)\s*(?P<sign><=|>=|!=|=|<|>)\s*(?P<value>.*?)\s*", re.DOTALL)
_SIGNS: Final[Mapping[str, Callable[[Any, Any], bool]]] = {
    "<": operator.lt, "<=": operator.le, ">": operator.gt, ">=": operator.ge, "=": operator.eq,
    "!=": operator.ne,
}  # fmt: skip


def _condition(text: str) -> Callable[[QueuedClaim], bool]:
    parts = _CONDITION.fullmatch(text)
    if parts is None or parts["field"] not in FIELDS or not parts["value"]:
        raise UnknownFilter(
            f"“{text}” is no condition for drafts",
            remedy="Write FIELD=VALUE, FIELD!=VALUE, or with < <= > >= for days and numbers; the fields are "
            f"{', '.join(FIELDS)}.",
        )
    sign, value = parts["sign"], parts["value"]
    sort, read = FIELDS[parts["field"]]
    if sort in ("number", "order"):
        compare = _SIGNS[sign]
        wanted = _number(text, value) if sort == "number" else value
        return lambda one: compare(read(one), wanted)
    if sign not in ("=", "!="):
        raise UnknownFilter(f"“{text}”: {parts['field']} has no order", remedy="Compare it with = or !=.")
    return lambda one: _meets(sort, read(one), value) is (sign == "=")


def _meets(sort: str, found: Any, value: str) -> bool:
    if sort == "words":
        return any(fold(value).text in fold(text).text for text in found)
    if sort == "kind":
        return any(kind == value or kind.startswith(f"{value}/") for kind in found)
    return bool(found == value) or (":" in value and _expanded(found) == _expanded(value))


def _expanded(name: str) -> str:
    try:
        return expand(name)
    except KeyError:
        return name


def _number(text: str, value: str) -> float:
    try:
        return float(value)
    except ValueError as error:
        raise UnknownFilter(f"“{text}”: {value} is not a number", remedy="Write it as 0.8.") from error
