"""The queue of drafts: claims that no person has reviewed, sorted by doubt or by weight, and filtered."""

from __future__ import annotations

import operator
import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final, Literal

from musnad.collection.table import table_of
from musnad.errors import UnknownFilter
from musnad.findings import Claim, FindingsReader, Text
from musnad.graph.queries import find_query
from musnad.graph.store import Store
from musnad.terms import compact, expand
from musnad.text.folding import fold

__all__ = ["FIELDS", "Order", "QueuedClaim", "list_queue"]

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


def list_queue(store: Store, *, order: Order = "doubt", where: Iterable[str] = ()) -> list[QueuedClaim]:
    """Give the drafts that meet every condition, in order.

    By `doubt` the least sure come first, by `weight` those in most findings; then it is the other of the two
    that decides, and then the order of the articles. A condition is FIELD OPERATOR VALUE, such as
    `confidence<0.8`; see `FIELDS`. Raises `UnknownFilter`.
    """
    tests = [_condition(text) for text in where]
    reader = FindingsReader(store)
    kinds: dict[str, list[str]] = defaultdict(list)
    for finding in reader.findings():
        for claim in finding.claims:
            kinds[claim.iri].append(finding.kind)
    rows = {row["claim"]: row for row in table_of(store.query(find_query("read/draft-claims").bind()))}
    queue = [
        QueuedClaim(
            claim=claim,
            says=Text(rows[claim.iri]["wording_en"], rows[claim.iri]["wording_ar"]),
            predicate=rows[claim.iri]["predicate"],
            confidence=float(rows[claim.iri]["confidence"]),
            kinds=tuple(kinds[claim.iri]),
        )
        for claim in reader.claims()
        if claim.iri in rows
    ]
    queue = [one for one in queue if all(test(one) for test in tests)]
    # Sorting is stable, so that what is left equal stays in the order of the articles.
    if order == "weight":
        return sorted(queue, key=lambda one: (-one.weight, one.confidence))
    return sorted(queue, key=lambda one: (one.confidence, -one.weight))


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
