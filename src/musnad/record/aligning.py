"""Alignments of a draft: forces that are part of others as the text says, and the work of one group."""

from __future__ import annotations

from collections.abc import Container, Iterable, Iterator, Sequence

from musnad.meaning.memberships import Membership
from musnad.record.model import Alignment, Entity, Span, Statement
from musnad.text.folding import fold

# The words of class `mission` (frame-words.tsv) that may stand for all that a group does.
WORK = frozenset({"عمل", "مهام", "work", "mission"})


def align_forces(
    memberships: Iterable[Membership],
    entities: Iterable[Entity],
    statements: Sequence[Statement],
    *,
    author: str,
) -> Iterator[Alignment]:
    """Yield an alignment for each membership whose two forces the article makes claims about.

    Its scope is the country all those claims hold in; where they hold in several, it has none.
    """
    forces = {fold(entity.name).text: entity.id for entity in entities if entity.type == "force"}
    number = 0
    for membership in memberships:
        part = forces.get(fold(membership.part).text)
        whole = forces.get(fold(membership.whole).text)
        if part is None or whole is None or part == whole:
            continue
        number += 1
        evidence = membership.evidence
        yield Alignment(
            f"a{number}",
            part,
            "partOf",
            whole,
            author,
            Span(evidence.text, evidence.start, evidence.end),
            place=_scope(statements, {part, whole}),
        )


def align_activities(
    entities: Iterable[Entity], statements: Sequence[Statement], *, author: str, number: int
) -> Iterator[Alignment]:
    """Yield an alignment for the work and the mission of one group, which an article uses for each other.

    `number` is that of the first. Efforts, which may be of any kind, are not aligned with either.
    """
    named: dict[str, list[str]] = {}
    for entity in entities:
        group = _group(entity.name) if entity.type == "activity" else ""
        if group:
            named.setdefault(group, []).append(entity.id)
    for found in named.values():
        for other in found[1:]:
            yield Alignment(
                f"a{number}",
                found[0],
                "same",
                other,
                author,
                note="The article speaks of the work and of the mission of one group.",
                place=_scope(statements, {found[0], other}),
            )
            number += 1


def _group(activity: str) -> str:
    """Give whose work or mission an activity is, nothing for another activity."""
    first, _, rest = activity.partition(" ")
    before, _, last = activity.rpartition(" ")
    return rest if first in WORK else before if last in WORK else ""


def _scope(statements: Sequence[Statement], subjects: Container[str]) -> str | None:
    """Give the one place that all claims about some subjects hold in, if there is one."""
    said = [
        proposition
        for statement in statements
        for claim in statement.claims
        for proposition in (claim.proposition, claim.proposition.implies)
        if proposition is not None and proposition.subject in subjects
    ]
    scopes = {proposition.place for proposition in said}
    return scopes.pop() if len(scopes) == 1 else None
