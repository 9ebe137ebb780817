"""Findings, claims and chains read from a store, whatever its engine."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import date, datetime
from functools import cached_property
from typing import Any, TypeVar

import pyoxigraph as ox

from musnad.findings.chains import Hand, count_origins
from musnad.findings.keeping import Kept
from musnad.findings.model import Claim, Finding, Position, Premise, Text
from musnad.graph.queries import find_query
from musnad.graph.store import Store
from musnad.terms import RDFS, SKOS, XSD, M, compact

Row = dict[str, Any]
T = TypeVar("T")

_NAMING = (SKOS("prefLabel"), RDFS("label"))
_LOT = 500  # things asked for in one query: long enough to be few, short enough for any endpoint
_MOST_HANDS, _MOST_ARTICLES, _MOST_CLAIMS, _MOST_FINDINGS = 50_000, 20_000, 40_000, 5_000
"""Statements whose hands are kept for the next look, articles, claims that take positions, findings."""


class FindingsReader:
    """Reads the findings of one store; what it has read once it keeps, so make one for each look.

    What it keeps is bounded, but for what things are called. Several threads may read at once.
    """

    def __init__(self, store: Store) -> None:
        self._store = store
        self._hands: Kept[str, tuple[Hand, ...]] = Kept(_MOST_HANDS)
        self._outlets: Kept[str, Row] = Kept(_MOST_ARTICLES)
        self._positions: Kept[str, tuple[Claim, ...]] = Kept(_MOST_CLAIMS, len)
        self._findings: Kept[str, Finding] = Kept(_MOST_FINDINGS)

    def claims(
        self,
        claim: str | None = None,
        *,
        article: str | None = None,
        source: str | None = None,
        slot: str | None = None,
    ) -> list[Claim]:
        """Give all claims in the order of their articles, or those of a claim's, article's, … IRI."""
        return self._claims(
            self.rows("claim-evidence", claim=claim, article=article, source=source, slot=slot)
        )

    def some_claims(self, iris: Iterable[str]) -> list[Claim]:
        """Give those claims of these IRIs that there are."""
        return self._claims(self._some("claim-evidence", "claim", iris))

    def finding(self, iri: str) -> Finding | None:
        """Give one finding; None where there is no such."""
        return next(iter(self.some_findings([iri])), None)

    def some_findings(self, iris: Iterable[str]) -> tuple[Finding, ...]:
        """Give those findings of these IRIs that there are, reading no more of the store than they need."""
        found = self._findings.fill(
            iris, lambda unread: self._put_together(self._some("findings-compared", "finding", unread))
        )
        return tuple(sorted(found.values(), key=_finding_order))

    def findings(self, *, kind: str | None = None) -> list[Finding]:
        """Give the findings in a stable order; `kind` is a kind or its first part (conflict)."""
        rows = self.rows("findings-compared")
        found = self._put_together(
            row for row in rows if kind is None or f"{row['kind']}/".startswith(f"{kind}/")
        )
        return sorted(found.values(), key=_finding_order)

    def _put_together(self, rows: Iterable[Row]) -> dict[str, Finding]:
        """Give findings by their IRIs, from a row for each position that one compares."""
        told: dict[str, Row] = {}
        compared: dict[str, list[str]] = defaultdict(list)
        for row in rows:
            told.setdefault(row["finding"], row)
            compared[row["finding"]].append(row["position"])
        sides = self.held({position for positions in compared.values() for position in positions})
        premises = _by_finding(self._some("premises", "finding", told), self._premise)
        questions = _by_finding(self._some("questions", "finding", told), _question)
        hands = self.hands_of(claim.statement for claims in sides.values() for claim in claims)
        return {
            iri: self._finding(
                row,
                [Position(position, sides[position]) for position in compared[iri] if sides.get(position)],
                premises.get(iri, ()),
                questions.get(iri, ()),
                hands,
            )
            for iri, row in told.items()
            # One whose claims have all gone compares nothing.
            if any(sides.get(position) for position in compared[iri])
        }

    def read_ahead(self, positions: Iterable[tuple[str, int]]) -> None:
        """Read what is asked of some positions often, so many claims each, as far as half of it is kept."""
        left = _MOST_CLAIMS // 2
        for position, claims in positions:
            left -= claims
            if left < 0:
                break
            held = self.held([position])
            self.hands_of(claim.statement for claim in held.get(position, ()))

    def held(self, positions: Iterable[str]) -> dict[str, tuple[Claim, ...]]:
        """Give the claims that take each of some positions, in the order of their articles."""
        return self._positions.fill(positions, self._read_positions)

    def at_hand(self, positions: Iterable[str]) -> dict[str, tuple[Claim, ...]]:
        """Give what `held` gives for those positions that were read before and are kept."""
        kept = {position: self._positions.get(position) for position in positions}
        return {position: claims for position, claims in kept.items() if claims is not None}

    def _read_positions(self, positions: list[str]) -> Mapping[str, tuple[Claim, ...]]:
        held: dict[str, set[str]] = defaultdict(set)
        for row in self._some("position-claims", "position", positions):
            held[row["position"]].add(row["claim"])
        claims = {claim.iri: claim for claim in self.some_claims(set().union(*held.values()))}
        return {
            position: tuple(
                sorted(
                    (claims[iri] for iri in iris if iri in claims), key=lambda claim: _claim_order(claim)[1:]
                )
            )
            for position, iris in held.items()
        }

    def _some(self, query: str, parameter: str, iris: Iterable[str]) -> Iterator[Row]:
        """Give the rows of a query for things of these IRIs, asked for lot by lot."""
        wanted = sorted(iris)
        found = find_query(f"read/{query}")
        for start in range(0, len(wanted), _LOT):
            yield from self._read(found.bind_any(parameter, wanted[start : start + _LOT]))

    def hands_of(self, statements: Iterable[str]) -> Mapping[str, tuple[Hand, ...]]:
        """Give the hands of some statements, each in order of depth."""
        return self._hands.fill(
            statements, lambda unread: self._group_hands(self._some("steps", "statement", unread))
        )

    def _group_hands(self, rows: Iterable[Row]) -> dict[str, tuple[Hand, ...]]:
        told: dict[tuple[str, int], Row] = {}
        for row in rows:
            known = told.setdefault((row["statement"], row["depth"]), row)
            known.update({name: value for name, value in row.items() if value is not None})
        steps: dict[str, list[Hand]] = defaultdict(list)
        for (statement, depth), row in told.items():
            steps[statement].append(
                Hand(
                    depth=depth,
                    role=row["role"].removeprefix(M),
                    agent=row["agent"],
                    name=row["agent_name"],
                    kind=(row["agent_kind"] or "").removeprefix(M) or None,
                    cue=row["cue"],
                    behalf_of=row["behalf_of"],
                    label=self.label(row["agent"]) if row["agent"] else None,
                )
            )
        return {
            statement: tuple(sorted(hands, key=lambda hand: hand.depth)) for statement, hands in steps.items()
        }

    def renewed(self, things: Iterable[str] | None) -> FindingsReader:
        """Give a reader for another look, that knows what things were called, but for these (None: all)."""
        fresh = FindingsReader(self._store)
        if things is not None and "labels" in self.__dict__:
            wanted = sorted(set(things))
            asked = find_query("read/labels").bind_any("thing", wanted)
            read = _name(self._store.query(asked).tuples) if wanted else {}
            fresh.__dict__["labels"] = {**self.labels, **read}
        return fresh

    @cached_property
    def labels(self) -> Mapping[str, Text]:
        """What things are called; what has a name in one language only is called so in both."""
        return _name(row for predicate in _NAMING for row in self._store.column(predicate))

    def label(self, iri: str) -> Text:
        """Give what a thing is called, or its short name where it has none."""
        return self.labels.get(iri) or Text(compact(iri), compact(iri))

    # --- one at a time -------------------------------------------------------------------------

    def _finding(
        self,
        row: Row,
        positions: list[Position],
        premises: Iterable[Premise | str],
        questions: Iterable[Text],
        hands: Mapping[str, tuple[Hand, ...]],
    ) -> Finding:
        positions.sort(key=lambda position: (_claim_order(position.claims[0]), position.iri))
        claims = [claim for position in positions for claim in position.claims]
        quoted = [self._quote(premise, claims) for premise in premises]
        return Finding(
            iri=row["finding"],
            kind=row["kind"],
            rule=row["rule"],
            rule_version=row["version"],
            questions=tuple(questions),
            positions=tuple(positions),
            premises=tuple(premise for premise in quoted if isinstance(premise, Premise)),
            assumptions=tuple(premise for premise in quoted if isinstance(premise, str)),
            within_source=bool(row["within"]),
            independence=count_origins(claims, hands),
            explanation=self._explanations[row["rule"]],
        )

    def _claims(self, rows: Iterable[Row]) -> list[Claim]:
        rows = list(rows)
        outlets = self._outlets.fill((row["article"] for row in rows), self._read_outlets)
        return [self._claim(row, outlets[row["article"]]) for row in rows if row["article"] in outlets]

    def _read_outlets(self, articles: list[str]) -> Mapping[str, Row]:
        found: dict[str, Row] = {}
        for row in self._some("article-outlets", "article", articles):
            found.setdefault(row["article"], row)
        return found

    def _claim(self, row: Row, article: Row) -> Claim:
        return Claim(
            iri=row["claim"],
            id=row["claim_id"],
            article=row["article"],
            article_id=article["article_id"],
            outlet=article["outlet"],
            day=article["day"],
            statement=row["statement"],
            statement_id=row["statement_id"],
            source=row["source"],
            source_name=self.label(row["source"]),
            source_kind=row["source_kind"].removeprefix(M),
            quote=row["quote"],
            start=row["start"],
            end=row["end"],
            polarity=row["polarity"].removeprefix(M),
            modality=row["modality"].removeprefix(M),
            proposition=row["proposition"],
            status=row["status"].removeprefix(M),
        )

    def _premise(self, row: Row) -> Premise | str:
        if row["relation"] is None:
            return str(row["premise"]).removeprefix(M)
        return Premise(
            iri=row["premise"],
            subject=self._value(row["subject"]),
            relation=compact(row["relation"]),
            object=self._value(row["object"]),
            author=row["alignment_author"],
            note=row["note"],
        )

    def _quote(self, premise: Premise | str, claims: list[Claim]) -> Premise | str:
        """Put the words of a claim in place of the name of its proposition."""
        if isinstance(premise, Premise):
            for claim in claims:
                if premise.subject.en == compact(claim.proposition):
                    return replace(premise, subject=Text(claim.quote, claim.quote))
        return premise

    def _value(self, value: object) -> Text:
        return self.label(value) if isinstance(value, str) else Text(str(value).lower(), str(value).lower())

    @cached_property
    def _explanations(self) -> Mapping[str, Text]:
        found: dict[str, dict[str, str]] = defaultdict(dict)
        rows = self._store.query(find_query("read/explanations").bind()).tuples
        for rule, explanation in rows:
            if isinstance(rule, ox.NamedNode) and isinstance(explanation, ox.Literal):
                found[rule.value][explanation.language or ""] = explanation.value
        return {rule: Text(texts["en"], texts["ar"]) for rule, texts in found.items()}

    def rows(self, query: str, **parameters: str | None) -> Iterable[Row]:
        """Give the rows of a query in queries/read/, each by the names of its columns, as plain values."""
        given = {name: value for name, value in parameters.items() if value is not None}
        return self._read(find_query(f"read/{query}").bind(given))

    def rows_for(self, query: str, parameter: str, iris: Iterable[str]) -> Iterable[Row]:
        """Give the rows of a query in queries/read/ for each of some IRIs; none for none."""
        wanted = sorted(set(iris))
        return self._read(find_query(f"read/{query}").bind_any(parameter, wanted)) if wanted else ()

    def _read(self, query: str) -> Iterable[Row]:
        rows = self._store.query(query)
        for terms in rows.tuples:
            yield {name: plain(term) for name, term in zip(rows.variables, terms, strict=True)}


def _by_finding(rows: Iterable[Row], read: Callable[[Row], T]) -> Mapping[str, list[T]]:
    found: dict[str, list[T]] = defaultdict(list)
    for row in rows:
        found[row["finding"]].append(read(row))
    return found


def _question(row: Row) -> Text:
    return Text(row["question_en"], row["question_ar"])


def plain(term: object) -> Any:
    """Give an RDF term as the Python value it stands for: IRI and text as str, numbers, dates, times, truth.

    A lexical form that its datatype does not allow stays the text it is.
    """
    if term is None:
        return None
    if not isinstance(term, ox.Literal):
        return term.value if isinstance(term, ox.NamedNode) else str(term)
    reader = _READERS.get(term.datatype.value.removeprefix(XSD))
    try:
        return reader(term.value) if reader else term.value
    except ValueError:
        return term.value


def _decimal(text: str) -> int | float:
    value = float(text)
    return int(value) if value.is_integer() else value


WHOLE_NUMBERS = frozenset(
    {
        "integer", "int", "long", "short", "byte",
        "unsignedInt", "unsignedLong", "unsignedShort", "unsignedByte",
        "nonNegativeInteger", "positiveInteger", "nonPositiveInteger", "negativeInteger",
    }
)  # fmt: skip
"""The integer datatypes of XML Schema, by their local names."""
_READERS: dict[str, Any] = {
    "decimal": _decimal,
    "double": float,
    "float": float,
    "boolean": lambda text: text in ("true", "1"),
    "date": date.fromisoformat,
    "dateTime": datetime.fromisoformat,
    "dateTimeStamp": datetime.fromisoformat,
} | dict.fromkeys(WHOLE_NUMBERS, int)


def _claim_order(claim: Claim) -> tuple[date, str, int, int, str]:
    return (claim.day, claim.article, claim.start, claim.end, claim.iri)


def _finding_order(finding: Finding) -> tuple[str, list[tuple[date, str, int, int, str]], str]:
    return (finding.kind, [_claim_order(claim) for claim in finding.claims], finding.iri)


def _name(rows: Iterable[tuple[object, ...]]) -> dict[str, Text]:
    """Give what things are called, from rows of a thing and a name each."""
    names: dict[str, dict[str, str]] = defaultdict(dict)
    for thing, label in rows:
        if isinstance(thing, ox.NamedNode) and isinstance(label, ox.Literal):
            known = names[thing.value]
            tongue = label.language or ""
            # Of several names in one language the first in order, whatever order they come in.
            known[tongue] = min(known.get(tongue, label.value), label.value)
    texts = {}
    for iri, known in names.items():
        fallback = known.get("") or min(known.items())[1]
        texts[iri] = Text(known.get("en", fallback), known.get("ar", fallback))
    return texts
