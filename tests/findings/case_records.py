"""Case files as records: a few claims in short form become articles whose words carry every span.

A case names claims, the alignments between their subjects, and all the findings that they yield. The text
of each article is written from the claims, so that every span is exact, and holds none of the case's own
names for things: renaming them must change nothing.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from musnad.record import (
    Alignment,
    Claim,
    DateMention,
    Entity,
    Proposition,
    QuantityMention,
    Record,
    Review,
    Source,
    SourceMention,
    Span,
    Statement,
)

HERE = Path(__file__).parent
CASES = HERE / "cases"

# What a quantity may be written as, and its kind, bounds and policy (the policies of ontology/schemes.ttl).
_QUANTITIES = (
    ("about", "approx", "tenPercent", lambda n: (n * 9 // 10, n * 11 // 10)),
    ("fewer than", "max", "wholeNumbers", lambda n: (0, n - 1)),
    ("at most", "max", None, lambda n: (0, n)),
    ("more than", "min", "wholeNumbers", lambda n: (n + 1, None)),
    ("at least", "min", None, lambda n: (n, None)),
    ("", "exact", None, lambda n: (n, n)),
)
_VAGUE = {"dozens": (20, 99), "hundreds": (200, 999), "several": (3, 9)}

_CLAIM_KEYS = {"source", "kind", "outlet", "day", "polarity", "modality"}
_PROPOSITION_KEYS = {
    "subject", "predicate", "object", "members", "closed", "quantity", "time", "deadline", "tense", "place",
    "phase", "last_phase", "unit", "role", "implies",
}  # fmt: skip
_ALIGNMENT_KEYS = {"left", "relation", "right", "place", "from", "until", "outlet", "day", "author"}


@dataclass(frozen=True, slots=True)
class Finding:
    """A finding as a case tells it: `premises` and `assumes` are None where the case does not say."""

    kind: str
    claims: frozenset[str]
    within_source: bool = False
    premises: frozenset[str] | None = None
    assumes: frozenset[str] | None = None


@dataclass(frozen=True, slots=True)
class Case:
    """A case: its claims and alignments in short form, and every finding they must yield."""

    name: str
    why: str
    claims: dict[str, dict[str, Any]]
    findings: frozenset[Finding]
    alignments: dict[str, dict[str, Any]] = field(default_factory=dict)
    entities: dict[str, dict[str, Any]] = field(default_factory=dict)
    sentence: str | None = None


def case_files() -> list[Path]:
    """List the case files: <rule>/<fires or silent>.<why>.yaml."""
    return sorted(CASES.rglob("*.yaml"))


def read_case(path: Path) -> Case:
    """Read a case file; raises ValueError for a key that cases do not have."""
    content = yaml.safe_load(path.read_text(encoding="utf-8"))
    _check_keys(content, {"why", "sentence", "claims", "alignments", "entities", "findings"}, str(path))
    findings = frozenset(
        Finding(
            entry["kind"],
            frozenset(entry["claims"]),
            entry.get("withinSource", False),
            frozenset(entry["premises"]) if "premises" in entry else None,
            frozenset(entry["assumes"]) if "assumes" in entry else None,
        )
        for entry in content["findings"]
    )
    for entry in content["findings"]:
        _check_keys(entry, {"kind", "claims", "withinSource", "premises", "assumes"}, str(path))
    return Case(
        f"{path.parent.name}/{path.stem}",
        content["why"],
        content["claims"],
        findings,
        content.get("alignments", {}),
        content.get("entities", {}),
        content.get("sentence"),
    )


@cache
def read_world() -> dict[str, dict[str, Any]]:
    """Read the things that all cases may speak of."""
    world: dict[str, dict[str, Any]] = yaml.safe_load((HERE / "world.yaml").read_text(encoding="utf-8"))
    return world


def build_records(case: Case) -> list[Record]:
    """Write the case's articles, one for each outlet and day, with every claim as a statement of its own."""
    things = read_world() | case.entities
    articles: dict[tuple[str, str], _Article] = {}
    for name, claim in case.claims.items():
        _check_keys(claim, _CLAIM_KEYS | _PROPOSITION_KEYS, f"{case.name}, claim {name}")
        _article(articles, claim, things).add_claim(name, claim)
    for name, alignment in case.alignments.items():
        _check_keys(alignment, _ALIGNMENT_KEYS, f"{case.name}, alignment {name}")
        _article(articles, alignment, things).add_alignment(name, alignment)
    return [article.record() for article in articles.values()]


def read_quantity(words: str) -> tuple[str, int | None, int | None, int | None, str, str | None]:
    """Give kind, value, lower, upper, unit and policy of a quantity in words.

    >>> read_quantity("fewer than 500 person")
    ('max', 500, 0, 499, 'person', 'wholeNumbers')
    >>> read_quantity("dozens adviser")
    ('vague', None, 20, 99, 'adviser', 'dozens')
    >>> read_quantity("5 to 8 person")
    ('range', None, 5, 8, 'person', None)
    """
    amount, _, unit = words.rpartition(" ")
    if amount in _VAGUE:
        return ("vague", None, *_VAGUE[amount], unit, amount)
    if span := re.fullmatch(r"(\d+) to (\d+)", amount):
        return "range", None, int(span[1]), int(span[2]), unit, None
    for limiter, kind, policy, bounds in _QUANTITIES:
        if found := re.fullmatch(rf"{limiter} ?(\d+)", amount):
            value = int(found[1])
            lower, upper = bounds(value)
            return kind, value, lower, upper, unit, policy
    raise ValueError(f"{words!r} is not a quantity a case can give")


