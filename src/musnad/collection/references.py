"""Finding the claim that somebody means: by IRI, by a short id, by words of its statement."""

from __future__ import annotations

from collections.abc import Iterable

from musnad.collection.table import Table
from musnad.errors import AmbiguousClaim, UnknownClaim
from musnad.findings import Claim
from musnad.terms import ID
from musnad.text.folding import fold

_CLAIMS = ID("claim/")
_SHORTEST = 4  # characters of a digest that may stand for it


def pick_claim(reference: str, claims: list[Claim], statements: Table) -> Claim:
    """Find the claim meant by `reference`.

    An IRI, the beginning of its digest, the id in its record (`s3c4`, or `article:s3c4`), or words: those of
    the claim itself first, then those of its whole statement, in any spelling that folds to the same.

    Raises `UnknownClaim` where nothing fits, and `AmbiguousClaim`, with the candidates, where several do.
    """
    candidates = _by_name(reference, claims) or _by_words(reference, claims, statements)
    if not candidates:
        raise UnknownClaim(
            f"no claim is called “{reference}”, and no statement has these words",
            remedy="`musnad statements` lists the statements; copy a few words of one.",
        )
    if len(candidates) > 1:
        listed = "\n    ".join(f"{short_id(claim)}  {claim.quote}" for claim in candidates)
        raise AmbiguousClaim(
            f"{len(candidates)} claims fit “{reference}”", remedy=f"Choose one by its id:\n    {listed}"
        )
    return candidates[0]


def short_id(claim: Claim) -> str:
    """Give a claim's article and id in its record: what a person would type."""
    return f"{claim.article_id}:{claim.id}"


def _by_name(reference: str, claims: Iterable[Claim]) -> list[Claim]:
    digest = reference.removeprefix(_CLAIMS)
    return [
        claim
        for claim in claims
        if reference in (claim.iri, claim.id, short_id(claim))
        or (len(digest) >= _SHORTEST and claim.iri.removeprefix(_CLAIMS).startswith(digest))
    ]


def _by_words(reference: str, claims: list[Claim], statements: Table) -> list[Claim]:
    words = fold(reference).text.strip()
    if not words:
        return []
    near = [claim for claim in claims if words in fold(claim.quote).text]
    if near:
        return near
    meant = {row["statement"] for row in statements if words in fold(row["content"]).text}
    return [claim for claim in claims if claim.statement in meant]
