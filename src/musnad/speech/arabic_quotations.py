"""An Arabic quotation that stands before its cue: «لا أحد يسأل عنا»، تقول أم حسن."""

from __future__ import annotations

from collections.abc import Iterable

from musnad.speech.arabic_adjuncts import COMMAS, Line
from musnad.speech.arabic_anchors import Anchor, make_anchor
from musnad.speech.arabic_complements import Complement
from musnad.speech.arabic_subjects import subject_right
from musnad.speech.lexicon import CueForm
from musnad.speech.proposals import Mention

__all__ = ["read_quoted_before"]

_SHORTEST = 2
_POINTERS = frozenset({"هكذا", "بهذا", "بهذه", "الكلمات", "العبارة", "العباره", "بذلك"})
_ENDS = frozenset({".", "؛", ":", '"', ")", "-"})


def read_quoted_before(
    line: Line, index: int, start: int, end: int, *, anchors: Iterable[Anchor], found: Anchor | None
) -> Anchor | None:
    """Read the quotation right before the finite cue at `index`, unless another cue has it already.

    `found` is what the cue governs to its right: a second quotation of the same speaker, or nothing.
    """
    form = _quoting(line, index)
    if form is None:
        return None
    at = index
    while at > start and (
        line.words[at - 1].text in (*COMMAS, "-", ".") or line.words[at - 1].rest in _POINTERS
    ):
        at -= 1
    if at - 2 < start or line.words[at - 1].text != '"':
        return None
    opening = line.inside[at - 2]
    if opening < start or line.quoted.get(opening) != at - 1 or at - opening - 2 < _SHORTEST:
        return None
    if any(opening <= anchor.start <= at for anchor in anchors):
        return None
    subject: Mention | None
    if found is not None:
        if found.proposal.source is None or found.kind not in ("quote", "colon"):
            return None
        subject = found.proposal.source
    else:
        stop = next(
            (n for n in range(index + 1, end) if line.words[n].text in COMMAS or line.words[n].text in _ENDS),
            end,
        )
        subject = subject_right(line, index, stop)
        if subject is None and stop > index + 1:
            return None
    complement = Complement("fixed", index, opening + 1)
    rules = [f"cue/{form.cue.lemma}", "content/quoted-before"]
    anchor = make_anchor(
        line, form, (index, index + 1), complement, subject, rules=rules, clause=index, start=index
    )
    anchor.limit = at - 1
    anchor.clause, anchor.breaks, anchor.resume = opening, True, index + 1
    return anchor


def _quoting(line: Line, index: int) -> CueForm | None:
    """Give the form of a verb that takes quotations and does not begin with و."""
    word = line.words[index]
    form = word.finite()
    if word.conjunction or form is None or form.number in ("1s", "1p") or line.inside[index] >= 0:
        return None
    return form if '""' in form.cue.frames else None
