"""Alignments of a draft: a state's forces are part of those of a group that the text says it leads."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from musnad.meaning.memberships import Membership
from musnad.record.model import Alignment, Entity, Span, Statement
from musnad.text.folding import fold


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
        scopes = {
            claim.proposition.place
            for statement in statements
            for claim in statement.claims
            if claim.proposition.subject in (part, whole)
        }
        yield Alignment(
            f"a{number}",
            part,
            "partOf",
            whole,
            author,
            Span(evidence.text, evidence.start, evidence.end),
            place=next(iter(scopes)) if len(scopes) == 1 else None,
        )
