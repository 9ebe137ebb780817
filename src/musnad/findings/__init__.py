"""Findings: what comparing the claims of one question shows, on what it rests, and how independent it is."""

from musnad.findings.chains import Hand, count_origins, draw_chains
from musnad.findings.derivation import derive_findings, find_findings
from musnad.findings.model import Claim, Finding, Independence, Position, Premise, Text
from musnad.findings.reading import FindingsReader
from musnad.findings.revision import Revision, revise_findings
from musnad.findings.wordings import word_store

__all__ = [
    "Claim",
    "Finding",
    "FindingsReader",
    "Hand",
    "Independence",
    "Position",
    "Premise",
    "Revision",
    "Text",
    "count_origins",
    "derive_findings",
    "draw_chains",
    "find_findings",
    "revise_findings",
    "word_store",
]
