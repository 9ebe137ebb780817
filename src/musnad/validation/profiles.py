"""Profiles: which shapes files a graph is held against, and which shapes it is expected to meet."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from musnad.terms import (
    DIGESTS_GRAPH,
    FINDINGS_GRAPH,
    HISTORY_GRAPHS,
    REVIEW_GRAPHS,
    VERSIONS_GRAPH,
    VOCABULARY_GRAPH,
)


@dataclass(frozen=True, slots=True)
class Profile:
    """What one kind of graph is held against.

    Attributes:
        name: what the profile is for.
        shapes: the files of shapes/, without their ending.
        expected: the node shapes (local names) that such a graph meets at least once; a shape that meets
            nothing conforms in silence, and most often because something is missing or misspelled.
    """

    name: str
    shapes: tuple[str, ...]
    expected: tuple[str, ...] = ()


RECORD: Final = Profile(
    "record",
    ("article", "source", "statement", "claim", "value", "recommended"),
    # Every article that was read has someone who says something about something. Quantities, times, mentions,
    # places and alignments are not expected: many articles have none.
    (
        "ArticleShape",
        "ReadingShape",
        "AgentShape",
        "SourceShape",
        "StatementShape",
        "AttributionStepShape",
        "SpecificResourceShape",
        "TextPositionSelectorShape",
        "TextQuoteSelectorShape",
        "ClaimShape",
        "PropositionShape",
        "SlotShape",
        "EntityShape",
    ),
)
"""One article's graph. Its shapes need that graph alone: concepts are listed in them, not looked up."""

# There may be nothing to find, so nothing is expected; what a finding points at in the articles' graphs is
# the matter of check queries.
FINDINGS: Final = Profile("findings", ("finding",))
"""The graph of findings, alone."""

ONTOLOGY: Final = Profile(
    "ontology",
    ("ontology", "finding"),
    (
        "TermShape",
        "OntologyShape",
        "PropertyShape",
        "ConceptShape",
        "AspectShape",
        "PredicateShape",
        "RuleShape",
    ),
)
"""The vocabulary graph: the files of ontology/ together, rules included."""

REVIEW: Final = Profile("review", ("review",))
"""What is told of an article's past: a decision about a claim, the list of kept readings, its versions."""

PROFILES: Final = {profile.name: profile for profile in (RECORD, FINDINGS, ONTOLOGY, REVIEW)}
"""Every profile by its name."""


def choose_profile(graph: str) -> Profile:
    """Give the profile of a named graph: one that is not of findings, terms or reviews holds an article."""
    if graph in (VERSIONS_GRAPH, DIGESTS_GRAPH) or graph.startswith((REVIEW_GRAPHS, HISTORY_GRAPHS)):
        return REVIEW
    return {FINDINGS_GRAPH: FINDINGS, VOCABULARY_GRAPH: ONTOLOGY}.get(graph, RECORD)
