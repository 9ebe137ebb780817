"""Errors of reviewing (M503, M52x)."""

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
