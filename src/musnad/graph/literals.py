"""One written form for each literal value, so that what a store gives back equals what was put in.

Oxigraph keeps values, not spellings: `1.50` becomes `1.5`, `007` becomes `7`, `+00:00` becomes `Z`, and
a type derived from integer becomes integer. Other engines keep the spelling or choose another. Everything
that names things by their content, writes to a store or reads from one therefore goes through this form, and
quoted text is always a string, which no engine touches.
"""

from __future__ import annotations

from decimal import Decimal
from functools import lru_cache

# Used as a calculator alone: it is empty, and stays so.
from pyoxigraph import Literal, NamedNode, Quad, QuerySolutions, Store, Triple

from musnad.graph.sparql import Term, term_text
from musnad.terms import XSD

_CALCULATOR = Store()
_INTEGER, _DECIMAL, _BOOLEAN = (NamedNode(XSD(name)) for name in ("integer", "decimal", "boolean"))


def number(value: float) -> Literal:
    """Write a number: whole ones as xsd:integer, others as xsd:decimal, both canonical."""
    if float(value).is_integer():
        return Literal(str(int(value)), datatype=_INTEGER)
    return Literal(f"{Decimal(str(value)):f}", datatype=_DECIMAL)


def truth(value: bool) -> Literal:
    """Write yes or no as xsd:boolean."""
    return Literal("true" if value else "false", datatype=_BOOLEAN)


@lru_cache(maxsize=1 << 16)
def canonical_literal(literal: Literal) -> Literal:
    """Give the form in which every store holds and returns this literal; text is returned as it is.

    A spelling that its datatype does not allow ("abc" as an integer) is kept: it is validation that tells.

    >>> from pyoxigraph import NamedNode
    >>> canonical_literal(Literal("1.50", datatype=NamedNode(XSD("decimal")))).value
    '1.5'
    """
    if literal.language is not None or literal.datatype.value == XSD("string"):
        return literal
    solutions = _CALCULATOR.query(f"SELECT ?value {{ VALUES ?value {{ {term_text(literal)} }} }}")
    value = next(solutions)["value"] if isinstance(solutions, QuerySolutions) else None
    if not isinstance(value, Literal):
        raise TypeError(f"VALUES gave {value!r} for {literal}")
    return value


def canonical_term(term: Term) -> Term:
    """Give a term with every literal in it in canonical form."""
    if isinstance(term, Literal):
        return canonical_literal(term)
    if isinstance(term, Triple):
        return canonical_triple(term)
    return term


def canonical_triple(triple: Triple) -> Triple:
    """Give a triple with every literal in it in canonical form."""
    return Triple(triple.subject, triple.predicate, canonical_term(triple.object))


def canonical_quad(quad: Quad) -> Quad:
    """Give a quad with every literal in it in canonical form."""
    return Quad(quad.subject, quad.predicate, canonical_term(quad.object), quad.graph_name)
