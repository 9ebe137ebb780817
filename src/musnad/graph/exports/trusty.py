"""Artifact codes of trusty URIs: the hash of a set of quads, to stand in the names that these quads use.

Module RA of the trusty URI specification (https://trustyuri.net/spec/, Kuhn and Dumontier 2015): SHA-256 over
the sorted quads, in which the code itself is a space.
"""

from __future__ import annotations

import re
from base64 import urlsafe_b64encode
from collections.abc import Iterable
from hashlib import sha256

import pyoxigraph as ox

_CODE = re.compile(r"RA[A-Za-z0-9_-]{43}")  # 256 bits in base64


def artifact_code(quads: Iterable[ox.Quad], code: str) -> str:
    """Give the artifact code of quads in whose names `code` stands for it.

    What already has its code is checked by giving it: the answer is the same code again.

    >>> name, graph = ox.NamedNode("urn:x/CODE"), ox.NamedNode("urn:g")
    >>> quad = ox.Quad(name, ox.NamedNode("urn:p"), ox.Literal("قال"), graph)
    >>> artifact_code([quad], "CODE")
    'RA9MUzgt_bbMQ-uJWzKfP_HAaGTbm6xnrEkCO5XygHuIo'
    """
    rows = sorted({_row(quad, code) for quad in quads})
    text = "".join("\n".join((*row[:3], row[-1], "")) for row in rows)
    return f"RA{urlsafe_b64encode(sha256(text.encode()).digest()).decode().rstrip('=')}"


def is_artifact_code(text: str) -> bool:
    """Whether a text has the form of an artifact code of module RA."""
    return bool(_CODE.fullmatch(text))


def _row(quad: ox.Quad, code: str) -> tuple[str, ...]:
    """Give a quad as what it is sorted by, in that order, and its object as it is written at the end.

    IRIs come before literals; literals go by value, then by datatype, then by language.
    """
    names = [_name(term, code) for term in (quad.graph_name, quad.subject, quad.predicate)]
    if isinstance(quad.object, ox.Literal):
        value, language = quad.object.value, quad.object.language
        # A literal with a language comes before the typed ones: it counts as having no datatype.
        datatype = "" if language is not None else quad.object.datatype.value
        escaped = value.replace("\\", "\\\\").replace("\n", "\\n")
        written = f"@{language.lower()} {escaped}" if language is not None else f"^{datatype} {escaped}"
        return (*names, "1", value, datatype, language or "", written)
    name = _name(quad.object, code)
    return (*names, "0", name, "", "", name)


def _name(term: object, code: str) -> str:
    if not isinstance(term, ox.NamedNode):
        raise TypeError(f"{term} has no name that lasts")
    return term.value.replace(code, " ")
