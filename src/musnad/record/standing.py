"""Where a source stands towards what another is reported to say: to deny a report is to deny what it says."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Literal

from musnad.meaning.frames import class_words
from musnad.record.entities import EntityList
from musnad.record.model import Claim, Polarity, Proposition, Span, Statement

Stand = Literal["denied", "undetermined"]
_FLIPPED: dict[Polarity, Polarity] = {"affirmed": "denied", "denied": "affirmed"}
# A report is named in the first words of what is denied: "the accusation", ما ورد في تقرير.
_LEAD = 8
# Before "did so" stands who did, no more: further on it is said of others.
_OPENING = 2
_CONFIDENCE = 0.7
# How many statements off what is denied may stand.
_NEAR = 50


def stand_on_reports(
    statements: Sequence[Statement], entities: EntityList, home: str, *, lexicon: Path | None = None
) -> list[Statement]:
    """Give the statements with claims of those who deny, or cannot confirm, what another says.

    What the other says is either quoted inside ("denied a report by the paper that …") or the last thing
    reported before it ("denied the accusation"). Where no claim was read in it, the saying itself is the
    question: is it so? `home` sets the article's own entities apart.
    """
    given: list[Statement] = []
    before: Statement | None = None
    for statement in statements:
        given.append(_did_so(statement, before, lexicon))
        if given[-1].claims and statement.cue is not None:
            before = given[-1]
    stands = [_stand(statement, lexicon) for statement in statements]
    for at, (outer, stand) in enumerate(zip(statements, stands, strict=True)):
        inner = _reported(at, statements, stands, lexicon) if stand else None
        if stand is None or inner is None:
            continue
        quoted = given[inner]
        claims = [claim for claim in quoted.claims if stand == "denied" or _is_truth(claim)]
        if not claims:
            said = entities.add(
                "entity",
                f"what {quoted.source.canonical} says ({quoted.id}, {home})",
                label=quoted.content.text[:200],
            )
            matter = Claim(
                "",
                Proposition(said, "general:holds"),
                "affirmed",
                "asserted" if quoted.modality == "undetermined" else quoted.modality,
                _span(quoted),
                _CONFIDENCE,
                ("report/said",),
            )
            if matter.proposition not in [claim.proposition for claim in given[inner].claims]:
                given[inner] = _numbered(given[inner], (matter,))
            claims = [matter]
        given[at] = _numbered(given[at], tuple(_stands(claim, outer, stand) for claim in claims))
    return given


def _did_so(statement: Statement, before: Statement | None, lexicon: Path | None) -> Statement:
    """Give the statement with what its "did so" goes back to: the happening the statement before spoke of.

    A statement that encloses it and the one before it are the nearest, whoever made them.
    """
    if statement.claims or statement.cue is None:
        return statement
    if not any(at <= _OPENING for at in class_words(statement.content.text, "did-so", lexicon=lexicon)):
        return statement
    if before is None or before.modality == "undetermined":
        return statement
    claims = tuple(
        replace(
            claim,
            polarity="affirmed",
            evidence=_span(statement),
            rules=(*claim.rules, "report/did-so"),
            extraction_confidence=min(claim.extraction_confidence, _CONFIDENCE),
        )
        for claim in before.claims
    )
    return _numbered(statement, claims)


def _stand(outer: Statement, lexicon: Path | None) -> Stand | None:
    if outer.cue is None:
        return None
    if outer.polarity == "denied":
        return "denied"
    if outer.modality == "undetermined":
        return "undetermined"
    if class_words(outer.content.text, "baseless", lexicon=lexicon):
        return "denied"
    return "undetermined" if class_words(outer.content.text, "unconfirmed", lexicon=lexicon) else None


def _reported(
    at: int, statements: Sequence[Statement], stands: Sequence[Stand | None], lexicon: Path | None
) -> int | None:
    outer, content = statements[at], statements[at].content
    near = range(max(0, at - _NEAR), min(len(statements), at + _NEAR))
    for number in near:
        other = statements[number]
        if number != at and other.cue is not None and other.source.canonical != outer.source.canonical:
            start, end = other.content.start, other.content.end
            if content.start <= min(start, other.cue.start) and max(end, other.cue.end) <= content.end:
                return number
    found = class_words(content.text, "report", lexicon=lexicon)
    if not found or found[0] > _LEAD:
        return None
    earlier = [
        number
        for number in near
        if (other := statements[number]).cue is not None
        and outer.cue is not None
        and other.content.end <= outer.cue.start
        and other.source.canonical != outer.source.canonical
        and other.polarity == "affirmed"
        and stands[number] is None
    ]
    return max(earlier, key=lambda number: statements[number].content.end, default=None)


def _is_truth(claim: Claim) -> bool:
    said = claim.proposition
    return not (said.object or said.members or said.quantity or said.time or said.implies)


def _stands(claim: Claim, outer: Statement, stand: Stand) -> Claim:
    inside = outer.content.start <= claim.evidence.start and claim.evidence.end <= outer.content.end
    evidence = claim.evidence if inside else _span(outer)
    rules = (*claim.rules, f"report/{stand}")
    confidence = min(claim.extraction_confidence, _CONFIDENCE)
    if stand == "undetermined":
        return replace(
            claim,
            polarity="affirmed",
            modality="undetermined",
            evidence=evidence,
            rules=rules,
            extraction_confidence=confidence,
        )
    return replace(
        claim,
        polarity=_FLIPPED[claim.polarity],
        evidence=evidence,
        rules=rules,
        extraction_confidence=confidence,
    )


def _span(statement: Statement) -> Span:
    content = statement.content
    return Span(content.text, content.start, content.end)


def _numbered(statement: Statement, more: tuple[Claim, ...]) -> Statement:
    return replace(statement, claims=tuple(_in_order(statement.id, (*statement.claims, *more))))


def _in_order(home: str, claims: Sequence[Claim]) -> Iterator[Claim]:
    seen = set()
    number = 0
    for claim in claims:
        key = (claim.proposition, claim.polarity, claim.modality)
        if key not in seen:
            seen.add(key)
            number += 1
            name = f"{home}c{number}"
            yield claim if claim.id == name else replace(claim, id=name)
