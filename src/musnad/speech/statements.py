"""What a reading gives: statements with their source, cue and content, and why each was read so."""

from __future__ import annotations

from dataclasses import dataclass

from musnad.text.spans import Span

__all__ = ["Candidate", "Relay", "Source", "Statement"]


@dataclass(frozen=True, slots=True)
class Candidate:
    """A speaker that could have been meant, its score between 0 and 1, and what speaks for it."""

    canonical: str
    score: float
    reason: str


@dataclass(frozen=True, slots=True)
class Source:
    """Who speaks: the mention (none for an outlet that its own text does not name), name and kind.

    `implicit` means the sentence leaves the speaker out, and the mention is the nearest earlier one.
    """

    mention: Span | None
    canonical: str
    kind: str
    implicit: bool = False


@dataclass(frozen=True, slots=True)
class Relay:
    """A hand the statement passed through: the agency or outer speaker, its mention, its own cue."""

    agent: str
    kind: str
    mention: Span
    cue: Span | None = None


@dataclass(frozen=True, slots=True)
class Statement:
    """One statement of an article.

    `cue` is absent from an outlet's own sentences and from a quotation that goes on in a new paragraph.
    `content` runs from the first to the last of its `spans`. `lemma` is the cue's; `rules` name what fired,
    in order; `speaker` says how the source was settled, and `alternatives` what else was thought of.
    """

    id: str
    source: Source
    cue: Span | None
    content: Span
    spans: tuple[Span, ...]
    mode: str
    polarity: str
    modality: str
    negated_content: bool
    via: tuple[Relay, ...]
    lemma: str
    rules: tuple[str, ...]
    speaker: Candidate
    alternatives: tuple[Candidate, ...] = ()

    def to_json(self) -> dict[str, object]:
        """Give the statement part of the record: what the interchange form holds, without the reasons."""
        source: dict[str, object] = {"canonical": self.source.canonical, "kind": self.source.kind}
        if self.source.mention is not None:
            source = {**_spanned(self.source.mention), **source}
        if self.source.implicit:
            source["implicit"] = True
        content = _spanned(self.content)
        if len(self.spans) > 1:
            content["spans"] = [[span.start, span.end] for span in self.spans]
        form: dict[str, object] = {
            "id": self.id,
            "source": source,
            "cue": _spanned(self.cue) if self.cue is not None else None,
            "content": content,
            "mode": self.mode,
            "polarity": self.polarity,
            "modality": self.modality,
        }
        if self.negated_content:
            form["negated_content"] = True
        if self.via:
            form["via"] = [_relay(relay) for relay in self.via]
        return form


def _spanned(span: Span) -> dict[str, object]:
    return {"text": span.text, "start": span.start, "end": span.end}


def _relay(relay: Relay) -> dict[str, object]:
    form = {"agent": relay.agent, "kind": relay.kind, **_spanned(relay.mention)}
    if relay.cue is not None:
        form["cue"] = _spanned(relay.cue)
    return form
