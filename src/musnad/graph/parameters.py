"""Parameters of a query: their types, and the terms that values given for them become."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Final

from pyoxigraph import Literal, NamedNode

from musnad.errors import InvalidParameter
from musnad.graph.literals import canonical_literal
from musnad.terms import PREFIXES, XSD, expand

ParameterTerm = NamedNode | Literal
ParameterValue = str | int | Decimal | date | NamedNode | Literal
"""What may be given for a parameter: a term of its type, a Python value, or text as typed in a shell."""


@dataclass(frozen=True, slots=True)
class Wording:
    """One text in English and in Arabic."""

    en: str
    ar: str


@dataclass(frozen=True, slots=True)
class Parameter:
    """One parameter of a query; an optional one that is not given does not restrict the rows.

    Attributes:
        type: `iri`, `text`, `date`, `integer` or `decimal`.
        default: the term bound when nothing is given; None for required and for optional parameters.
    """

    name: str
    type: str
    description: Wording
    required: bool = False
    default: ParameterTerm | None = None


def read_term(value: ParameterValue, type_: str, *, where: str = "") -> ParameterTerm:
    """Give the term of a parameter's type that a value stands for.

    An IRI may be a prefixed name. Numbers come in canonical form, so that they meet those in a store.

    >>> read_term("sec:withdrawsTo", "iri")
    <NamedNode value=https://w3id.org/musnad/security#withdrawsTo>
    >>> print(read_term("007", "integer"))
    "7"^^<http://www.w3.org/2001/XMLSchema#integer>

    Raises:
        InvalidParameter: the value is not one of the type; `where` tells whose value it is.
    """
    if isinstance(value, NamedNode | Literal):
        _check_term(value, type_, where)
        return canonical_literal(value) if isinstance(value, Literal) else value
    try:
        return _READERS[type_](value)
    except (ValueError, KeyError) as error:
        raise _invalid(str(value), type_, where) from error


def _check_term(term: ParameterTerm, type_: str, where: str) -> None:
    if isinstance(term, NamedNode):
        fits = type_ == "iri"
    elif type_ == "text":
        fits = term.language is not None or term.datatype.value == XSD("string")
    else:
        fits = term.datatype.value == XSD(type_)
    if not fits:
        raise _invalid(str(term), type_, where)


def _read_iri(value: object) -> NamedNode:
    text = _text_of(value)
    prefix, _, local = text.partition(":")
    # "urn:" or "https:" is never one of our prefixes, so a whole IRI is not mistaken for a short one.
    is_short = prefix in PREFIXES and not local.startswith("//")
    return NamedNode(expand(text) if is_short else text.removeprefix("<").removesuffix(">"))


def _read_text(value: object) -> Literal:
    text = _text_of(value)
    text.encode()  # a lone surrogate has no UTF-8, and raises here
    return Literal(text)


def _read_date(value: object) -> Literal:
    if isinstance(value, date) and not isinstance(value, datetime):
        value = value.isoformat()
    text = _text_of(value).strip()
    if not re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", text):
        raise ValueError(text)
    return Literal(date.fromisoformat(text).isoformat(), datatype=NamedNode(XSD("date")))


def _read_integer(value: object) -> Literal:
    if isinstance(value, int) and not isinstance(value, bool):
        value = str(value)
    text = _text_of(value).strip()
    if not re.fullmatch(r"[+-]?[0-9]{1,18}", text):  # an engine's integer has 64 bits
        raise ValueError(text)
    return canonical_literal(Literal(text, datatype=NamedNode(XSD("integer"))))


def _read_decimal(value: object) -> Literal:
    if isinstance(value, int | Decimal) and not isinstance(value, bool):
        value = f"{value:f}" if isinstance(value, Decimal) else str(value)
    text = _text_of(value).strip()
    # Oxigraph's decimal has 128 bits, 18 digits of them behind the point.
    if not re.fullmatch(r"[+-]?[0-9]{1,18}(\.[0-9]{1,18})?", text):
        raise ValueError(text)
    return canonical_literal(Literal(text, datatype=NamedNode(XSD("decimal"))))


def _text_of(value: object) -> str:
    if not isinstance(value, str):
        raise ValueError(f"{type(value).__name__} is not text")
    return value


_READERS: Final[dict[str, Callable[[object], ParameterTerm]]] = {
    "iri": _read_iri,
    "text": _read_text,
    "date": _read_date,
    "integer": _read_integer,
    "decimal": _read_decimal,
}
PARAMETER_TYPES: Final = tuple(_READERS)

_EXPECTED: Final = {
    "iri": "an absolute IRI, or a name with one of the known prefixes, such as sec:withdrawsTo",
    "text": "text",
    "date": "a day, as in 2025-10-11",
    "integer": "a whole number of at most 18 digits",
    "decimal": "a number, as in 12.5, with at most 18 digits on either side of the point",
}


def _invalid(value: str, type_: str, where: str) -> InvalidParameter:
    shown = value.encode(errors="backslashreplace").decode()
    return InvalidParameter(
        f"“{shown}” is not of type {type_}", where=where, remedy=f"Give {_EXPECTED[type_]}."
    )
