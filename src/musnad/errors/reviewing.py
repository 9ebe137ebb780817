"""Errors of reviewing (M503, M52x, M53x)."""

from __future__ import annotations

from musnad.errors.base import MusnadError


class ReviewedReading(MusnadError):
    """A draft would take the place of a reading that a person reviewed."""

    code = "M503"


class UnknownDecision(MusnadError):
    """There is no decision of this name, or none about this claim that could be undone."""

    code = "M520"


class DecisionInUse(MusnadError):
    """A decision cannot be undone: a later one rests on it, or a reviewed reading has replaced it."""

    code = "M521"


class UnknownChange(MusnadError):
    """What was given for an edit is not the change of a claim, or changes nothing."""

    code = "M522"


class UnknownFilter(MusnadError):
    """A condition that is to pick drafts is not FIELD OPERATOR VALUE with a field that drafts have."""

    code = "M523"


class UnknownReviewer(MusnadError):
    """A decision needs the name of the person who takes it, and the day or moment it was taken."""

    code = "M524"


class UnknownArticle(MusnadError):
    """There is no article of this name in the store, or several."""

    code = "M525"


class DamagedHistory(MusnadError):
    """The history of an article is not whole: a decision is about a claim that no reading has."""

    code = "M526"


class SignInNeeded(MusnadError):
    """Whoever asks the review server has not signed in, or gave a secret that is spent or wrong."""

    code = "M527"


class TooManyAttempts(MusnadError):
    """Too many wrong secrets came from one address; `seconds` is how long to wait."""

    code = "M528"

    def __init__(self, what: str, *, seconds: int, where: str = "", remedy: str = "") -> None:
        self.seconds = seconds
        super().__init__(what, where=where, remedy=remedy)


class ForeignRequest(MusnadError):
    """A decision was sent by no page of the review server's own."""

    code = "M529"


class UnfitRequest(MusnadError):
    """A request to the review server has not the form that it takes."""

    code = "M530"


class QueueChanged(MusnadError):
    """The drafts that were to be decided together are not those that were confirmed."""

    code = "M531"
