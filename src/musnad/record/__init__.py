"""The record: the one form in which an article's statements and claims travel."""

from musnad.record.form import record_schema
from musnad.record.json_form import dump_record, load_record, parse_record
from musnad.record.model import (
    Alignment,
    Claim,
    DateMention,
    Entity,
    Labels,
    PlaceMention,
    Proposition,
    QuantityMention,
    Record,
    Relay,
    Review,
    Source,
    SourceMention,
    Span,
    Statement,
)

__all__ = [
    "Alignment",
    "Claim",
    "DateMention",
    "Entity",
    "Labels",
    "PlaceMention",
    "Proposition",
    "QuantityMention",
    "Record",
    "Relay",
    "Review",
    "Source",
    "SourceMention",
    "Span",
    "Statement",
    "dump_record",
    "load_record",
    "parse_record",
    "record_schema",
]
