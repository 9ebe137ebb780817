"""One claim, from its triple to the characters in the article, through every hand it passed."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from musnad.findings import Claim, Finding, FindingsReader, Hand, Text


@dataclass(frozen=True, slots=True)
class Provenance:
    """Where a claim comes from and what speaks for and against it.

    `subject`, `predicate` (IRIs) and the value make the triple that `wording` puts into words. `prefix` and
    `suffix` are the text around the quoted words; `hands` run from the speaker to the outlet. `read_by` read
    the article on `read_on`; `confidence` (0 to 1) is how sure that reading is. Where the claim was
    reviewed by itself, `reviewed_by` did so on `reviewed_on`.
    """

    claim: Claim
    subject: str
    predicate: str
    wording: Text
    content: str
    prefix: str
    suffix: str
    language: str
    title: str | None
    url: str | None
    hands: tuple[Hand, ...]
    read_by: str
    read_on: date
    reviewed_by: str | None
    reviewed_on: date | None
    confidence: float
    rules: tuple[str, ...]
    findings: tuple[Finding, ...]

    @property
    def agreeing(self) -> tuple[Finding, ...]:
        """The findings that speak for the claim."""
        return tuple(finding for finding in self.findings if finding.kind.startswith("agreement"))

    @property
    def conflicting(self) -> tuple[Finding, ...]:
        """The findings that speak against the claim: conflicts and tensions."""
        return tuple(finding for finding in self.findings if finding.kind.startswith(("conflict", "tension")))


def trace_claim(reader: FindingsReader, claim: Claim, findings: Iterable[str] | None = None) -> Provenance:
    """Trace a claim: its words, every hand they passed, and what speaks for and against.

    `findings` are the IRIs of those that are wanted, where not all are.
    """
    if findings is None:
        findings = dict.fromkeys(row["finding"] for row in reader.rows("findings-of-claims", claim=claim.iri))
    rows = list(reader.rows("provenance", claim=claim.iri))
    row = rows[0]
    reading = next(iter(reader.rows("claim-readings", claim=claim.iri)))
    return Provenance(
        claim=claim,
        subject=row["subject"],
        predicate=row["predicate"],
        wording=Text(row["wording_en"], row["wording_ar"]),
        content=reading["content"],
        prefix=row["prefix"],
        suffix=row["suffix"],
        language=reading["lang"],
        title=reading["title"],
        url=reading["url"],
        hands=reader.hands_of([claim.statement])[claim.statement],
        read_by=reading["by"],
        read_on=reading["read_on"],
        reviewed_by=row["reviewer"],
        reviewed_on=row["reviewed_on"],
        confidence=float(row["confidence"]),
        rules=tuple(sorted({row["reading_rule"] for row in rows if row["reading_rule"]})),
        findings=reader.some_findings(findings),
    )
