"""Who says what in a text: cues, source mentions, content spans, speakers."""
