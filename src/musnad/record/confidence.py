"""How sure we are of a claim's reading, as counted on articles that people annotated.

A claim is put in a bin by what its reading rested on: whether its speaker is named beside the cue or inferred
from before, and whether the statement is asserted, planned or possible.

`confidence.tsv` tells for each bin how many claims were judged on annotated articles and how many were right;
`benchmarks/calibrate.py` writes it, and says what right means. A bin with few claims is not in it: the next
wider one counts, and to it every rate is drawn.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import cache
from math import sqrt
from pathlib import Path

from musnad.record.model import Statement
from musnad.speech import Statement as Reading
from musnad.speech.lexicon import read_table

__all__ = ["Estimate", "bins_of", "calibrate", "estimate", "wilson"]

TABLE = Path(__file__).with_name("confidence.tsv")
EVERYTHING = "any claim"
Z = 1.96  # standard deviations to either side of 95 %


@dataclass(frozen=True, slots=True)
class Estimate:
    """Of `judged` claims read alike, `right` were right; `confidence` is what follows for the next one.

    It is the rate drawn towards that of the next wider bin; `low` and `high` bound the rate at 95 %.
    """

    bin: str
    judged: int
    right: int
    confidence: float
    low: float
    high: float


def calibrate(readings: Iterable[Reading], statements: Iterable[Statement]) -> list[Statement]:
    """Give the statements with the confidence of their claims that was counted for claims read alike."""
    return [_calibrated(*pair) for pair in zip(readings, statements, strict=True)]


def _calibrated(reading: Reading, statement: Statement) -> Statement:
    if not statement.claims:
        return statement
    sure = estimate(reading).confidence
    return replace(
        statement, claims=tuple(replace(claim, extraction_confidence=sure) for claim in statement.claims)
    )


def estimate(reading: Reading) -> Estimate:
    """Look the claims of a statement up, by how it was read, in the narrowest bin that was counted."""
    known = load_estimates()
    return next(known[name] for name in bins_of(reading) if name in known)


def bins_of(reading: Reading) -> tuple[str, ...]:
    """Give the bins of a statement's claims, the narrowest first."""
    if reading.cue is None:
        return ("outlet", EVERYTHING)
    speaker = "speaker inferred" if reading.source.implicit else "speaker named"
    return (f"{speaker}, {reading.modality}", speaker, EVERYTHING)


def wilson(right: int, judged: int) -> tuple[float, float]:
    """Give the Wilson score interval at 95 %: between which rates that many of that many leave us.

    Wilson, E. B. (1927), Probable inference, the law of succession, and statistical inference.

    >>> wilson(9, 10)
    (0.6, 0.98)
    """
    if not judged:
        return 0.0, 1.0
    rate, share = right / judged, Z * Z / judged
    middle, reach = rate + share / 2, Z * sqrt(rate * (1 - rate) / judged + share / (4 * judged))
    return round((middle - reach) / (1 + share), 2), round((middle + reach) / (1 + share), 2)


@cache
def load_estimates() -> dict[str, Estimate]:
    """Give what was counted, by bin. Raises `LexiconError` for a table that is not one."""
    rows = list(read_table(TABLE))
    return {
        row["bin"]: Estimate(
            row["bin"],
            int(row["judged"]),
            int(row["right"]),
            *(float(row[column]) for column in ("confidence", "low", "high")),
        )
        for row in rows
    }
