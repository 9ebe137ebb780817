"""Who says what in a text: cues, source mentions, content spans, speakers."""

from musnad.speech.reading import detect_language, read_statements
from musnad.speech.statements import Candidate, Relay, Source, Statement

__all__ = ["Candidate", "Relay", "Source", "Statement", "detect_language", "read_statements"]
