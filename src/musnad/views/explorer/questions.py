"""The list of questions, one question with its positions, and two sources side by side."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

from musnad.errors import UnknownThing
from musnad.findings import Claim, Text
from musnad.graph.queries import find_query
from musnad.terms import M, compact
from musnad.views.explorer.claims import finding_words
from musnad.views.explorer.site import PER_PAGE, Asked, Page, Site, bound, named
from musnad.views.explorer.things import show_thing
from musnad.views.explorer.words import say
from musnad.views.findings import finding_object

_MATRIX = 10  # sources in a matrix
_FINDINGS = 20  # findings quoted on a page
_HOLDERS = 12  # sources named at a position
_DAYS = 60  # days in a timeline
_IMPLIED, _CLAIMS = 12, 3  # positions that are implied, and claims quoted for each
_BEARINGS = frozenset({M("entails"), M("excludes")})
_ORDER = ("conflict", "tension", "agreement", "non-conflict")

PositionKey = tuple[str, str, str]


@dataclass
class PositionHeld:
    """A proposition as it is held: in words, and who holds it on which days with how many claims."""

    wording: Text
    polarity: str
    modality: str
    example: str
    holders: dict[str, int] = field(default_factory=dict)
    days: dict[date, dict[str, int]] = field(default_factory=dict)

    @property
    def claims(self) -> int:
        """How many claims hold the position."""
        return sum(self.holders.values())


def list_questions(site: Site, asked: Asked) -> Page:
    """Give the questions, the contested ones first; words find those they occur in."""
    lines = site.index.questions().find(asked.get("q"))
    if kind := asked.get("kind"):
        lines = [line for line in lines if line.findings.get(kind)]
    shown = lines[(asked.page - 1) * PER_PAGE : asked.page * PER_PAGE]
    unanswered = [line.iri for line in shown if not line.claims]
    implied = find_query("read/implied-index").bind_any("slot", unanswered)
    values = {
        "lines": [(line, site.question(line.aspect), site.label(line.subject)) for line in shown],
        "implied": {row["slot"]: row for row in site.table(implied)} if unanswered else {},
        "count": len(lines),
        "pages": max(1, -(-len(lines) // PER_PAGE)),
    }
    names = [line.iri for line in shown]
    query = find_query("read/question-index").bind_any("slot", names)
    return Page(
        "questions.html", say("questions", asked.language), values, query, lambda: site.triples(names)
    )


def show_question(site: Site, asked: Asked) -> Page:
    """Give one question: the positions on it, who holds them, who agrees and conflicts, and since when."""
    iri = named("slot", asked.name)
    line = site.index.questions().named(iri)
    if line is None:
        # A question that findings alone ask, of what claims imply.
        return show_thing(site, replace(asked, name=f"slot/{asked.name}"))
    positions = _positions(site, iri)
    compared = _compared(site, iri, positions)
    sources = _busiest(compared)
    chosen = [found.iri for found in sorted(compared, key=_graver)]
    findings = site.reader.some_findings(chosen[:_FINDINGS])
    values: dict[str, Any] = {
        "line": line,
        "question": site.question(line.aspect),
        "subject": site.label(line.subject),
        "positions": sorted(positions.values(), key=lambda held: (-held.claims, held.wording.en)),
        "sources": sources[:_MATRIX],
        "more_sources": max(0, len(sources) - _MATRIX),
        "counts": _matrix(compared, sources[:_MATRIX]),
        "findings": findings,
        "more_findings": max(0, len(chosen) - _FINDINGS),
        "timeline": _timeline(positions),
        "implied": _implied(site, iri, line.aspect),
        "claims_shown": _CLAIMS,
        "label": site.label,
        "most": _HOLDERS,
        **finding_words(site, asked.language),
    }
    title = (
        f"{values['question'].in_language(asked.language)} – {values['subject'].in_language(asked.language)}"
    )
    names = [iri, *(proposition for proposition, _, _ in positions)]
    return Page(
        "question.html", title, values, bound("question-holders", slot=iri), lambda: site.triples(names)
    )


def _positions(site: Site, slot: str) -> dict[PositionKey, PositionHeld]:
    positions: dict[PositionKey, PositionHeld] = {}
    for row in site.reader.rows("question-holders", slot=slot):
        key = (row["proposition"], row["polarity"], row["modality"])
        held = positions.setdefault(
            key,
            PositionHeld(
                Text(row["wording_en"], row["wording_ar"]),
                row["polarity"].removeprefix(M),
                row["modality"].removeprefix(M),
                row["example"],
            ),
        )
        source = row["source"]
        held.holders[source] = held.holders.get(source, 0) + row["claims"]
        on_day = held.days.setdefault(row["day"], {})
        on_day[source] = on_day.get(source, 0) + row["claims"]
    return positions


@dataclass(frozen=True, slots=True)
class Implied:
    """A position on another question that is compared on this one, and who claims it.

    `bearing` names what its property entails or excludes here: the relation, and the other property.
    """

    wording: Text
    polarity: str
    modality: str
    bearing: tuple[str, str] | None
    own_slot: str
    own_question: Text
    own_subject: Text
    claims: tuple[Claim, ...]


def _implied(site: Site, slot: str, aspect: str) -> list[Implied]:
    """Give the positions on other questions that findings compare on this one, those held by most first."""
    rows: dict[str, dict[str, Any]] = {}
    findings: dict[str, list[str]] = defaultdict(list)
    for row in site.reader.rows("implied-positions", slot=slot):
        rows.setdefault(row["position"], row)
        findings[row["position"]].append(row["finding"])
    held = {position: claims for position, claims in site.reader.held(rows).items() if claims}
    shown = sorted(held, key=lambda name: (-len(held[name]), rows[name]["wording_en"], name))[:_IMPLIED]
    bearings = _bearings(site, aspect, {name: findings[name][:_IMPLIED] for name in shown})
    return [
        Implied(
            wording=Text(row["wording_en"], row["wording_ar"]),
            polarity=row["polarity"].removeprefix(M),
            modality=row["modality"].removeprefix(M),
            bearing=bearings.get((row["position"], row["predicate"])),
            own_slot=row["own_slot"],
            own_question=site.question(row["own_aspect"]),
            own_subject=site.label(row["own_subject"]),
            claims=held[row["position"]],
        )
        for row in (rows[name] for name in shown)
    ]


def _bearings(
    site: Site, aspect: str, findings: dict[str, list[str]]
) -> dict[tuple[str, str], tuple[str, str]]:
    """Give, by position and property, what this entails or excludes on an aspect, as findings say.

    Where it takes several steps, or two names mean one thing, there is nothing to give in a word.
    """
    positions: dict[str, list[str]] = defaultdict(list)
    for position, names in findings.items():
        for name in names:
            positions[name].append(position)
    found: dict[tuple[str, str], tuple[str, str]] = {}
    for row in site.table(find_query("read/premises").bind_any("finding", positions)):
        if row["relation"] in _BEARINGS and aspect in site.index.aspects_answered(row["object"]):
            for position in positions[row["finding"]]:
                found.setdefault((position, row["subject"]), (row["relation"], row["object"]))
    return found


@dataclass(frozen=True, slots=True)
class Compared:
    """A finding on a question: its kind, and who holds either side."""

    iri: str
    kind: str
    one: frozenset[str]
    other: frozenset[str]


def _compared(site: Site, slot: str, positions: dict[PositionKey, PositionHeld]) -> list[Compared]:
    """Give the findings on a question between two sources at least."""
    sides: dict[str, list[tuple[str, PositionKey]]] = defaultdict(list)
    kinds: dict[str, str] = {}
    for row in site.reader.rows("question-pairs", slot=slot):
        key = (row["proposition"], row["polarity"], row["modality"])
        sides[row["finding"]].append((row["position"], key))
        kinds[row["finding"]] = row["kind"]
    here = {key: frozenset(held.holders) for key, held in positions.items()}
    others = site.holders(name for keys in sides.values() for name, key in keys if key not in here)
    found = []
    for finding, keys in sides.items():
        holders = [here[key] if key in here else frozenset(others.get(name, ())) for name, key in keys]
        one, other = holders[0], holders[-1]
        if one and other and len(one | other) > 1:
            found.append(Compared(finding, kinds[finding], one, other))
    return found


def _busiest(compared: list[Compared]) -> list[str]:
    """Give the sources that meet others in findings, those that do so most, and in conflict, first."""
    # What faces a side is counted once for all who hold it: many may.
    facing: dict[frozenset[str], int] = defaultdict(int)
    for found in compared:
        weight = 3 if found.kind.startswith("conflict") else 1
        facing[found.one] += weight * len(found.other)
        facing[found.other] += weight * len(found.one)
    weights: dict[str, int] = defaultdict(int)
    for side, weight in facing.items():
        for source in side:
            weights[source] += weight
    return sorted(weights, key=lambda source: (-weights[source], source))


def _matrix(compared: list[Compared], sources: list[str]) -> dict[str, dict[str, int]]:
    """Count, for each two of some sources, the findings between them by the first part of their kind."""
    counts: dict[str, dict[str, int]] = defaultdict(lambda: defaultdict(int))
    shown = frozenset(sources)
    for found in compared:
        kind = found.kind.partition("/")[0]
        one, other = found.one & shown, found.other & shown
        pairs = {(left, right) for left in one for right in other if left != right}
        for left, right in pairs | {(right, left) for left, right in pairs}:
            counts[f"{left} {right}"][kind] += 1
    return counts


def _graver(found: Compared) -> tuple[int, str, str]:
    return gravity(found.kind, found.iri)


def gravity(kind: str, finding: str) -> tuple[int, str, str]:
    """Give what puts conflicts first, then tensions, agreements, and what only looks like a conflict."""
    return (_ORDER.index(kind.partition("/")[0]), kind, finding)


def _timeline(
    positions: dict[PositionKey, PositionHeld],
) -> list[tuple[date, list[tuple[PositionHeld, list[tuple[str, bool]]]]]]:
    """Give for each day which positions were taken by whom, and whether they had held another before."""
    days = sorted({day for held in positions.values() for day in held.days})[-_DAYS:]
    last: dict[str, int] = {}
    lines = []
    for day in days:
        entries = []
        now: dict[str, int] = {}
        for number, held in enumerate(positions.values()):
            if day not in held.days:
                continue
            takers = []
            for source in held.days[day]:
                takers.append((source, last.get(source, number) != number))
                now[source] = number
            entries.append((held, takers[:_HOLDERS]))
        last |= now
        lines.append((day, entries))
    return lines


def show_pair(site: Site, asked: Asked) -> Page:
    """Give two sources side by side: every finding between them, both quotations; `question` keeps one's."""
    one, other = asked.get("one"), asked.get("other")
    if not one or not other:
        raise UnknownThing("two sources are needed", where="one, other")
    one, other = named("source", one), named("source", other)
    between_them = {(finding, kind) for finding, kind, who in site.facing(one) if who == other}
    chosen = [finding for finding, _ in sorted(between_them, key=lambda found: gravity(found[1], found[0]))]
    if not chosen:
        raise UnknownThing("there is no finding between these two", where=f"{compact(one)}, {compact(other)}")
    findings = site.reader.some_findings(chosen[: 2 * _FINDINGS])
    if asked.get("question"):
        wanted = named("slot", asked.get("question"))
        on_question = {row["finding"] for row in site.reader.rows("question-pairs", slot=wanted)}
        findings = tuple(finding for finding in findings if finding.iri in on_question)
    between = site.label(one), site.label(other)
    values = {
        "one": one,
        "other": other,
        "names": between,
        "findings": findings,
        "more": max(0, len(chosen) - 2 * _FINDINGS),
        **finding_words(site, asked.language),
    }
    title = say("between", asked.language, *(name.in_language(asked.language) for name in between))
    names = [finding.iri for finding in findings]
    return Page(
        "pair.html",
        title,
        values,
        find_query("read/findings").bind_any("finding", names),
        lambda: site.triples(names),
        lambda: [finding_object(finding, asked.language) for finding in findings],
    )
