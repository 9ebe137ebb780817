"""Errors of what is written, served and drawn (M574, M70x, M73x, M755)."""

from __future__ import annotations

from musnad.errors.base import MusnadError


class UnknownForm(MusnadError):
    """There is no export form of this name."""

    code = "M701"


class OrphanedSpan(MusnadError):
    """The words of a span are not those of its article at its offsets; what is exported must be exact."""

    code = "M702"


class NoRoomForExport(MusnadError):
    """The folder for temporary files cannot take what is to be exported."""

    code = "M574"


class UnfitOption(MusnadError):
    """An option was given to a form of export that has no use for it."""

    code = "M703"


class UnwritableOutput(MusnadError):
    """The file that was to hold the answer cannot be made or written to."""

    code = "M704"


class AddressInUse(MusnadError):
    """The server cannot listen at the address and port it was given."""

    code = "M705"


class UnfitStore(MusnadError):
    """What is to be served is not a folder."""

    code = "M706"


class UnknownThing(MusnadError):
    """The store says nothing of what a page was asked for."""

    code = "M707"


class UnknownPicture(MusnadError):
    """A picture is asked for of a kind, or in a form, that there is none of."""

    code = "M730"


class UnknownQuestion(MusnadError):
    """No question on which the claims take positions has these words."""

    code = "M731"


class AmbiguousQuestion(MusnadError):
    """Several questions have these words; the remedy lists them."""

    code = "M732"


class NothingToDraw(MusnadError):
    """The store holds nothing that a picture of this kind could show."""

    code = "M733"


class UnclearCollection(MusnadError):
    """A notebook cell asks a collection, and none is open, or it is not clear which one is meant."""

    code = "M734"


class UnwritableStream(MusnadError):
    """What was to go to standard output could not be written to the end."""

    code = "M755"
