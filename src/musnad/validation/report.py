"""The report of a validation: what is wrong, where, how gravely, and what was looked at."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final, Literal

from musnad.errors import Problem
from musnad.graph.parameters import Wording
from musnad.terms import ID, compact

Severity = Literal["violation", "warning", "info"]
Language = Literal["en", "ar"]

SEVERITIES: Final[tuple[Severity, ...]] = ("violation", "warning", "info")
"""From the gravest to the lightest."""

_FOUND: Final = {"en": "Found: ", "ar": "الموجود: "}
_LONGEST_VALUE: Final = 60


@dataclass(frozen=True, slots=True)
class Result:
    """One thing that a shape or a check query found.

    Attributes:
        focus: the IRI of the node at fault.
        path: the property concerned, as a SPARQL property path of prefixed names; empty for the node itself.
        value: the IRI or text at fault; empty where something is missing.
        shape: the IRI of the shape, or the name of the check query.
        severity: violations refuse a record, warnings and infos do not.
        message: what is wrong and what to do about it.
        where: the place as a reader knows it, such as `claim withdrawal-ends, proposition`.
    """

    focus: str
    path: str
    value: str
    shape: str
    severity: Severity
    message: Wording
    where: Wording

    def problem(self, language: Language = "en") -> Problem:
        """Give the result in a reader's words."""
        message, where = (
            (self.message.ar, self.where.ar) if language == "ar" else (self.message.en, self.where.en)
        )
        return Problem(where, message, self._found(language), self.path)

    def _found(self, language: Language) -> str:
        # The hash of a node tells a reader nothing.
        if not self.value or self.value.startswith(ID) or self.value.startswith("_:"):
            return ""
        value = compact(self.value)
        short = value if len(value) <= _LONGEST_VALUE else f"{value[:_LONGEST_VALUE]}…"
        return f"{_FOUND[language]}{short}"


@dataclass(frozen=True, slots=True)
class Report:
    """What validation found, the gravest first, and how many nodes each node shape met."""

    results: tuple[Result, ...]
    met: Mapping[str, int]

    @property
    def conforms(self) -> bool:
        """Whether nothing is violated; warnings and infos do not count."""
        return not self.at_least("violation")

    def at_least(self, severity: Severity) -> tuple[Result, ...]:
        """Give the results of this severity or a graver one."""
        grave = SEVERITIES[: SEVERITIES.index(severity) + 1]
        return tuple(result for result in self.results if result.severity in grave)

    def problems(self, language: Language = "en", *, severity: Severity = "info") -> list[Problem]:
        """Give the results of this severity or a graver one in a reader's words."""
        return [result.problem(language) for result in self.at_least(severity)]


def sort_results(results: set[Result]) -> tuple[Result, ...]:
    """Put results in the order of a report: by severity, then by place."""
    return tuple(
        sorted(
            results,
            key=lambda result: (
                SEVERITIES.index(result.severity),
                result.where.en,
                result.shape,
                result.path,
                result.value,
                result.focus,
            ),
        )
    )
