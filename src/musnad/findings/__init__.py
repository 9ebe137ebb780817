"""Findings: what comparing the claims of one question shows, on what it rests, and how independent it is."""

from musnad.findings.chains import Hand, count_origins, draw_chains
from musnad.findings.derivation import derive_findings
from musnad.findings.model import Claim, Finding, Independence, Position, Premise, Text
from musnad.findings.reading import FindingsReader

__all__ = [
    "Claim",
    "Finding",
    "FindingsReader",
    "Hand",
    "Independence",
    "Position",
    "Premise",
    "Text",
    "count_origins",
    "derive_findings",
    "draw_chains",
]
