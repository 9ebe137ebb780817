"""The collection: the object people work with, and what can be put in and taken out."""

from musnad.collection.building import Built, Shown, build
from musnad.collection.checking import validation_tables
from musnad.collection.cluster import Workers
from musnad.collection.input import map_records, open_records, raise_invalid, read_all, valid_graphs
from musnad.collection.news import ClaimView, Collection, open_collection
from musnad.collection.provenance import Provenance
from musnad.collection.questions import answer, ask, list_questions
from musnad.collection.queue import QueuedClaim
from musnad.collection.reading import count_articles, read_drafts
from musnad.collection.reviewing import check_reviewer
from musnad.collection.table import Statements, Table
from musnad.graph.history import Decision

__all__ = [
    "Built",
    "ClaimView",
    "Collection",
    "Decision",
    "Provenance",
    "QueuedClaim",
    "Shown",
    "Statements",
    "Table",
    "Workers",
    "answer",
    "ask",
    "build",
    "check_reviewer",
    "count_articles",
    "list_questions",
    "map_records",
    "open_collection",
    "open_records",
    "raise_invalid",
    "read_all",
    "read_drafts",
    "valid_graphs",
    "validation_tables",
]
