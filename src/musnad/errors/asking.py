"""Errors of queries and of what is asked for (M3xx, M50x, M750, M759)."""

from __future__ import annotations

from musnad.errors.base import MusnadError


class InvalidQuery(MusnadError):
    """The SPARQL text cannot be parsed or carried out."""

    code = "M301"


class WrongQueryForm(MusnadError):
    """A query has another form (SELECT, ASK, CONSTRUCT) than is needed where it is used."""

    code = "M302"


class InvalidQueryFile(MusnadError):
    """A query file has no header, or a header that breaks the rules for one."""

    code = "M303"


class UnknownQuery(MusnadError):
    """There is no query of this name."""

    code = "M304"


class UnknownParameter(MusnadError):
    """The query has no parameter of this name."""

    code = "M305"


class InvalidParameter(MusnadError):
    """The value given is not one of the parameter's type."""

    code = "M306"


class MissingParameter(MusnadError):
    """A parameter that the query needs was not given."""

    code = "M307"


class UnknownClaim(MusnadError):
    """No claim has this name, and no statement has these words."""

    code = "M501"


class AmbiguousClaim(MusnadError):
    """More than one claim fits; the remedy lists them."""

    code = "M502"


class QueryTooDeep(MusnadError):
    """The query nests so deeply, or chains so many operators, that the engine would run out of stack."""

    code = "M750"


class OutsideQuery(MusnadError):
    """The query would have the engine ask another server, or read a file."""

    code = "M759"
