"""Who says what in a text: cues, source mentions, content spans, speakers."""

from musnad.speech.reading import read_passage, read_statements
from musnad.speech.statements import Candidate, Relay, Source, Statement

__all__ = ["Candidate", "Relay", "Source", "Statement", "read_passage", "read_statements"]
