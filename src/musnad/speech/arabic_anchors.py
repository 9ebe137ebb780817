"""An Arabic cue with its complement, before its content is closed."""

from __future__ import annotations

from dataclasses import dataclass

from musnad.speech.arabic_adjuncts import COMMAS, Line, addressee_end
from musnad.speech.arabic_complements import Complement
from musnad.speech.arabic_nouns import is_known, noun_phrase
from musnad.speech.lexicon import CueForm
from musnad.speech.proposals import Mention, Proposal

__all__ = ["Anchor", "is_connective", "make_anchor", "told_outlets"]


_FAR = 1 << 60


@dataclass(slots=True)
class Anchor:
    """A cue with its complement, before its content is closed.

    `marker` is the first token of the complement, `start` the first of the content, of which `skip` letters
    belong to the marker. The clause of the cue begins at `clause`; `breaks` says that this ends another's
    content. `resume` is where the search for cues goes on.
    """

    proposal: Proposal
    marker: int
    start: int
    skip: int
    clause: int
    breaks: bool
    kind: str
    resume: int
    limit: int = _FAR

    @property
    def initial(self) -> bool:
        """Whether this is an attribution at the head of its sentence."""
        return self.proposal.shape == "preposition" and self.kind == "that"


def is_connective(line: Line, at: int) -> bool:
    """Whether a clause of its own begins here: غير and إلا only with أن, حين only after في."""
    word = line.words[at]
    if "connective" not in word.classes:
        return False
    if word.rest in ("غير", "الا", "بيد"):
        return at + 1 < len(line.words) and bool(line.words[at + 1].that)
    return True


def make_anchor(
    line: Line,
    form: CueForm,
    cue: tuple[int, int],
    complement: Complement,
    subject: Mention | None,
    *,
    rules: list[str],
    clause: int,
    start: int,
    relays: list[tuple[Mention, tuple[int, int] | None]] | None = None,
    negated: bool = False,
) -> Anchor:
    """Build the anchor of a cue; `clause` is where its clause begins, before its connective is looked for."""
    polarity, modality = form.cue.polarity, form.cue.modality
    if negated:
        modality = "possible" if modality == "possible" else "undetermined"
        polarity = "affirmed"
        rules.append("cue/negated")
    word = line.words[cue[1] - 1]
    gender, number = (form.gender, form.number)
    if form.shape == "masdar":
        gender, number = {"ها": ("f", "s"), "هم": ("m", "p"), "هما": ("m", "d")}.get(word.suffix, ("m", "s"))
    proposal = Proposal(
        0,
        0,
        cue[0],
        cue,
        (),
        form.cue.lemma,
        form.shape,
        form.cue.kind,
        subject,
        relays or [],
        polarity,
        modality,
        gender=gender,
        number=number,
        rules=rules,
    )
    clause, breaks = _clause_start(line, clause, start, conjunction=bool(word.conjunction))
    if clause == cue[0] and clause > start and line.words[clause - 1].text in COMMAS and subject is not None:
        breaks = breaks or subject.start > clause
    if form.shape == "participle":
        breaks = True
    if form.shape == "masdar":
        breaks = False
    return Anchor(
        proposal,
        complement.marker,
        complement.start,
        complement.skip,
        clause,
        breaks,
        complement.kind,
        cue[1],
    )


def _clause_start(line: Line, clause: int, start: int, *, conjunction: bool) -> tuple[int, bool]:
    """Give where the clause begins with its connective, and whether that ends another's content."""
    words = line.words
    at = clause
    while at > start and (
        words[at - 1].rest in ("قد", "ان", "كان", "كانت") or "time" in words[at - 1].classes
    ):
        at -= 1
    if at > start and is_connective(line, at - 1):
        at -= 1
        while at > start and words[at - 1].rest in ("في", "الا", "غير", "بيد", "و"):
            at -= 1
        return at, True
    if conjunction or words[clause].conjunction == "و":
        return clause, True
    return clause, False


def told_outlets(line: Line, start: int, end: int) -> list[tuple[Mention, tuple[int, int] | None]]:
    """Give the outlets that were told: قال لوكالة فرانس برس."""
    found: list[tuple[Mention, tuple[int, int] | None]] = []
    for at in range(start, min(end, start + 25)):
        word = line.words[at]
        if word.rest.startswith("ل") and len(word.rest) > 3 and is_known(line, at, end):
            mention = noun_phrase(line, at, min(end, addressee_end(line, at, end)))
            if mention is not None and mention.kind == "outlet" and mention.head != "مراسل":
                found.append((mention, None))
                break
    return found
