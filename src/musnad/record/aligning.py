"""Alignments of a draft, for a person to confirm or revoke.

A state's forces are part of those of a group that the text says it leads; the work of a group and its mission
are one activity.
"""

from __future__ import annotations

from collections.abc import Container, Iterable, Iterator, Sequence
from pathlib import Path

from musnad.meaning.frames import class_words
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
    entities: Iterable[Entity], *, author: str, first: int = 1, lexicon: Path | None = None
) -> Iterator[Alignment]:
    """Yield that two names mean one activity: the same group's, by two nouns of class `one-activity`.

    What a force or group is there for is called now its work, now its mission; what it does beside that (its
    training, its efforts in reconstruction) is in no such row. `first` numbers the alignments.
    """
    known: dict[str, Entity] = {}
    for entity in entities:
        if entity.type != "activity":
            continue
        nouns = frozenset(class_words(entity.name, "one-activity", lexicon=lexicon))
        if not nouns:
            continue
        words = fold(entity.name).text.split()
        other = known.setdefault(" ".join(word for at, word in enumerate(words) if at not in nouns), entity)
        if other is entity:
            continue
        note = (
            f"One group's activity by two nouns: {other.name} = {entity.name}. "
            f"نشاط جماعة واحدة باسمين: {other.name} = {entity.name}."
        )
        yield Alignment(f"a{first}", other.id, "same", entity.id, author, note=note)
        first += 1


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
