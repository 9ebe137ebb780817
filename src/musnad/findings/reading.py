"""Findings, claims and chains read from a store, whatever its engine."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from datetime import date, datetime
from functools import cached_property
from typing import Any, TypeVar

import pyoxigraph as ox

from musnad.findings.chains import Hand, count_origins
from musnad.findings.model import Claim, Finding, Position, Premise, Text
from musnad.graph.queries import find_query
from musnad.graph.store import Store
from musnad.terms import XSD, M, compact

Row = dict[str, Any]
T = TypeVar("T")

_MOST_HANDS = 50_000  # statements whose hands are kept for the next look


class FindingsReader:
    """Reads the findings of one store; what it has read once it keeps, so make one for each look."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._hands_read: dict[str, tuple[Hand, ...]] = {}

    def claims(
        self,
        claim: str | None = None,
        *,
        article: str | None = None,
        source: str | None = None,
        slot: str | None = None,
    ) -> list[Claim]:
        """Give all claims in the order of their articles, or those of a claim's, article's, … IRI."""
        rows = self.rows("claims", claim=claim, article=article, source=source, slot=slot)
        return [self._claim(row) for row in rows]

    def finding(self, iri: str) -> Finding | None:
        """Give one finding; None where there is no such."""
        return next(iter(self.some_findings([iri])), None)

    def some_findings(self, iris: Iterable[str]) -> tuple[Finding, ...]:
        """Give those findings of these IRIs that there are, reading no more of the store than they need."""
        wanted = list(dict.fromkeys(iris))
        if not wanted:
            return ()
        found, sides = self._group_findings(self._some("findings", wanted))
        claims = [claim for positions in sides.values() for held in positions.values() for claim in held]
        premises = _by_finding(self._some("premises", wanted), self._premise)
        questions = _by_finding(self._some("questions", wanted), _question)
        hands = self.hands_of(claim.statement for claim in claims)
        findings = [self._finding(row, sides[iri], premises, questions, hands) for iri, row in found.items()]
        return tuple(sorted(findings, key=_finding_order))

    def _some(self, query: str, findings: Iterable[str]) -> Iterable[Row]:
        return self._read(find_query(f"read/{query}").bind_any("finding", findings))

    def _group_findings(
        self, rows: Iterable[Row]
    ) -> tuple[dict[str, Row], Mapping[str, Mapping[str, list[Claim]]]]:
        """Give a row of each finding, and its claims by the positions they take."""
        found: dict[str, Row] = {}
        sides: dict[str, dict[str, list[Claim]]] = defaultdict(lambda: defaultdict(list))
        for row in rows:
            found.setdefault(row["finding"], row)
            sides[row["finding"]][row["position"]].append(self._claim(row))
        return found, sides

    def hands_of(self, statements: Iterable[str]) -> Mapping[str, tuple[Hand, ...]]:
        """Give the hands of some statements, each in order of depth."""
        wanted = set(statements)
        kept = self._hands_read
        found = {name: kept[name] for name in wanted if name in kept}
        unread = sorted(wanted - found.keys())
        if unread:
            query = find_query("read/steps").bind_any("statement", unread)
            fresh = self._group_hands(self._read(query))
            if len(self._hands_read) > _MOST_HANDS:
                self._hands_read = {}
            self._hands_read.update(fresh)
            found |= fresh
        return found

    def findings(self, *, kind: str | None = None) -> list[Finding]:
        """Give the findings in a stable order; `kind` is a kind or its first part (conflict)."""
        rows = self.rows("findings")
        found, sides = self._group_findings(
            row for row in rows if kind is None or f"{row['kind']}/".startswith(f"{kind}/")
        )
        findings = [
            self._finding(row, sides[iri], self._premises, self._questions, self.hands)
            for iri, row in found.items()
        ]
        return sorted(findings, key=_finding_order)

    @cached_property
    def hands(self) -> Mapping[str, tuple[Hand, ...]]:
        """The hands of every statement, in order of depth."""
        return self._group_hands(self.rows("steps"))

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
            read = fresh._read_labels(find_query("read/labels").bind_any("thing", wanted)) if wanted else {}
            fresh.__dict__["labels"] = {**self.labels, **read}
        return fresh

    @cached_property
    def labels(self) -> Mapping[str, Text]:
        """What things are called; what has a name in one language only is called so in both."""
        return self._read_labels(find_query("read/labels").bind())

    def _read_labels(self, query: str) -> dict[str, Text]:
        names: dict[str, dict[str, str]] = defaultdict(dict)
        for thing, label in self._store.query(query).tuples:
            if isinstance(thing, ox.NamedNode) and isinstance(label, ox.Literal):
                names[thing.value].setdefault(label.language or "", label.value)
        texts = {}
        for iri, known in names.items():
            fallback = known.get("") or next(iter(known.values()))
            texts[iri] = Text(known.get("en", fallback), known.get("ar", fallback))
        return texts

    def label(self, iri: str) -> Text:
        """Give what a thing is called, or its short name where it has none."""
        return self.labels.get(iri) or Text(compact(iri), compact(iri))

    # --- one at a time -------------------------------------------------------------------------

    def _finding(
        self,
        row: Row,
        sides: Mapping[str, list[Claim]],
        premises_of: Mapping[str, list[Premise | str]],
        questions_of: Mapping[str, list[Text]],
        hands: Mapping[str, tuple[Hand, ...]],
    ) -> Finding:
        iri = row["finding"]
        positions = [Position(position, tuple(claims)) for position, claims in sides.items()]
        positions.sort(key=lambda position: (_claim_order(position.claims[0]), position.iri))
        claims = [claim for position in positions for claim in position.claims]
        premises = [self._quote(premise, claims) for premise in premises_of.get(iri, ())]
        return Finding(
            iri=iri,
            kind=row["kind"],
            rule=row["rule"],
            rule_version=row["version"],
            questions=tuple(questions_of.get(iri, ())),
            positions=tuple(positions),
            premises=tuple(premise for premise in premises if isinstance(premise, Premise)),
            assumptions=tuple(premise for premise in premises if isinstance(premise, str)),
            within_source=bool(row["within"]),
            independence=count_origins(claims, hands),
            explanation=self._explanations[row["rule"]],
        )

    def _claim(self, row: Row) -> Claim:
        return Claim(
            iri=row["claim"],
            id=row["claim_id"],
            article=row["article"],
            article_id=row["article_id"],
            outlet=row["outlet"],
            day=row["day"],
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

    @cached_property
    def _premises(self) -> Mapping[str, list[Premise | str]]:
        return _by_finding(self.rows("premises"), self._premise)

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
    def _questions(self) -> Mapping[str, list[Text]]:
        return _by_finding(self.rows("questions"), _question)

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