def _check_keys(content: Mapping[str, Any], known: set[str], where: str) -> None:
    if unknown := set(content) - known:
        raise ValueError(f"{where}: no key {sorted(unknown)}")


def _article(
    articles: dict[tuple[str, str], _Article],
    entry: Mapping[str, Any],
    things: Mapping[str, Mapping[str, Any]],
) -> _Article:
    key = (entry.get("outlet", "The Ledger"), str(entry.get("day", "2025-03-01")))
    return articles.setdefault(key, _Article(*key, things))


class _Article:
    """An article while its text grows."""

    def __init__(self, outlet: str, day: str, things: Mapping[str, Mapping[str, Any]]) -> None:
        self.outlet, self.day, self.things = outlet, day, things
        self.text = f"{outlet}, {day}.\n"
        self.sources: dict[str, Source] = {}
        self.entities: dict[str, Entity] = {}
        self.statements: list[Statement] = []
        self.quantities: list[QuantityMention] = []
        self.dates: list[DateMention] = []
        self.alignments: list[Alignment] = []

    def record(self) -> Record:
        return Record(
            article=f"{self.outlet.lower().replace(' ', '-')}-{self.day}",
            lang="en",
            date=self.day,
            outlet=self.outlet,
            text=self.text,
            review=Review("reviewed", "The musnad founders", "2026-11-23"),
            sources=tuple(self.sources.values()),
            entities=tuple(self.entities.values()),
            statements=tuple(self.statements),
            quantities=tuple(self.quantities),
            dates=tuple(self.dates),
            alignments=tuple(self.alignments),
        )

    def add_claim(self, name: str, claim: Mapping[str, Any]) -> None:
        canonical, kind = claim["source"], claim.get("kind", "organisation")
        self.sources[canonical] = Source(canonical, kind)
        mention = self._write(canonical)
        cue = self._write("said")
        start = len(self.text)
        proposition = self._proposition(name, claim)
        content = Span(self.text[start:-1], start, len(self.text) - 1)
        self.text = f"{self.text[:-1]}.\n"
        modality = claim.get("modality", "asserted")
        self.statements.append(
            Statement(
                id=f"statement-{name}",
                source=SourceMention(mention.text, mention.start, mention.end, canonical, kind),
                cue=cue,
                content=content,
                mode="indirect",
                polarity="affirmed",
                modality=modality,
                claims=(Claim(name, proposition, claim.get("polarity", "affirmed"), modality, content),),
            )
        )

    def add_alignment(self, name: str, alignment: Mapping[str, Any]) -> None:
        self.alignments.append(
            Alignment(
                id=name,
                left=self._thing(alignment["left"]),
                relation=alignment["relation"],
                right=self._thing(alignment["right"]),
                author=alignment.get("author", "The musnad founders"),
                note="Two names in the news, known from elsewhere.",
                place=self._thing(alignment["place"]) if "place" in alignment else None,
                valid_from=str(alignment["from"]) if "from" in alignment else None,
                valid_until=str(alignment["until"]) if "until" in alignment else None,
            )
        )

    def _proposition(self, name: str, claim: Mapping[str, Any]) -> Proposition:
        quantity = self._quantity(f"{name}-quantity", claim["quantity"]) if "quantity" in claim else None
        time = self._time(f"{name}-time", str(claim["time"])) if "time" in claim else None
        things = {
            key: self._thing(claim[key]) for key in ("subject", "object", "place", "role") if key in claim
        }
        self._write(claim["predicate"].partition(":")[2], *(self._label(thing) for thing in things.values()))
        members = tuple(self._thing(member) for member in claim.get("members", ()))
        if members:
            self._write(*(self._label(member) for member in members))
        return Proposition(
            subject=things["subject"],
            predicate=claim["predicate"],
            object=things.get("object"),
            members=members,
            closed=claim.get("closed", False),
            quantity=quantity,
            time=time,
            deadline=claim.get("deadline", False),
            tense=claim.get("tense"),
            place=things.get("place"),
            phase=claim.get("phase"),
            last_phase=claim.get("last_phase", False),
            unit=claim.get("unit"),
            role=things.get("role"),
            implies=self._proposition(f"{name}-implied", claim["implies"]) if "implies" in claim else None,
        )

    def _quantity(self, identifier: str, words: str) -> str:
        kind, value, lower, upper, unit, policy = read_quantity(words)
        span = self._write(words)
        self.quantities.append(
            QuantityMention(
                identifier, span.text, span.start, span.end, kind, value, unit, lower, upper, policy=policy  # type: ignore[arg-type]
            )
        )  # fmt: skip
        return identifier

    def _time(self, identifier: str, edtf: str) -> str:
        span = self._write(edtf)
        self.dates.append(DateMention(identifier, span.text, span.start, span.end, edtf, edtf))
        return identifier

    def _thing(self, name: str) -> str:
        """Give the id of a thing, noting it and all that it lies within; a domain's term stands as it is."""
        if ":" not in name and name not in self.entities:
            thing = self.things[name]
            within = tuple(self._thing(outer) for outer in thing.get("within", ()))
            label = thing.get("name", name.replace("-", " ").capitalize())
            self.entities[name] = Entity(
                name,
                thing["type"],
                label,
                within=within,
                level=thing.get("level"),
                kind=thing.get("kind"),
                day=str(thing["day"]) if "day" in thing else None,
            )
        return name

    def _label(self, name: str) -> str:
        return name.partition(":")[2] or self.entities[name].name

    def _write(self, *words: str) -> Span:
        text, start = " ".join(words), len(self.text)
        self.text += f"{text} "
        return Span(text, start, start + len(text))


def all_cases() -> Iterator[Case]:
    """Read every case."""
    for path in case_files():
        yield read_case(path)
